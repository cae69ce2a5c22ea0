/* layout.c: sondectl symbols --layout: where the members of a struct lie */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/layout.h"

#include <string.h>

#include "symbols/type-names.h"
#include "types/type-layout.h"

#define OPENED_DEPTH 16

static void
print_lines (SondeErrand *errand, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && (lines[i][0] != '\0' || lines[i + 1] != NULL); i++)
    sonde_output_line (sonde_errand_get_output (errand), lines[i]);
}

SondeExit
sonde_layout_print (SondeErrand *errand, SondeSymbolTable *table)
{
  const char *wanted = sonde_errand_get_options (errand)->layout;
  const SondeSymbolFacts *facts = sonde_symbol_table_get_facts (table);
  g_autofree char *name = sonde_type_name_squeeze (wanted, strlen (wanted));
  g_autoptr (SondeTypeNames) names = sonde_type_names_new (table);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeType) type = sonde_type_names_dup (names, name, &error);
  g_autofree char *text = NULL;

  if (error != NULL)
    return sonde_complain_error (SONDE_EXIT_USAGE, error);
  if (type == NULL)
    return sonde_complain (SONDE_EXIT_USAGE,
                           "%s: no type of this name in %s; see the types that "
                           "sondectl symbols lists",
                           wanted, facts->file);
  if (sonde_type_layout_find_nested (type) == NULL)
    return sonde_complain (SONDE_EXIT_USAGE, "%s: neither a struct nor a union; name one", wanted);
  text = sonde_type_layout_to_text (sonde_type_layout_find_nested (type), facts->byte_order,
                                    OPENED_DEPTH);
  print_lines (errand, text);
  return SONDE_EXIT_OK;
}
