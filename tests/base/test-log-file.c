/* test-log-file.c: files that are set aside when they are full */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log-file.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *directory;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->directory = g_dir_make_tmp ("sonde-log-XXXXXX", NULL);
  g_assert_nonnull (f->directory);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->directory, name, NULL);

      g_remove (path);
    }
  g_rmdir (f->directory);
  g_free (f->directory);
}

static void
assert_content (Fixture *f, const char *name, const char *expected)
{
  g_autofree char *path = g_build_filename (f->directory, name, NULL);
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static void
write_text (SondeLogFile *file, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sonde_log_file_write (file, text, strlen (text), &error));
  g_assert_no_error (error);
}

static void
test_rotate (Fixture *f, gconstpointer data)
{
  g_autoptr (SondeLogFile) file = sonde_log_file_open (f->directory, "a.log", 10, 3, NULL);

  write_text (file, "11111\n");
  write_text (file, "22\n");
  assert_content (f, "a.log", "11111\n22\n");
  write_text (file, "3333\n");
  assert_content (f, "a.log", "3333\n");
  assert_content (f, "a.log.1", "11111\n22\n");
  write_text (file, "a line longer than a file\n");
  write_text (file, "5555\n");
  write_text (file, "6666666\n");
  assert_content (f, "a.log", "6666666\n");
  assert_content (f, "a.log.1", "5555\n");
  assert_content (f, "a.log.2", "a line longer than a file\n");
  assert_content (f, "a.log.3", NULL);
}

static void
test_appends (Fixture *f, gconstpointer data)
{
  g_autoptr (SondeLogFile) first = sonde_log_file_open (f->directory, "a.log", 10, 3, NULL);
  write_text (first, "1111\n");
  g_clear_pointer (&first, sonde_log_file_free);

  g_autoptr (SondeLogFile) second = sonde_log_file_open (f->directory, "a.log", 10, 3, NULL);
  write_text (second, "2222\n");
  assert_content (f, "a.log", "1111\n2222\n");
  write_text (second, "3\n");
  assert_content (f, "a.log.1", "1111\n2222\n");
}

/* The second program finds the file already set aside and does not push the rest out. */
static void
test_two_programs (Fixture *f, gconstpointer data)
{
  g_autoptr (SondeLogFile) a = sonde_log_file_open (f->directory, "a.log", 10, 3, NULL);
  g_autoptr (SondeLogFile) b = sonde_log_file_open (f->directory, "a.log", 10, 3, NULL);

  write_text (a, "1111\n");
  write_text (b, "2222\n");
  write_text (a, "33\n");
  write_text (a, "44\n");
  assert_content (f, "a.log", "33\n44\n");
  write_text (b, "555555\n");
  write_text (b, "66\n");
  assert_content (f, "a.log", "555555\n66\n");
  assert_content (f, "a.log.1", "33\n44\n");
  assert_content (f, "a.log.2", "1111\n2222\n");
}

static void
test_modes (Fixture *f, gconstpointer data)
{
  g_autofree char *below = g_build_filename (f->directory, "logs", NULL);
  g_autofree char *path = g_build_filename (below, "a.log", NULL);
  g_autoptr (SondeLogFile) file = sonde_log_file_open (below, "a.log", 10, 3, NULL);
  GStatBuf found;

  g_assert_nonnull (file);
  g_assert_cmpint (g_stat (below, &found), ==, 0);
  g_assert_cmphex (found.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (path, &found), ==, 0);
  g_assert_cmphex (found.st_mode & 0777, ==, 0600);
  g_remove (path);
  g_rmdir (below);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->directory, "file", NULL);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_null (sonde_log_file_open (path, "a.log", 10, 3, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, path));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/log-file/rotate", test_rotate);
  ADD ("/log-file/appends", test_appends);
  ADD ("/log-file/two-programs", test_two_programs);
  ADD ("/log-file/modes", test_modes);
  ADD ("/log-file/refused", test_refused);
  return g_test_run ();
}
