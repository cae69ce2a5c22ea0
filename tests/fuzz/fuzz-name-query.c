/* fuzz-name-query.c: any bytes as a name that somebody asks for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/name-query.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (SondeNameQuery) query = sonde_name_query_new (text);
  g_autoptr (GString) prefix = g_string_new (NULL);
  g_auto (GStrv) parts = sonde_name_query_split (text);

  g_assert_cmpuint (strlen (query->name), <=, strlen (text));
  for (guint i = 0; query->scopes[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (query->scopes[i]), >, 0);
      g_string_append_printf (prefix, "%s::", query->scopes[i]);
    }
  /* Whatever was typed, what has no scopes fits everywhere. */
  g_assert_true (query->scopes[0] != NULL || sonde_name_query_fits (query, text, NULL));
  sonde_name_query_fits (query, prefix->str, text);
  sonde_name_query_fits (query, text, "main.c");
  return 0;
}
