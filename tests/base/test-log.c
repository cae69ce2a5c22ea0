/* test-log.c: the way of a line into the ring, the file and the console */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-test"
#include "base/log.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/clock.h"

static const SondeLogLine *
get_last (GPtrArray *lines)
{
  return g_ptr_array_index (lines, lines->len - 1);
}

static void
test_write (void)
{
  const guint64 before = sonde_log_get_newest ();

  sonde_log_write (SONDE_LOG_INFO, NULL, "server", "listening");
  sonde_log_printf (SONDE_LOG_ERROR, "demo", "motor", "%d degC", 120);

  g_autoptr (GPtrArray) lines = sonde_log_dup_since (before, 100);
  const SondeLogLine *first = g_ptr_array_index (lines, 0);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpuint (first->number, ==, before + 1);
  g_assert_null (first->device);
  g_assert_cmpstr (get_last (lines)->text, ==, "120 degC");
  g_assert_cmpstr (get_last (lines)->device, ==, "demo");
  g_assert_cmpuint (sonde_log_get_newest (), ==, before + 2);
}

static void
test_flood (void)
{
  const guint64 before = sonde_log_get_newest ();

  for (guint i = 0; i < 20500; i++)
    sonde_log_write (SONDE_LOG_DEBUG, "flooder", "x", "again");
  sonde_log_write (SONDE_LOG_DEBUG, "other", "x", "heard");
  sonde_clock_turn_us (2 * G_USEC_PER_SEC);

  g_autoptr (GPtrArray) lines = sonde_log_dup_since (before, G_MAXUINT);
  g_assert_cmpuint (lines->len, ==, 20002);
  g_assert_cmpstr (get_last (lines)->text, ==, "500 lines dropped");
  g_assert_cmpstr (get_last (lines)->device, ==, "flooder");
}

static void
test_files (void)
{
  g_autofree char *directory = g_dir_make_tmp ("sonde-log-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "sonde.log", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sonde_log_open_files (directory, &error));
  g_assert_no_error (error);
  sonde_log_write (SONDE_LOG_WARNING, "demo", "motor", "too hot");
  sonde_log_close_files ();
  sonde_log_write (SONDE_LOG_WARNING, "demo", "motor", "not written");

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_suffix (text, "Z W demo motor: too hot\n"));
  g_assert_null (strstr (text, "not written"));
  g_remove (path);
  g_rmdir (directory);
}

static void
test_glib (void)
{
  if (g_test_subprocess ())
    {
      g_log_set_always_fatal (G_LOG_FATAL_MASK);
      sonde_log_install ();
      sonde_log_install ();
      sonde_log_set_console (SONDE_LOG_DEBUG, FALSE);
      g_warning ("heard %d", 1);
      g_debug ("heard too");
      g_log_structured ("Other", G_LOG_LEVEL_DEBUG, "MESSAGE", "not heard");
      g_log ("Other", G_LOG_LEVEL_MESSAGE, "older call");
      sonde_log_set_console (-1, FALSE);
      g_warning ("silent");

      g_autoptr (GPtrArray) lines = sonde_log_dup_since (0, 100);
      g_assert_cmpuint (lines->len, ==, 4);
      g_assert_cmpstr (get_last (lines)->text, ==, "silent");
      g_assert_cmpuint (get_last (lines)->level, ==, SONDE_LOG_WARNING);
      g_assert_cmpstr (get_last (lines)->tag, ==, "test");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("* W test: heard 1\n*D test: heard too\n*I Other: older call\n");
  g_test_trap_assert_stderr_unmatched ("*silent*");
}

/* Where G_DEBUG asks for it a warning ends the program, and is seen although the console is silent.
 */
static void
test_fatal (void)
{
  if (g_test_subprocess ())
    {
      g_log_set_always_fatal (G_LOG_LEVEL_WARNING);
      sonde_log_install ();
      g_warning ("last word");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*last word*");
}

#define N_LINES_OF_A_THREAD 5000

static gpointer
write_many (gpointer data)
{
  for (guint i = 0; i < N_LINES_OF_A_THREAD; i++)
    sonde_log_write (SONDE_LOG_TRACE, NULL, "thread", "line");
  return NULL;
}

static void
test_threads (void)
{
  const guint64 before = sonde_log_get_newest ();
  GThread *threads[4];
  guint64 number = before;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("writer", write_many, NULL);
  while (number < before + N_LINES_OF_A_THREAD * G_N_ELEMENTS (threads))
    {
      g_autoptr (GPtrArray) lines = sonde_log_dup_since (number, 100);

      for (guint i = 0; i < lines->len; i++)
        {
          const SondeLogLine *line = g_ptr_array_index (lines, i);

          g_assert_cmpuint (line->number, ==, ++number);
        }
      g_thread_yield ();
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (sonde_log_get_newest (), ==, number);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/write", test_write);
  g_test_add_func ("/log/flood", test_flood);
  g_test_add_func ("/log/files", test_files);
  g_test_add_func ("/log/glib", test_glib);
  g_test_add_func ("/log/fatal", test_fatal);
  g_test_add_func ("/log/threads", test_threads);
  return g_test_run ();
}
