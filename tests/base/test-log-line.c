/* test-log-line.c: safe texts, levels and the form of a line */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log-line.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *text;
  gssize length;
  const char *safe;
} Case;

static const Case cases[] = {
  { "/log-line/safe/plain", "motor too hot", -1, "motor too hot" },
  { "/log-line/safe/utf8", "\xc2\xb5s \xe2\x82\xac", -1, "\xc2\xb5s \xe2\x82\xac" },
  { "/log-line/safe/escape", "\033[31mred", -1, "\xe2\x90\x9b[31mred" },
  { "/log-line/safe/newline", "a\nb\tc", -1,
    "a\xe2\x90\x8a"
    "b\xe2\x90\x89"
    "c" },
  { "/log-line/safe/delete", "\x7f", -1, "\xe2\x90\xa1" },
  { "/log-line/safe/nul", "a\0b", 3,
    "a\xe2\x90\x80"
    "b" },
  { "/log-line/safe/broken",
    "a\xff\xfe"
    "b",
    -1,
    "a\xef\xbf\xbd\xef\xbf\xbd"
    "b" },
  { "/log-line/safe/cut-character", "a\xe2\x82", -1, "a\xef\xbf\xbd\xef\xbf\xbd" },
  { "/log-line/safe/c1",
    "\xc2\x9b"
    "31m",
    -1,
    "\xef\xbf\xbd"
    "31m" },
  { "/log-line/safe/direction",
    "a\xe2\x80\xae"
    "b",
    -1,
    "a\xef\xbf\xbd"
    "b" },
  { "/log-line/safe/empty", "", 0, "" },
};

static void
test_safe (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *safe = sonde_log_make_safe (c->text, c->length);

  g_assert_cmpstr (safe, ==, c->safe);
  g_assert_true (g_utf8_validate (safe, -1, NULL));
}

static void
test_line (void)
{
  g_autoptr (SondeLogLine) line
      = sonde_log_line_new (SONDE_LOG_WARNING, "demo", "motor", "too \033 hot\r\n");
  g_autoptr (SondeLogLine) again = sonde_log_line_ref (line);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_true (again == line);
  g_assert_cmpstr (line->device, ==, "demo");
  g_assert_cmpstr (line->tag, ==, "motor");
  g_assert_cmpstr (line->text, ==, "too \xe2\x90\x9b hot");
  line->time_us = G_GINT64_CONSTANT (1772366400000001);
  sonde_log_line_append (line, text);
  g_assert_cmpstr (text->str, ==,
                   "2026-03-01T12:00:00.000001Z W demo motor: too \xe2\x90\x9b hot\n");
}

static void
test_short (void)
{
  g_autoptr (SondeLogLine) line = sonde_log_line_new (SONDE_LOG_ERROR, NULL, "device", "gone");
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GString) coloured = g_string_new (NULL);

  g_assert_null (line->device);
  sonde_log_line_append_short (line, FALSE, plain);
  g_assert_true (g_str_has_suffix (plain->str, " E device: gone\n"));
  sonde_log_line_append_short (line, TRUE, coloured);
  g_assert_true (g_str_has_suffix (coloured->str, " \033[31mE\033[0m device: gone\n"));
}

/* However long, and wherever the cut falls in a character, a line stays short and valid. */
static void
test_long (void)
{
  static const char *const fillings[]
      = { "a", "\xe2\x82\xac", "\xc3\xa4", "\n", "\xff", "\xf0\x9f\x98\x80" };

  for (guint i = 0; i < G_N_ELEMENTS (fillings); i++)
    for (guint shift = 0; shift < 4; shift++)
      {
        g_autoptr (GString) text = g_string_new (NULL);

        for (guint k = 0; k < shift; k++)
          g_string_append_c (text, 'x');
        while (text->len < 9000)
          g_string_append (text, fillings[i]);
        g_string_append_c (text, 'y');
        g_autoptr (SondeLogLine) line
            = sonde_log_line_new (SONDE_LOG_INFO, text->str, text->str, text->str);

        g_assert_cmpuint (strlen (line->text), <=, 4096);
        g_assert_cmpuint (strlen (line->text), >, 4080);
        g_assert_cmpuint (strlen (line->tag), <=, 128);
        g_assert_cmpuint (strlen (line->device), <=, 128);
        g_assert_true (g_utf8_validate (line->text, -1, NULL));
        g_assert_true (g_str_has_suffix (line->text, "\xe2\x80\xa6"));
        g_assert_cmpuint (sonde_log_line_get_bytes (line), <, 5000);
      }
}

static void
test_levels (void)
{
  static const char *const names[] = { "error", "warning", "info", "debug", "trace" };
  SondeLogLevel level;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (sonde_log_level_from_name (names[i], &level));
      g_assert_cmpuint (level, ==, i);
    }
  g_assert_true (sonde_log_level_from_name ("warn", &level));
  g_assert_cmpuint (level, ==, SONDE_LOG_WARNING);
  g_assert_false (sonde_log_level_from_name ("loud", &level));
  g_assert_false (sonde_log_level_from_name (NULL, &level));
  g_assert_cmpstr (sonde_log_level_glyph (SONDE_LOG_TRACE), ==, "T");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_safe);
  g_test_add_func ("/log-line/line", test_line);
  g_test_add_func ("/log-line/short", test_short);
  g_test_add_func ("/log-line/long", test_long);
  g_test_add_func ("/log-line/levels", test_levels);
  return g_test_run ();
}
