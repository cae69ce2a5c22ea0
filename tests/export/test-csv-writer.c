/* test-csv-writer.c: captures as tables: merged by time, shortest numbers, whole files or none */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/csv-writer.h"

#include <glib/gstdio.h>
#include <math.h>

#include "export/export.h"
#include "trace/trace.h"

#define T0 G_GINT64_CONSTANT (1700000000000000)

static const SondeCaptureColumn two[] = {
  { NULL, "motor.speed", "rpm" },
  { NULL, "state", NULL },
};

static char *
take_text (GOutputStream *out)
{
  g_output_stream_write_all (out, "", 1, NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (out));
}

static void
test_merge (void)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (SondeCaptureWriter) writer = sonde_csv_writer_new (out, two, 2, NULL);
  const SondeValue speed = sonde_value_float (0.1f, TRUE), state = sonde_value_unsigned (2);
  g_autofree char *text = NULL;

  sonde_capture_writer_append (writer, 2000, 1, &state);
  sonde_capture_writer_append (writer, 1000, 0, &speed);
  sonde_capture_writer_append (writer, 2000, 0, &speed);
  sonde_capture_writer_append (writer, 3000, 1, &state);
  g_assert_true (sonde_capture_writer_flush_before (writer, 3000, NULL));
  sonde_capture_writer_append (writer, 3000, 0, &speed);
  g_assert_true (sonde_capture_writer_flush_before (writer, G_MAXINT64, NULL));
  text = take_text (out);
  g_assert_cmpstr (text, ==,
                   "time_us,motor.speed [rpm],state\n1000,0.1,\n2000,0.1,2\n3000,0.1,2\n");
}

/* No sample is lost where a board gave two of them the same time. */
static void
test_same_time (void)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (SondeCaptureWriter) writer = sonde_csv_writer_new (out, two, 2, NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 3; i++)
    {
      const SondeValue value = sonde_value_signed (-(gint64) i);

      sonde_capture_writer_append (writer, 5, 1, &value);
      if (i == 0)
        sonde_capture_writer_append (writer, 5, 0, &value);
    }
  sonde_capture_writer_flush_before (writer, G_MAXINT64, NULL);
  text = take_text (out);
  g_assert_cmpstr (text, ==, "time_us,motor.speed [rpm],state\n5,0,0\n5,,-1\n5,,-2\n");
}

