/* test-csv.c: fields quoted as RFC 4180 asks */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

typedef struct
{
  const char *name;
  const char *text;
  char separator;
  const char *expected;
} Case;

static const Case cases[] = {
  { "/csv/plain", "motor.speed [rpm]", ',', "motor.speed [rpm]" },
  { "/csv/empty", "", ',', "" },
  { "/csv/separator", "a,b", ',', "\"a,b\"" },
  { "/csv/other-separator", "a,b", ';', "a,b" },
  { "/csv/quote", "say \"no\"", ',', "\"say \"\"no\"\"\"" },
  { "/csv/line-end", "a\nb", ',', "\"a\nb\"" },
  { "/csv/blank-edge", " a", ',', "\" a\"" },
};

static void
test_field (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GString) row = g_string_new ("x,");
  g_autofree char *expected = g_strconcat ("x,", c->expected, NULL);

  sonde_csv_append_field (row, c->text, c->separator);
  g_assert_cmpstr (row->str, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_field);
  return g_test_run ();
}
