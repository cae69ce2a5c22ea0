/* selection.c: what a person typed becomes the places to read and the bytes to write */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/selection.h"

#include <string.h>

#include "cli/reason.h"
#include "types/path.h"
#include "types/text.h"

/* -- places -- */

#define MAX_DEPTH 64

/* As a shell takes it. */
static char *
dup_word (const char *text)
{
  return strpbrk (text, " \t'\"\\$`&;()<>|*?[#~!{") != NULL ? g_shell_quote (text)
                                                            : g_strdup (text);
}

static gboolean
refuse_place (const SondeVariable *variable, const char *reason, GError **error)
{
  g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH, "%s: %s",
               sonde_variable_get_path (variable), reason);
  return FALSE;
}

static gboolean
expand (GPtrArray *leaves, SondeAddressMap *map, SondeVariable *variable, guint depth,
        GError **error)
{
  const guint64 n = sonde_variable_get_n_children (variable);

  if (leaves->len >= SONDE_SELECTION_MAX)
    return refuse_place (variable, "too many values for one command; name a part, such as [0..99]",
                         error);
  if (sonde_variable_is_leaf (variable))
    {
      g_ptr_array_add (leaves, map != NULL ? sonde_address_map_dup_described (map, variable)
                                           : sonde_variable_ref (variable));
      return TRUE;
    }
  if (depth == MAX_DEPTH)
    return refuse_place (variable, "nested too deep; name a member", error);
  for (guint64 i = 0; i < n; i++)
    {
      g_autoptr (SondeVariable) child = sonde_variable_dup_child (variable, i);

      if (child != NULL && !expand (leaves, map, child, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
resolve (SondeAddressMap *map, const char *path, GError **error)
{
  const gboolean is_raw = g_ascii_strncasecmp (path, "0x", 2) == 0;
  g_autoptr (SondeAddressMap) raw = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (map != NULL)
    return sonde_address_map_resolve (map, path, error);
  raw = sonde_address_map_new (NULL);
  /* What is wrong with an address is not that there is no firmware. */
  found = sonde_address_map_resolve (raw, path, is_raw ? error : NULL);
  if (found == NULL && !is_raw)
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                 "%s: no firmware to look in; name it with --elf FILE", path);
  return g_steal_pointer (&found);
}

/* What else the firmware knows of the name. */
static gboolean
explain (GError *error, SondeSymbolTable *table, const char *path)
{
  g_autoptr (SondeVariable) known = sonde_symbol_table_dup_by_path (table, path, NULL);
  char *reason;

  /* What is there but cannot be polled has its reason already. */
  if (known != NULL || !g_error_matches (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_NOT_FOUND))
    return FALSE;
  reason = sonde_reason_dup (sonde_symbol_table_get_facts (table)->file, path);
  if (reason == NULL)
    return FALSE;
  g_free (error->message);
  error->message = reason;
  return TRUE;
}

/* A name that is not there: how to see those that are. */
static void
advise (GError *error, SondeAddressMap *map, const char *path)
{
  SondeSymbolTable *table = map != NULL ? sonde_address_map_get_table (map) : NULL;
  /* A star or a cast is no part of a name to look for. */
  const gboolean has_name = error->domain == SONDE_TYPE_ERROR && strchr ("(*", path[0]) == NULL;
  g_autofree char *root = g_strndup (path, sonde_path_root_length (path));
  g_autofree char *text = NULL;
  g_autofree char *file = NULL;

  if (table == NULL || explain (error, table, path) || strstr (error->message, "; ") != NULL)
    return;
  file = dup_word (sonde_symbol_table_get_facts (table)->file);
  text = g_strdup_printf ("%s; list what is there: sondectl symbols %s%s%s", error->message, file,
                          has_name ? " --filter " : "", has_name ? root : "");
  g_free (error->message);
  error->message = g_steal_pointer (&text);
}

static gboolean
add_exact (GPtrArray *leaves, SondeVariable *variable, GError **error)
{
  const SondeType *type = sonde_variable_get_type (variable);

  if (!sonde_variable_is_leaf (variable))
    {
      g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                   "%s: is of kind %s and has no value of its own; name one of its members",
                   sonde_variable_get_path (variable),
                   sonde_kind_name (sonde_type_get_kind (type)));
      return FALSE;
    }
  g_ptr_array_add (leaves, sonde_variable_ref (variable));
  return TRUE;
}

gboolean
sonde_selection_add (GPtrArray *leaves, SondeAddressMap *map, const char *path,
                     SondeSelectionRule rule, GError **error)
{
  const guint before = leaves->len;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) found = resolve (map, path, &problem);

  if (found == NULL)
    {
      if (error != NULL)
        advise (problem, map, path);
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  for (guint i = 0; i < found->len; i++)
    if (rule == SONDE_SELECT_EXACT ? !add_exact (leaves, g_ptr_array_index (found, i), error)
                                   : !expand (leaves, map, g_ptr_array_index (found, i), 0, error))
      {
        g_ptr_array_set_size (leaves, (gint) before);
        return FALSE;
      }
  if (leaves->len > before)
    return TRUE;
  g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
               "%s: holds no value that can be read; name another variable", path);
  return FALSE;
}

/* -- values -- */

#define MAX_SIZE (64 * 1024)

gboolean
sonde_assignment_split (const char *text, char **path, char **value, GError **error)
{
  const char *equals = strchr (text, '=');

  if (equals == NULL || equals == text)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "%s: not an assignment; write PATH=VALUE", text);
      return FALSE;
    }
  *path = g_strndup (text, (gsize) (equals - text));
  *value = g_strdup (equals + 1);
  return TRUE;
}

static GBytes *
encode_chars (SondeVariable *variable, const char *text, GError **error)
{
  const guint64 size = sonde_variable_get_size (variable);
  const gsize length = strlen (text);
  guint8 *data;

  if (length + 1 > size || size > MAX_SIZE)
    {
      g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_RANGE,
                   "%s: %" G_GSIZE_FORMAT " bytes are too many; it takes %" G_GUINT64_FORMAT,
                   sonde_variable_get_path (variable), length, MIN (size, MAX_SIZE) - 1);
      return NULL;
    }
  data = g_malloc0 (size);
  memcpy (data, text, length);
  return g_bytes_new_take (data, size);
}

GBytes *
sonde_assignment_encode (SondeVariable *variable, const char *text, GError **error)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  const guint64 size = sonde_variable_get_size (variable);
  SondeValue value = SONDE_VALUE_INIT;
  guint8 data[16] = { 0 };

  if (sonde_type_is_text (info->type))
    return encode_chars (variable, text, error);
  if (!sonde_text_to_value (info->type, text, &value, error))
    {
      g_prefix_error (error, "%s: ", info->path);
      return NULL;
    }
  if (size <= sizeof data
      && sonde_value_encode (info->type, info->byte_order, &value, data, (gsize) size))
    return g_bytes_new (data, (gsize) size);
  g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_RANGE,
               "%s: a value of %" G_GUINT64_FORMAT " bytes cannot be written; write its parts",
               info->path, size);
  return NULL;
}
