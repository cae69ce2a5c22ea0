/* csv.c: rows of text as RFC 4180 has them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

static gboolean
needs_quotes (const char *text, char separator)
{
  const gsize length = strlen (text);

  for (const char *c = text; *c != 0; c++)
    if (*c == separator || *c == '"' || *c == '\n' || *c == '\r')
      return TRUE;
  return length > 0 && (g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1]));
}

void
sonde_csv_append_field (GString *row, const char *text, char separator)
{
  if (!needs_quotes (text, separator))
    {
      g_string_append (row, text);
      return;
    }
  g_string_append_c (row, '"');
  for (const char *c = text; *c != 0; c++)
    {
      if (*c == '"')
        g_string_append_c (row, '"');
      g_string_append_c (row, *c);
    }
  g_string_append_c (row, '"');
}
