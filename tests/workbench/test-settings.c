/* test-settings.c: one file for window and command line; what is wrong in it is named */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "workbench/settings.h"
#include "workbench/workbench.h"

#define MIB (1024 * 1024)
#define PATIENCE_US (30 * G_USEC_PER_SEC)

static void
write_settings (const char *text)
{
  g_autofree char *path = sonde_settings_dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
remove_settings (void)
{
  g_autofree char *path = sonde_settings_dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
}

static void
assert_listen (GSettings *settings, const char *address, guint port)
{
  g_autofree char *found_address = NULL;
  guint found_port = 0;

  sonde_settings_get_listen (settings, &found_address, &found_port);
  g_assert_cmpstr (found_address, ==, address);
  g_assert_cmpuint (found_port, ==, port);
}

static void
test_defaults (void)
{
  g_autoptr (GSettings) settings = sonde_settings_new (NULL);
  g_autofree char *path = sonde_settings_dup_path ();

  g_assert_true (g_str_has_prefix (path, g_get_user_config_dir ()));
  g_assert_true (g_str_has_suffix (path, "/sonde/settings.ini"));
  g_assert_nonnull (settings);
  g_assert_true (sonde_settings_check (NULL, NULL));
  /* The defaults of the schema and those without any schema are the same. */
  for (guint i = 0; i < 2; i++)
    {
      GSettings *from = i == 0 ? settings : NULL;

      assert_listen (from, "127.0.0.1", 8000);
      g_assert_cmpuint (sonde_settings_get_history_bytes (from), ==, (gsize) 512 * MIB);
      g_assert_cmpfloat (sonde_settings_get_watch_rate (from), ==, 10);
      g_assert_cmpuint (sonde_settings_get_plot_fps (from), ==, 30);
    }
}

static void
test_values (void)
{
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  write_settings ("[Sonde]\nlisten=127.0.0.1:9123\nhistory-mib=64\nwatch-rate=2.5\nplot-fps=12\n"
                  "window-size=(900, 700)\nof-a-later-version=7\n[Other]\nlisten=0.0.0.0:1\n");
  g_assert_true (sonde_settings_check (NULL, &error));
  g_assert_no_error (error);
  settings = sonde_settings_new (NULL);
  assert_listen (settings, "127.0.0.1", 9123);
  g_assert_cmpuint (sonde_settings_get_history_bytes (settings), ==, 64 * MIB);
  g_assert_cmpfloat (sonde_settings_get_watch_rate (settings), ==, 2.5);
  g_assert_cmpuint (sonde_settings_get_plot_fps (settings), ==, 12);
}

/* Taken as not set, and told by file and key. */
static void
test_wrong_values (void)
{
  static const struct
  {
    const char *key;
    const char *text;
    const char *told;
  } wrong[] = {
    { "listen", "0.0.0.0:1", "127.0.0.1" },       { "listen", "'nowhere'", "ADDR:PORT" },
    { "history-mib", "3", "16 to 65536" },        { "history-mib", "much", "16 to 65536" },
    { "watch-rate", "-1.0", "0.1 to 10000" },     { "symbols-visible", "maybe", "true" },
    { "window-size", "1280x800", "(1280, 800)" },
  };
  g_autofree char *path = sonde_settings_dup_path ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *file = g_strdup_printf ("[Sonde]\n%s=%s\n", wrong[i].key, wrong[i].text);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSettings) settings = NULL;

      write_settings (file);
      g_assert_false (sonde_settings_check (NULL, &error));
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, path));
      g_assert_nonnull (strstr (error->message, wrong[i].key));
      g_assert_nonnull (strstr (error->message, wrong[i].told));
      g_assert_null (strchr (error->message, '\n'));
      settings = sonde_settings_new (NULL);
      assert_listen (settings, "127.0.0.1", 8000);
      g_assert_cmpuint (sonde_settings_get_history_bytes (settings), ==, (gsize) 512 * MIB);
      g_assert_cmpfloat (sonde_settings_get_watch_rate (settings), ==, 10);
    }
}

static void
test_no_key_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = sonde_settings_dup_path ();

  write_settings ("listen: 7\n");
  g_assert_false (sonde_settings_check (NULL, &error));
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_changes_are_kept (void)
{
  g_autofree char *other = g_build_filename (g_get_user_config_dir (), "other.ini", NULL);
  g_autoptr (GSettings) settings = sonde_settings_new (other);
  g_autoptr (GSettings) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *usual = sonde_settings_dup_path ();

  g_settings_set_double (settings, "split-plots", 0.25);
  g_clear_object (&settings);
  again = sonde_settings_new (other);
  g_assert_cmpfloat (g_settings_get_double (again, "split-plots"), ==, 0.25);
  g_assert_true (g_file_get_contents (other, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "[Sonde]"));
  g_assert_false (g_file_test (usual, G_FILE_TEST_EXISTS));
  g_unlink (other);
}

static gsize
wait_for_budget (SondeWorkbench *workbench, gsize wanted)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;
  gsize budget = 0;

  while (budget != wanted && g_get_monotonic_time () < end_us)
    {
      g_main_context_iteration (NULL, TRUE);
      sonde_workbench_get_history (workbench, &budget);
    }
  return budget;
}

static void
test_workbench_follows (void)
{
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (SondeWorkbench) workbench = NULL;

  write_settings ("[Sonde]\nhistory-mib=64\nwatch-rate=25.0\n");
  settings = sonde_settings_new (NULL);
  workbench = sonde_workbench_new (settings);
  g_assert_cmpuint (wait_for_budget (workbench, 64 * MIB), ==, 64 * MIB);
  g_assert_cmpfloat (
      sonde_watch_row_get_asked_hz (sonde_workbench_add_watch (workbench, "a", 0, NULL)), ==, 25);
  g_settings_set_uint (settings, "history-mib", 32);
  g_settings_set_double (settings, "watch-rate", 50);
  g_assert_cmpuint (wait_for_budget (workbench, 32 * MIB), ==, 32 * MIB);
  g_assert_cmpfloat (
      sonde_watch_row_get_asked_hz (sonde_workbench_add_watch (workbench, "b", 0, NULL)), ==, 50);
}

static void
run_apart (gconstpointer test)
{
  ((GTestFunc) test) ();
  remove_settings ();
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("sonde-settings-XXXXXX", NULL);
  int status = 0;

  g_assert_nonnull (folder);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/settings/defaults", test_defaults, run_apart);
  g_test_add_data_func ("/settings/values", test_values, run_apart);
  g_test_add_data_func ("/settings/wrong-values", test_wrong_values, run_apart);
  g_test_add_data_func ("/settings/no-key-file", test_no_key_file, run_apart);
  g_test_add_data_func ("/settings/changes-are-kept", test_changes_are_kept, run_apart);
  g_test_add_data_func ("/settings/workbench-follows", test_workbench_follows, run_apart);
  status = g_test_run ();
  g_rmdir (folder);
  return status;
}
