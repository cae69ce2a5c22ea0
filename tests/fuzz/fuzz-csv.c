/* fuzz-csv.c: any bytes as CSV; what is read is written and read again as the same */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
assert_reads_back (GPtrArray *cells)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) back = sonde_csv_cells_new ();
  SondeCsvReader reader;
  guint line;

  for (guint i = 0; i < cells->len; i++)
    {
      g_string_append (out, i > 0 ? "," : "");
      sonde_csv_append_field (out, g_ptr_array_index (cells, i), ',');
    }
  g_string_append_c (out, '\n');
  sonde_csv_reader_init (&reader, out->str, out->len, ',');
  /* One empty cell is an empty line, and those are passed over; a byte-order mark likewise. */
  if (cells->len == 1 || g_str_has_prefix (out->str, "\xef\xbb\xbf"))
    return;
  g_assert_true (sonde_csv_reader_next (&reader, back, &line, NULL));
  g_assert_cmpuint (back->len, ==, cells->len);
  for (guint i = 0; i < cells->len; i++)
    g_assert_cmpstr (g_ptr_array_index (back, i), ==, g_ptr_array_index (cells, i));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_memdup2 (data, size);
  g_autoptr (GPtrArray) cells = sonde_csv_cells_new ();
  g_autoptr (GError) error = NULL;
  SondeCsvReader reader;
  guint line = 0, last = 0;

  sonde_csv_reader_init (&reader, text, size, ',');
  while (sonde_csv_reader_next (&reader, cells, &line, &error))
    {
      g_assert_cmpuint (line, >, last);
      last = line;
      assert_reads_back (cells);
    }
  return 0;
}
