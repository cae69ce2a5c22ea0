/* fuzz-symbol-image.c: any bytes as a symbol image, with every variable opened, searched, looked up
 * by address and completed */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/path-completion.h"
#include "symbols/symbol-at.h"
#include "symbols/symbol-image.h"
#include "symbols/symbol-search.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
open_children (SondeVariable *variable, guint depth)
{
  const guint64 n = MIN (sonde_variable_get_n_children (variable), 8);
  SondeType *type = sonde_variable_get_type (variable);
  g_autoptr (SondeType) target = sonde_type_dup_target (type);

  for (guint64 i = 0; i < n && depth < 4; i++)
    {
      g_autoptr (SondeVariable) child = sonde_variable_dup_child (variable, i);

      if (child != NULL)
        open_children (child, depth + 1);
    }
}

/* What lies at the last byte of each variable, and what its path may become. */
static void
look_up (SondeSymbolTable *table)
{
  static const char *const endings[] = { "", ".", "[", "[1", "->", "=" };
  g_autoptr (SondeSymbolAt) at = sonde_symbol_at_new (table);
  g_autoptr (SondeAddressMap) map = sonde_address_map_new (table);

  for (guint i = 0; i < MIN (sonde_symbol_table_get_n (table), 50); i++)
    {
      g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_variable (table, i);
      const guint64 size = sonde_variable_get_size (variable);
      g_autoptr (GPtrArray) hits
          = sonde_symbol_at_find (at, sonde_variable_get_address (variable) + MAX (size, 1) - 1);

      g_assert_cmpuint (hits->len, >, 0);
      for (guint j = 0; j < G_N_ELEMENTS (endings); j++)
        {
          g_autofree char *word
              = g_strconcat (sonde_variable_get_path (variable), endings[j], NULL);
          g_autoptr (GPtrArray) words = sonde_path_completion_find (map, word, 20);

          g_assert_cmpuint (words->len, <=, 20);
        }
    }
}

static void
use_table (SondeSymbolTable *table)
{
  g_autoptr (SondeSymbolSearch) search = sonde_symbol_search_new (table);
  g_autoptr (GArray) hits = sonde_symbol_search_run (search, "mot 0x2", 10);
  g_autoptr (SondeVariable) found = sonde_symbol_table_dup_by_path (table, "motor.pid[0]", NULL);

  for (guint i = 0; i < MIN (sonde_symbol_table_get_n (table), 50); i++)
    {
      g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_variable (table, i);

      open_children (variable, 0);
    }
  for (guint i = 0; i < MIN (sonde_symbol_search_get_n (search), 50); i++)
    sonde_variable_unref (sonde_symbol_search_dup_variable (search, i));
  look_up (table);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  /* Sealed anew: else the checksum would keep every change out. */
  g_autofree guint8 *copy = g_memdup2 (data, size);

  if (size > 0)
    sonde_symbol_image_seal (copy, size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&copy), size);
  g_autoptr (SondeSymbolTable) table = sonde_symbol_table_new_from_bytes (bytes, "fuzz.elf", NULL);

  if (table != NULL)
    use_table (table);
  return 0;
}
