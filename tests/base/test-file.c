/* test-file.c: files that are there whole or not at all */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->directory = g_dir_make_tmp ("sonde-file-XXXXXX", NULL);
  f->path = g_build_filename (f->directory, "state.json", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_remove (f->path);
  /* Fails where something was left aside. */
  g_assert_cmpint (g_rmdir (f->directory), ==, 0);
  g_free (f->path);
  g_free (f->directory);
}

static void
assert_content (Fixture *f, const char *expected)
{
  g_autofree char *text = NULL;

  g_file_get_contents (f->path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_replace (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf found;

  g_assert_true (sonde_file_replace (f->path, "one", 3, 0600, &error));
  g_assert_no_error (error);
  assert_content (f, "one");
  g_assert_cmpint (g_stat (f->path, &found), ==, 0);
  g_assert_cmphex (found.st_mode & 0777, ==, 0600);

  g_assert_true (sonde_file_replace (f->path, "number two", 10, 0644, &error));
  assert_content (f, "number two");
  g_assert_cmpint (g_stat (f->path, &found), ==, 0);
  g_assert_cmphex (found.st_mode & 0777, ==, 0644);

  g_assert_true (sonde_file_replace (f->path, NULL, 0, 0644, &error));
  assert_content (f, "");
}

/* Whoever has the old file open goes on reading it: it is not written into. */
static void
test_reader_keeps_old (Fixture *f, gconstpointer data)
{
  char text[8] = { 0 };

  g_assert_true (sonde_file_replace (f->path, "old", 3, 0600, NULL));
  FILE *reader = fopen (f->path, "r");
  g_assert_true (sonde_file_replace (f->path, "new", 3, 0600, NULL));
  g_assert_cmpuint (fread (text, 1, sizeof text, reader), ==, 3);
  g_assert_cmpstr (text, ==, "old");
  fclose (reader);
}

static void
test_no_folder (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->directory, "absent", "file", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (sonde_file_replace (path, "x", 1, 0600, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_prefix (error->message, path));
}

/* A folder in the way: the rename fails, and nothing is left beside it. */
static void
test_in_the_way (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (f->path, 0700), ==, 0);
  g_assert_false (sonde_file_replace (f->path, "x", 1, 0600, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_test (f->path, G_FILE_TEST_IS_DIR));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/file/replace", test_replace);
  ADD ("/file/reader-keeps-old", test_reader_keeps_old);
  ADD ("/file/no-folder", test_no_folder);
  ADD ("/file/in-the-way", test_in_the_way);
  return g_test_run ();
}
