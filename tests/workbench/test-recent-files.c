/* test-recent-files.c: order, cap, restart, damaged files, ages */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <utime.h>

#include "workbench/recent-files.h"

static char *
make_place (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sonde-recent-XXXXXX", NULL);

  return g_build_filename (folder, "sub", "recent.json", NULL);
}

static void
remove_place (char *path)
{
  g_autofree char *sub = g_path_get_dirname (path);
  g_autofree char *folder = g_path_get_dirname (sub);

  g_unlink (path);
  g_rmdir (sub);
  g_rmdir (folder);
  g_free (path);
}

static void
test_order (void)
{
  char *path = make_place ();
  g_autoptr (SondeRecentFiles) files = sonde_recent_files_new (path);
  g_autoptr (SondeRecentFiles) again = NULL;

  for (int i = 0; i < 14; i++)
    {
      g_autofree char *elf = g_strdup_printf ("/fw/%d.elf", i);

      g_assert_true (sonde_recent_files_add (files, elf, "", NULL));
    }
  g_assert_true (sonde_recent_files_add (files, "/fw/9.elf", "", NULL));
  g_assert_cmpuint (sonde_recent_files_get_n (files), ==, 10);
  again = sonde_recent_files_new (path);
  g_assert_cmpuint (sonde_recent_files_get_n (again), ==, 10);
  g_assert_cmpstr (sonde_recent_files_get (again, 0)->path, ==, "/fw/9.elf");
  g_assert_cmpstr (sonde_recent_files_get (again, 1)->path, ==, "/fw/13.elf");
  g_assert_cmpstr (sonde_recent_files_get (again, 9)->path, ==, "/fw/4.elf");
  g_assert_null (sonde_recent_files_get (again, 10));
  g_assert_true (sonde_recent_files_clear (again, NULL));
  g_assert_cmpuint (sonde_recent_files_get_n (again), ==, 0);
  remove_place (path);
}

static void
test_damaged (void)
{
  static const char *const texts[]
      = { "", "{", "[]", "{\"files\":3}", "{\"files\":[3,{\"path\":4},{\"path\":\"relative\"}]}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      char *path = make_place ();
      g_autofree char *folder = g_path_get_dirname (path);
      g_autoptr (SondeRecentFiles) files = NULL;

      g_mkdir_with_parents (folder, 0700);
      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      files = sonde_recent_files_new (path);
      g_assert_cmpuint (sonde_recent_files_get_n (files), ==, 0);
      g_assert_true (sonde_recent_files_add (files, "/fw/a.elf", "", NULL));
      remove_place (path);
    }
}

static void
test_age (void)
{
  static const struct
  {
    gint64 age_s;
    const char *text;
  } cases[] = {
    { 0, "just now" },          { 60, "a minute ago" }, { 300, "5 minutes ago" },
    { 7200, "2 hours ago" },    { 90000, "yesterday" }, { 3 * 86400, "3 days ago" },
    { 8 * 86400, "last week" }, { -5, "just now" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SondeRecentFile file = { .opened_s = 1000000000 };
      g_autofree char *text = sonde_recent_file_dup_age (&file, 1000000000 + cases[i].age_s);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* The file of the build that a board announces, the newest first; not what is gone or was written
 * since. */
static void
test_build_id (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sonde-recent-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "recent.json", NULL);
  g_autofree char *a = g_build_filename (folder, "a.elf", NULL);
  g_autofree char *b = g_build_filename (folder, "b.elf", NULL);
  g_autoptr (SondeRecentFiles) files = sonde_recent_files_new (path);
  g_autoptr (SondeRecentFiles) again = NULL;
  const time_t now = time (NULL);

  g_assert_true (g_file_set_contents (a, "a", 1, NULL) && g_file_set_contents (b, "b", 1, NULL));
  g_assert_true (sonde_recent_files_add (files, a, "3fa2c10011223344", NULL));
  g_assert_true (sonde_recent_files_add (files, b, "91c07e0011223344", NULL));
  g_assert_true (sonde_recent_files_add (files, "/fw/c.elf", "", NULL));
  g_assert_cmpint (g_utime (a, &(struct utimbuf){ now - 60, now - 60 }), ==, 0);
  g_assert_cmpint (g_utime (b, &(struct utimbuf){ now - 60, now - 60 }), ==, 0);
  again = sonde_recent_files_new (path);
  g_assert_cmpstr (sonde_recent_files_find (again, "3FA2C10011223344")->path, ==, a);
  g_assert_cmpstr (sonde_recent_files_find (again, "91c07e00")->path, ==, b);
  g_assert_null (sonde_recent_files_find (again, "00"));
  g_assert_null (sonde_recent_files_find (again, ""));
  g_assert_cmpint (g_utime (a, &(struct utimbuf){ now + 60, now + 60 }), ==, 0);
  g_assert_null (sonde_recent_files_find (again, "3fa2c10011223344"));
  g_unlink (b);
  g_assert_null (sonde_recent_files_find (again, "91c07e0011223344"));
  g_unlink (a);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recent-files/order", test_order);
  g_test_add_func ("/recent-files/damaged", test_damaged);
  g_test_add_func ("/recent-files/age", test_age);
  g_test_add_func ("/recent-files/build-id", test_build_id);
  return g_test_run ();
}
