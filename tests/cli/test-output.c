/* test-output.c: a flushed line arrives whole; a reader that left is no error, a full disk is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/output.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static void
test_flushed (void)
{
  int ends[2];
  char buffer[16] = { 0 };
  g_autoptr (SondeOutput) output = NULL;

  g_assert_cmpint (pipe (ends), ==, 0);
  output = sonde_output_new (ends[1], "pipe");
  sonde_output_line (output, "one");
  sonde_output_flush (output);
  g_assert_cmpint (read (ends[0], buffer, sizeof buffer), ==, 4);
  g_assert_cmpstr (buffer, ==, "one\n");
  g_assert_true (sonde_output_is_open (output));
  g_assert_false (sonde_output_is_terminal (output));
  g_assert_cmpint (sonde_output_finish (output), ==, SONDE_EXIT_OK);
  close (ends[0]);
  close (ends[1]);
}

static void
test_reader_left (void)
{
  int ends[2];
  g_autoptr (SondeOutput) output = NULL;

  g_assert_cmpint (pipe (ends), ==, 0);
  output = sonde_output_new (ends[1], "pipe");
  close (ends[0]);
  sonde_output_line (output, "nobody");
  sonde_output_flush (output);
  g_assert_false (sonde_output_is_open (output));
  sonde_output_line (output, "still nobody");
  g_assert_cmpint (sonde_output_finish (output), ==, SONDE_EXIT_OK);
  close (ends[1]);
}

static void
test_disk_full (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeOutput) output = sonde_output_new_for_file ("/dev/full", &error);

  if (output == NULL)
    {
      g_test_skip ("no /dev/full here");
      return;
    }
  sonde_output_line (output, "row");
  sonde_output_flush (output);
  g_assert_false (sonde_output_is_open (output));
  g_assert_cmpint (sonde_output_finish (output), ==, SONDE_EXIT_MACHINE);
  g_assert_cmpint (sonde_output_finish (output), ==, SONDE_EXIT_OK); /* told once */
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeOutput) output = sonde_output_new_for_file ("/nonexistent/x.csv", &error);

  g_assert_null (output);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_prefix (error->message, "/nonexistent/x.csv: "));
}

/* More than a pipe holds, taken by a reader that is slow to start. */
static gpointer
read_all (gpointer data)
{
  const int fd = GPOINTER_TO_INT (data);
  char buffer[1000];
  gsize total = 0;
  gssize n;

  while ((n = read (fd, buffer, sizeof buffer)) > 0)
    total += (gsize) n;
  return GSIZE_TO_POINTER (total);
}

static void
test_large (void)
{
  int ends[2];
  g_autofree char *text = g_strnfill (300000, 'x');
  g_autoptr (SondeOutput) output = NULL;
  GThread *thread;

  g_assert_cmpint (pipe (ends), ==, 0);
  output = sonde_output_new (ends[1], "pipe");
  thread = g_thread_new ("reader", read_all, GINT_TO_POINTER (ends[0]));
  sonde_output_line (output, text);
  sonde_output_flush (output);
  close (ends[1]);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (thread)), ==, 300001);
  close (ends[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  g_test_add_func ("/output/flushed", test_flushed);
  g_test_add_func ("/output/reader-left", test_reader_left);
  g_test_add_func ("/output/disk-full", test_disk_full);
  g_test_add_func ("/output/no-file", test_no_file);
  g_test_add_func ("/output/large", test_large);
  return g_test_run ();
}
