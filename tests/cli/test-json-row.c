/* test-json-row.c: rows are JSON whatever the texts hold */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/json-row.h"

#include <math.h>

#include <json-glib/json-glib.h>

static void
test_order (void)
{
  GString *row = sonde_json_row_new ();
  g_autofree char *line = NULL;

  sonde_json_row_int (row, "time_us", G_GINT64_CONSTANT (1700000000123456));
  sonde_json_row_text (row, "device", "m");
  sonde_json_row_raw (row, "value", "\"nan\"");
  sonde_json_row_text (row, "none", NULL);
  sonde_json_row_double (row, "rate_hz", 0.1);
  sonde_json_row_double (row, "bad", NAN);
  line = sonde_json_row_end (row);
  g_assert_cmpstr (line, ==,
                   "{\"time_us\":1700000000123456,\"device\":\"m\",\"value\":\"nan\",\"none\":null,"
                   "\"rate_hz\":0.1,\"bad\":null}");
}

static void
test_empty (void)
{
  g_autofree char *line = sonde_json_row_end (sonde_json_row_new ());

  g_assert_cmpstr (line, ==, "{}");
}

/* What a hostile board may send: it must come back the same, and bring no byte that a terminal
 * obeys. */
static void
test_hostile (void)
{
  static const char *const texts[] = { "\"",
                                       "\\",
                                       "a\nb\tc",
                                       "\033[31m",
                                       "\x7f",
                                       "\xc2\x9b"
                                       "31m",
                                       "caf\xc3\xa9 \xf0\x9f\x98\x80" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GString *row = sonde_json_row_new ();
      g_autofree char *line = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) error = NULL;

      sonde_json_row_text (row, texts[i], texts[i]);
      line = sonde_json_row_end (row);
      for (const char *c = line; *c != '\0'; c = g_utf8_next_char (c))
        g_assert_false (g_unichar_iscntrl (g_utf8_get_char (c)));
      node = json_from_string (line, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), texts[i]), ==,
                       texts[i]);
    }
}

static void
test_no_utf8 (void)
{
  GString *row = sonde_json_row_new ();
  g_autofree char *line = NULL;

  sonde_json_row_text (row, "text",
                       "a\xff"
                       "b");
  line = sonde_json_row_end (row);
  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_cmpstr (line, ==,
                   "{\"text\":\"a\xef\xbf\xbd"
                   "b\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-row/order", test_order);
  g_test_add_func ("/json-row/empty", test_empty);
  g_test_add_func ("/json-row/hostile", test_hostile);
  g_test_add_func ("/json-row/no-utf8", test_no_utf8);
  return g_test_run ();
}
