/* test-csv.c: rows in and out */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *text;
  const char *rows; /* "1:a|b 3:c": the line, then the cells; "!" and the message of an error */
} Case;

static const Case cases[] = {
  { "/csv/read/empty", "", "" },
  { "/csv/read/plain", "a,b\nc,d\n", "1:a|b 2:c|d" },
  { "/csv/read/no-last-line-end", "a,b\nc,d", "1:a|b 2:c|d" },
  { "/csv/read/crlf", "a,b\r\nc,d\r\n", "1:a|b 2:c|d" },
  { "/csv/read/lone-cr", "a\rb,c\n", "1:a\rb|c" },
  { "/csv/read/empty-cells", ",\n,,x\n", "1:| 2:||x" },
  { "/csv/read/empty-lines", "\n\r\na\n\n\nb\n\n", "3:a 6:b" },
  { "/csv/read/quoted", "\"a,b\",\"c \"\"d\"\"\"\n", "1:a,b|c \"d\"" },
  { "/csv/read/quoted-line-end", "\"a\nb\",c\nd\n", "1:a\nb|c 3:d" },
  { "/csv/read/quoted-empty", "\"\"\n\"\",\"\"", "1: 2:|" },
  { "/csv/read/quote-inside", "a\"b,c\n", "1:a\"b|c" },
  { "/csv/read/mark",
    "\xef\xbb\xbf"
    "a,b\n",
    "1:a|b" },
  { "/csv/read/blanks-kept", " a , b\n", "1: a | b" },
  { "/csv/read/never-closed", "a\n\"b\nc\n", "1:a !line 2: a quote is opened and never closed" },
  { "/csv/read/after-quote", "a\n\"b\"c\n", "1:a !line 2: text follows a closing quote" },
};

static char *
dup_rows (const char *text, gsize size, char separator)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GPtrArray) cells = sonde_csv_cells_new ();
  g_autoptr (GError) error = NULL;
  SondeCsvReader reader;
  guint line;

  sonde_csv_reader_init (&reader, text, size, separator);
  while (sonde_csv_reader_next (&reader, cells, &line, &error))
    {
      g_string_append_printf (rows, "%s%u:", rows->len > 0 ? " " : "", line);
      for (guint i = 0; i < cells->len; i++)
        g_string_append_printf (rows, "%s%s", i > 0 ? "|" : "",
                                (const char *) g_ptr_array_index (cells, i));
    }
  if (error != NULL)
    g_string_append_printf (rows, "%s!%s", rows->len > 0 ? " " : "", error->message);
  return g_string_free (g_steal_pointer (&rows), FALSE);
}

static void
test_read (gconstpointer data)
{
  const Case *c = data;
  /* A copy of exactly this size, so that reading on is found. */
  g_autofree char *copy = g_memdup2 (c->text, strlen (c->text));
  g_autofree char *rows = dup_rows (copy, strlen (c->text), ',');

  g_assert_cmpstr (rows, ==, c->rows);
}

static void
test_separator (void)
{
  g_autofree char *rows = dup_rows ("a;b,c", 5, ';');
  g_autofree char *nul = dup_rows ("a,b\0c\n", 6, ',');

  g_assert_cmpstr (rows, ==, "1:a|b,c");
  g_assert_cmpstr (nul, ==, "!line 1: a NUL byte: this is not text");
}

typedef struct
{
  const char *name;
  const char *text;
  char separator;
  const char *expected;
} Field;

static const Field fields[] = {
  { "/csv/field/plain", "motor.speed [rpm]", ',', "motor.speed [rpm]" },
  { "/csv/field/empty", "", ',', "" },
  { "/csv/field/separator", "a,b", ',', "\"a,b\"" },
  { "/csv/field/other-separator", "a,b", ';', "a,b" },
  { "/csv/field/quote", "say \"no\"", ',', "\"say \"\"no\"\"\"" },
  { "/csv/field/line-end", "a\nb", ',', "\"a\nb\"" },
  { "/csv/field/blank-edge", " a", ',', "\" a\"" },
  { "/csv/field/formula", "=1", ',', "=1" },
};

static void
test_field (gconstpointer data)
{
  const Field *field = data;
  g_autoptr (GString) row = g_string_new ("x,");
  g_autofree char *expected = g_strconcat ("x,", field->expected, NULL);

  sonde_csv_append_field (row, field->text, field->separator);
  g_assert_cmpstr (row->str, ==, expected);
}

static void
test_foreign (void)
{
  static const char *const dangerous[]
      = { "=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|\"/c\"!A1" };
  g_autoptr (GString) row = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (dangerous); i++)
    {
      g_string_truncate (row, 0);
      sonde_csv_append_foreign (row, dangerous[i], ',');
      g_assert_true (g_str_has_prefix (row->str, "\"'"));
    }
  g_assert_cmpstr (row->str, ==, "\"'=cmd|\"\"/c\"\"!A1\"");
  g_string_truncate (row, 0);
  sonde_csv_append_foreign (row, "motor=1", ',');
  sonde_csv_append_foreign (row, "", ',');
  sonde_csv_append_foreign (row, ";", ';');
  g_assert_cmpstr (row->str, ==, "motor=1\";\"");
}

/* Whatever is written is read back as it was. */
static void
test_round_trip (void)
{
  static const char alphabet[] = "ab,;\"\n\r =";
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);

  for (guint i = 0; i < 2000; i++)
    {
      const char separator = i % 2 == 0 ? ',' : ';';
      g_autoptr (GString) row = g_string_new (NULL);
      g_autoptr (GPtrArray) cells = sonde_csv_cells_new ();
      char written[3][8] = { { 0 } };
      SondeCsvReader reader;
      guint line;

      for (guint k = 0; k < 3; k++)
        {
          for (gint n = g_rand_int_range (rand, 0, 8); n > 0; n--)
            written[k][n - 1] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
          if (k > 0)
            g_string_append_c (row, separator);
          sonde_csv_append_field (row, written[k], separator);
        }
      g_string_append_c (row, '\n');
      sonde_csv_reader_init (&reader, row->str, row->len, separator);
      g_assert_true (sonde_csv_reader_next (&reader, cells, &line, NULL));
      g_assert_cmpuint (cells->len, ==, 3);
      for (guint k = 0; k < 3; k++)
        g_assert_cmpstr (g_ptr_array_index (cells, k), ==, written[k]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_read);
  g_test_add_func ("/csv/separator", test_separator);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_test_add_data_func (fields[i].name, &fields[i], test_field);
  g_test_add_func ("/csv/foreign", test_foreign);
  g_test_add_func ("/csv/round-trip", test_round_trip);
  return g_test_run ();
}
