/* code-check.c: reads the code of a board and compares it with that of an ELF file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-engine"

#include "workbench/code-check.h"

#include "base/checksum.h"

#define MAX_BYTES_IN_BLOCKS (1024 * 1024)
#define MAX_BYTES_ONE_BY_ONE (16 * 1024)

/* What a task knows of its way. */
typedef struct
{
  SondeSymbolTable *table;
  GArray *plan; /* guint: indices of sections */
  guint next;   /* of the plan */
  SondeCodeResult result;
} Check;

static void
free_check (gpointer data)
{
  Check *check = data;

  sonde_symbol_table_unref (check->table);
  g_array_unref (check->plan);
  g_free (check);
}

/* Largest first; code before the rest. */
static int
compare_sections (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const SondeSection *one = sonde_symbol_table_get_section (user_data, *(const guint *) a);
  const SondeSection *other = sonde_symbol_table_get_section (user_data, *(const guint *) b);

  if (one->is_code != other->is_code)
    return one->is_code ? -1 : 1;
  return one->size == other->size ? 0 : one->size > other->size ? -1 : 1;
}

/* The sections in their order, as many as fit; all of them or, where the first does not fit, none:
 * that a small table of constants is the same proves nothing. */
static void
keep_what_fits (SondeSymbolTable *table, GArray *plan, gboolean has_blocks, const char **why)
{
  guint64 left = has_blocks ? MAX_BYTES_IN_BLOCKS : MAX_BYTES_ONE_BY_ONE;
  guint n_kept = 0;

  for (guint i = 0; i < plan->len; i++)
    {
      const guint index = g_array_index (plan, guint, i);
      const SondeSection *section = sonde_symbol_table_get_section (table, index);

      if (i == 0 && section->size > left)
        {
          *why = "its code is too large to be read and compared";
          break;
        }
      if (section->size > left)
        continue;
      left -= section->size;
      g_array_index (plan, guint, n_kept++) = index;
    }
  g_array_set_size (plan, n_kept);
}

GArray *
sonde_code_check_plan (SondeSymbolTable *table, gboolean has_blocks, const char **why)
{
  const SondeSymbolFacts *facts = sonde_symbol_table_get_facts (table);
  GArray *plan = g_array_new (FALSE, FALSE, sizeof (guint));

  *why = NULL;
  for (guint i = 0; i < facts->n_sections; i++)
    {
      const SondeSection *section = sonde_symbol_table_get_section (table, i);

      if (section->has_crc && !section->is_nobits && section->size > 0)
        g_array_append_val (plan, i);
    }
  g_array_sort_with_data (plan, compare_sections, table);
  if (facts->is_relocatable || facts->is_pie)
    *why = "the ELF file has no fixed addresses";
  else if (plan->len == 0
           || !sonde_symbol_table_get_section (table, g_array_index (plan, guint, 0))->is_code)
    *why = "the ELF file holds no code to compare";
  if (*why != NULL)
    g_array_set_size (plan, 0);
  else
    keep_what_fits (table, plan, has_blocks, why);
  return plan;
}

static void read_next (GTask *task);

static void
end (GTask *task)
{
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
take_failure (GTask *task, const GError *error)
{
  Check *check = g_task_get_task_data (task);

  g_debug ("code check: %s", error->message);
  check->result.is_cut = !g_error_matches (error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_REFUSED);
  check->result.match = SONDE_MATCH_UNKNOWN;
  check->result.why = check->result.is_cut ? "the connection ended while its code was read"
                                           : "the board does not let its code be read";
  end (task);
}

static void
on_block (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  const SondeSection *section = sonde_symbol_table_get_section (
      check->table, g_array_index (check->plan, guint, check->next));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sonde_device_read_block_finish (SONDE_DEVICE (source), result, &error);
  gsize size = 0;
  gconstpointer data = bytes == NULL ? NULL : g_bytes_get_data (bytes, &size);

  if (bytes == NULL && check->next > 0
      && g_error_matches (error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_REFUSED))
    ; /* constants that cannot be read are left out; the code was compared */
  else if (bytes == NULL)
    {
      take_failure (task, error);
      return;
    }
  else if (sonde_checksum_crc32 (0, data, size) != section->crc)
    {
      check->result.match = SONDE_MATCH_NO;
      g_strlcpy (check->result.section, section->name, sizeof check->result.section);
      end (task);
      return;
    }
  else
    check->result.match = SONDE_MATCH_YES;
  check->next++;
  read_next (task);
}

static void
read_next (GTask *task)
{
  Check *check = g_task_get_task_data (task);
  const SondeSection *section = NULL;

  if (check->next >= check->plan->len)
    {
      end (task);
      return;
    }
  section = sonde_symbol_table_get_section (check->table,
                                            g_array_index (check->plan, guint, check->next));
  sonde_device_read_block_async (g_task_get_source_object (task), section->address, section->size,
                                 g_task_get_cancellable (task), on_block, task);
}

void
sonde_code_check_async (SondeDevice *device, SondeSymbolTable *table, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (device, cancellable, callback, user_data);
  Check *check = g_new0 (Check, 1);

  check->table = sonde_symbol_table_ref (table);
  check->plan = sonde_code_check_plan (table, sonde_device_get_info (device)->identity.block > 0,
                                       &check->result.why);
  g_task_set_task_data (task, check, free_check);
  read_next (task);
}

gboolean
sonde_code_check_finish (GAsyncResult *result, SondeCodeResult *verdict)
{
  Check *check = g_task_get_task_data (G_TASK (result));

  *verdict = check->result;
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
