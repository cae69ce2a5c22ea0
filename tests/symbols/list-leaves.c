/* list-leaves.c: every leaf of an ELF file as a line, for comparison with a debugger */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "symbols/symbol-cage.h"

static void
print_leaves (SondeVariable *variable)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  const guint64 n = sonde_variable_get_n_children (variable);

  if (n == 0 && sonde_type_is_leaf (info->type))
    printf ("%s\t0x%" G_GINT64_MODIFIER "x\t%" G_GUINT64_FORMAT "\t%s\t%s\t%u\t%u\t%s\n",
            info->path, info->address, sonde_variable_get_size (variable),
            sonde_kind_name (sonde_type_get_kind (info->type)),
            sonde_encoding_name (sonde_type_get_encoding (info->type)),
            sonde_type_get_bit_offset (info->type), sonde_type_get_bit_size (info->type),
            sonde_type_get_name (info->type));
  for (guint64 i = 0; i < n; i++)
    {
      g_autoptr (SondeVariable) child = sonde_variable_dup_child (variable, i);

      print_leaves (child);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table
      = argc == 2 ? sonde_symbol_cage_load (argv[1], NULL, NULL, &error) : NULL;

  if (table == NULL)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "usage: list-leaves ELF");
      return 1;
    }
  for (guint i = 0; i < sonde_symbol_table_get_n (table); i++)
    {
      g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_variable (table, i);

      if (sonde_variable_get_info (variable)->why == NULL)
        print_leaves (variable);
    }
  return 0;
}
