/* test-csv-rows.c: samples become rows by their time */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/csv-rows.h"

#include <unistd.h>

#include <glib/gstdio.h>

typedef struct
{
  char *path;
  SondeCsvRows *rows;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SondeOutput *output;

  f->path = g_build_filename (g_get_tmp_dir (), "sonde-csv-XXXXXX", NULL);
  close (g_mkstemp (f->path));
  output = sonde_output_new_for_file (f->path, &error);
  g_assert_no_error (error);
  f->rows = sonde_csv_rows_new (output);
  sonde_csv_rows_add_column (f->rows, "motor.speed", "rpm");
  sonde_csv_rows_add_column (f->rows, "message", "");
  sonde_csv_rows_start (f->rows);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->rows, sonde_csv_rows_free);
  g_unlink (f->path);
  g_free (f->path);
}

static void
assert_text (Fixture *f, const char *want)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, want);
}

static void
test_together (Fixture *f, gconstpointer data)
{
  sonde_csv_rows_add_number (f->rows, 0, 1000, "1.5", 0);
  sonde_csv_rows_add_text (f->rows, 1, 1000, "hi", 0);
  sonde_csv_rows_add_text (f->rows, 1, 3000, "later", 0);
  sonde_csv_rows_add_number (f->rows, 0, 2000, "2", 0); /* overtaken, and put in order */
  g_assert_cmpint (sonde_csv_rows_finish (f->rows), ==, SONDE_EXIT_OK);
  assert_text (f, "time_us,motor.speed [rpm],message\n1000,1.5,hi\n2000,2,\n3000,,later\n");
}

static void
test_same_time_twice (Fixture *f, gconstpointer data)
{
  sonde_csv_rows_add_number (f->rows, 0, 1000, "1", 0);
  sonde_csv_rows_add_number (f->rows, 0, 1000, "2", 0);
  sonde_csv_rows_finish (f->rows);
  assert_text (f, "time_us,motor.speed [rpm],message\n1000,1,\n1000,2,\n");
}

static void
test_settled (Fixture *f, gconstpointer data)
{
  sonde_csv_rows_add_number (f->rows, 0, 1000, "1", 5000);
  sonde_csv_rows_settle (f->rows, 6000);
  assert_text (f, "time_us,motor.speed [rpm],message\n");
  sonde_csv_rows_settle (f->rows, 5000 + 300 * 1000);
  assert_text (f, "time_us,motor.speed [rpm],message\n1000,1,\n");
}

static void
test_guarded (Fixture *f, gconstpointer data)
{
  sonde_csv_rows_add_text (f->rows, 1, 1, "=cmd()", 0);
  sonde_csv_rows_add_text (f->rows, 1, 2, "a,\"b\"", 0);
  sonde_csv_rows_add_number (f->rows, 0, 3, "-5", 0); /* a number is no formula */
  sonde_csv_rows_finish (f->rows);
  assert_text (f, "time_us,motor.speed [rpm],message\n1,,'=cmd()\n2,,\"a,\"\"b\"\"\"\n3,-5,\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/csv-rows/together", Fixture, NULL, set_up, test_together, tear_down);
  g_test_add ("/csv-rows/same-time-twice", Fixture, NULL, set_up, test_same_time_twice, tear_down);
  g_test_add ("/csv-rows/settled", Fixture, NULL, set_up, test_settled, tear_down);
  g_test_add ("/csv-rows/guarded", Fixture, NULL, set_up, test_guarded, tear_down);
  return g_test_run ();
}
