/* json-row.c: one JSON object on one line, keys in the order they are added */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/json-row.h"

#include <math.h>

#include "types/text.h"

GString *
sonde_json_row_new (void)
{
  return g_string_new ("{");
}

static void
append_quoted (GString *row, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (row, '"');
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      const gunichar letter = g_utf8_get_char (c);

      if (letter == '"' || letter == '\\')
        g_string_append_printf (row, "\\%c", (int) letter);
      else if (g_unichar_iscntrl (letter)) /* those above U+007F too: some terminals obey them */
        g_string_append_printf (row, "\\u%04x", letter);
      else
        g_string_append_unichar (row, letter);
    }
  g_string_append_c (row, '"');
}

static void
append_key (GString *row, const char *key)
{
  if (row->len > 1)
    g_string_append_c (row, ',');
  append_quoted (row, key);
  g_string_append_c (row, ':');
}

void
sonde_json_row_text (GString *row, const char *key, const char *text)
{
  append_key (row, key);
  if (text == NULL)
    g_string_append (row, "null");
  else
    append_quoted (row, text);
}

void
sonde_json_row_int (GString *row, const char *key, gint64 value)
{
  append_key (row, key);
  g_string_append_printf (row, "%" G_GINT64_FORMAT, value);
}

void
sonde_json_row_double (GString *row, const char *key, double value)
{
  char buffer[40] = "null";

  if (isfinite (value))
    sonde_text_from_double (value, FALSE, buffer);
  sonde_json_row_raw (row, key, buffer);
}

void
sonde_json_row_raw (GString *row, const char *key, const char *json)
{
  append_key (row, key);
  g_string_append (row, json);
}

char *
sonde_json_row_end (GString *row)
{
  g_string_append_c (row, '}');
  return g_string_free (row, FALSE);
}