static void
test_numbers (void)
{
  const SondeCaptureColumn columns[] = { { "left", "a,b", "m/s" } };
  const SondeValue values[]
      = { sonde_value_float (1.0 / 3, FALSE), sonde_value_float (1.0f / 3, TRUE),
          sonde_value_float (NAN, FALSE), sonde_value_unsigned (G_MAXUINT64),
          sonde_value_signed (G_MININT64) };
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (SondeCaptureWriter) writer = sonde_csv_writer_new (out, columns, 1, NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    sonde_capture_writer_append (writer, i, 0, &values[i]);
  sonde_capture_writer_flush_before (writer, G_MAXINT64, NULL);
  text = take_text (out);
  g_assert_cmpstr (text, ==,
                   "time_us,\"left:a,b [m/s]\"\n0,0.3333333333333333\n1,0.33333334\n2,nan\n"
                   "3,18446744073709551615\n4,-9223372036854775808\n");
}

static SondeTrace *
new_trace (guint n, guint step_us)
{
  g_autoptr (SondeType) type
      = sonde_type_new_base (SONDE_KIND_NUMBER, "uint32_t", SONDE_ENCODING_UNSIGNED, FALSE, 4);
  SondeTrace *trace = sonde_trace_new (type);

  for (guint i = 0; i < n; i++)
    {
      const SondeValue value = sonde_value_unsigned (i);

      sonde_trace_append (trace, T0 + (gint64) i * step_us, &value);
    }
  return trace;
}

static SondeExport *
new_export (SondeTrace *fast, SondeTrace *slow, gint64 start_us, gint64 end_us)
{
  SondeExport *self = sonde_export_new (&sonde_csv_format, start_us, end_us);

  sonde_export_add (self, SONDE_SOURCE (fast), &(SondeCaptureColumn){ NULL, "fast", NULL });
  sonde_export_add (self, SONDE_SOURCE (slow), &(SondeCaptureColumn){ NULL, "slow", NULL });
  return self;
}

/* More than one slice long: rows are whole and in order across the seams. */
static void
test_export (void)
{
  g_autoptr (SondeTrace) fast = new_trace (200000, 1000);
  g_autoptr (SondeTrace) slow = new_trace (20000, 10000);
  g_autoptr (SondeExport) self = new_export (fast, slow, G_MININT64, G_MAXINT64);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (sonde_export_write (self, out, NULL, NULL));
  text = take_text (out);
  lines = g_strsplit_set (text, "\n", -1); /* g_strsplit() takes minutes under ASan */
  g_assert_cmpuint (g_strv_length (lines), ==, 200002);
  for (guint i = 0; i < 200000; i++)
    {
      g_autofree char *slow_text = i % 10 == 0 ? g_strdup_printf ("%u", i / 10) : g_strdup ("");
      g_autofree char *row
          = g_strdup_printf ("%" G_GINT64_FORMAT ",%u,%s", T0 + i * 1000, i, slow_text);

      g_assert_cmpstr (lines[i + 1], ==, row);
    }
}

static void
test_span (void)
{
  g_autoptr (SondeTrace) fast = new_trace (100, 1000);
  g_autoptr (SondeTrace) slow = new_trace (0, 1000);
  g_autoptr (SondeExport) self = new_export (fast, slow, T0 + 5000, T0 + 7000);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autofree char *text = NULL;

  g_assert_true (sonde_export_write (self, out, NULL, NULL));
  text = take_text (out);
  g_assert_cmpstr (text, ==, "time_us,fast,slow\n1700000000005000,5,\n1700000000006000,6,\n");
}

typedef struct
{
  GMainLoop *loop;
  gboolean is_saved;
} Finish;

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Finish *finish = user_data;

  finish->is_saved = sonde_export_save_finish (result, NULL);
  g_main_loop_quit (finish->loop);
}

static gboolean
save (SondeExport *self, const char *path, GCancellable *cancellable)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Finish finish = { loop, FALSE };

  sonde_export_save_async (self, path, cancellable, on_saved, &finish);
  g_main_loop_run (loop);
  return finish.is_saved;
}

static void
test_save (void)
{
  g_autoptr (SondeTrace) fast = new_trace (3, 1000);
  g_autoptr (SondeTrace) slow = new_trace (1, 1000);
  g_autofree char *folder = g_dir_make_tmp ("sonde-csv-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "run.csv", NULL);
  g_autofree char *missing = g_build_filename (folder, "none", "run.csv", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *text = NULL;
  g_autofree char *later = NULL;

  g_assert_true (save (new_export (fast, slow, 0, G_MAXINT64), path, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "time_us,fast,slow\n1700000000000000,0,0\n"));
  g_cancellable_cancel (cancellable);
  g_assert_false (save (new_export (fast, slow, 0, 1), path, cancellable));
  g_assert_true (g_file_get_contents (path, &later, NULL, NULL));
  g_assert_cmpstr (later, ==, text);
  g_assert_false (save (new_export (fast, slow, 0, 1), missing, NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A full disk: the error arrives, and what stood there before is untouched. */
static void
test_full (void)
{
  g_autoptr (SondeTrace) fast = new_trace (3000, 1000);
  g_autoptr (SondeExport) self = new_export (fast, fast, 0, G_MAXINT64);
  char room[100];
  g_autoptr (GOutputStream) out = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (sonde_export_write (self, out, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_formats (void)
{
  g_assert_true (sonde_export_lookup_format ("csv") == &sonde_csv_format);
  g_assert_true (sonde_export_lookup_format ("/tmp/run.2.CSV") == &sonde_csv_format);
  g_assert_null (sonde_export_lookup_format ("run.txt"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-writer/merge", test_merge);
  g_test_add_func ("/csv-writer/same-time", test_same_time);
  g_test_add_func ("/csv-writer/numbers", test_numbers);
  g_test_add_func ("/export/slices", test_export);
  g_test_add_func ("/export/span", test_span);
  g_test_add_func ("/export/save", test_save);
  g_test_add_func ("/export/full", test_full);
  g_test_add_func ("/export/formats", test_formats);
  return g_test_run ();
}
