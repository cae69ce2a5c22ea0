/* checkup-elf.c: what the symbols of an ELF file tell about how it was built */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/checkup.h"

#define MAX_UNITS_TOLD 3

/* "12 optimised away, 3 thread-local": how many variables cannot be polled, by reason. */
static char *
count_reasons (SondeSymbolTable *table, guint *n_good)
{
  g_autoptr (GHashTable) reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer why, count;

  *n_good = 0;
  for (guint i = 0; i < sonde_symbol_table_get_n (table); i++)
    {
      g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_variable (table, i);
      const char *reason = variable != NULL ? sonde_variable_get_info (variable)->why : NULL;

      if (reason == NULL)
        (*n_good)++;
      else
        g_hash_table_insert (
            reasons, g_strdup (reason),
            GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (reasons, reason)) + 1));
    }
  g_hash_table_iter_init (&iter, reasons);
  while (g_hash_table_iter_next (&iter, &why, &count))
    g_string_append_printf (text, "%s%u %s", text->len > 0 ? ", " : "", GPOINTER_TO_UINT (count),
                            (const char *) why);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_variables (GPtrArray *findings, SondeSymbolTable *table)
{
  const SondeSymbolFacts *facts = sonde_symbol_table_get_facts (table);
  guint n_good;
  g_autofree char *reasons = count_reasons (table, &n_good);
  g_autofree char *found = g_strdup_printf ("%u variables can be watched", n_good);
  g_autofree char *bad = NULL;

  if (n_good == 0)
    sonde_checkup_add (findings, SONDE_HEALTH_WRONG, facts->file, "no variable can be watched",
                       "compile with -g and keep global or static variables");
  else
    sonde_checkup_add (findings, SONDE_HEALTH_OK, facts->file, found, "");
  if (reasons[0] == '\0')
    return;
  bad = g_strdup_printf ("cannot be watched: %s", reasons);
  sonde_checkup_add (findings, SONDE_HEALTH_WARNING, facts->file, bad,
                     "make those you need volatile, or compile that file with -Og");
}

static void
check_units (GPtrArray *findings, SondeSymbolTable *table)
{
  const SondeSymbolFacts *facts = sonde_symbol_table_get_facts (table);
  g_autoptr (GString) found = g_string_new (NULL);

  if (facts->n_skipped_units == 0)
    return;
  g_string_printf (found, "%u of %u units could not be read", facts->n_skipped_units,
                   facts->n_units);
  for (guint i = 0; i < MIN (facts->n_skipped_units, MAX_UNITS_TOLD); i++)
    g_string_append_printf (found, ", %s", sonde_symbol_table_get_skipped (table, i));
  sonde_checkup_add (findings, SONDE_HEALTH_WARNING, facts->file, found->str,
                     strstr (found->str, ".dwo") != NULL
                         ? "compile without -gsplit-dwarf"
                         : "rebuild these files with gcc 12 or newer and -g");
}

void
sonde_checkup_elf (GPtrArray *findings, SondeSymbolTable *table)
{
  const SondeSymbolFacts *facts = sonde_symbol_table_get_facts (table);
  g_autofree char *machine
      = g_strdup_printf ("%s, %u bit, %s endian", facts->machine, facts->pointer_size * 8,
                         facts->byte_order == G_BIG_ENDIAN ? "big" : "little");
  g_autofree char *build_id = g_strdup_printf ("build id %s", facts->build_id);

  sonde_checkup_add (findings, SONDE_HEALTH_OK, facts->file, machine, "");
  if (facts->build_id[0] != '\0')
    sonde_checkup_add (findings, SONDE_HEALTH_OK, facts->file, build_id, "");
  else
    sonde_checkup_add (findings, SONDE_HEALTH_WARNING, facts->file,
                       "no build id: nobody can tell whether a board runs this file",
                       "link with -Wl,--build-id=sha1");
  if (facts->is_relocatable)
    {
      /* All else follows from that. */
      sonde_checkup_add (findings, SONDE_HEALTH_WRONG, facts->file,
                         "an object file: its variables have no address yet",
                         "give the linked program");
      return;
    }
  if (facts->is_pie)
    sonde_checkup_add (findings, SONDE_HEALTH_WARNING, facts->file,
                       "position independent: addresses move at each start", "link with -no-pie");
  if (!facts->has_dwarf && facts->n_skipped_units == 0)
    sonde_checkup_add (findings, SONDE_HEALTH_WRONG, facts->file, "no debug information",
                       "compile with -g, and give the file from before strip");
  check_units (findings, table);
  check_variables (findings, table);
}
