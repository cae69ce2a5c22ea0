/* test-symbol-cage.c: a reader in a process of its own: progress, cancel, errors that say what to
 * do */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "symbols/symbol-cage.h"

typedef struct
{
  guint n_progress;
  double last;
  GAsyncResult *result;
} Run;

static char *
dup_fixture (void)
{
  return g_build_filename (g_getenv ("SONDE_FIXTURES"), "kinds-dwarf5.elf", NULL);
}

static void
on_progress (double fraction, const char *stage, gpointer user_data)
{
  Run *run = user_data;

  g_assert_cmpfloat (fraction, >=, run->last);
  g_assert_cmpfloat (fraction, <=, 1);
  g_assert_cmpuint (strlen (stage), >, 0);
  run->last = fraction;
  run->n_progress++;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  run->result = g_object_ref (result);
}

static SondeSymbolTable *
run_async (const char *path, GCancellable *cancellable, Run *run, GError **error)
{
  SondeSymbolTable *table;

  sonde_symbol_cage_load_async (path, on_progress, run, cancellable, on_done, run);
  while (run->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  table = sonde_symbol_cage_load_finish (run->result, error);
  g_clear_object (&run->result);
  return table;
}

static void
test_progress (void)
{
  g_autofree char *path = dup_fixture ();
  g_autoptr (GError) error = NULL;
  Run run = { 0 };
  g_autoptr (SondeSymbolTable) table = run_async (path, NULL, &run, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (run.n_progress, >, 2);
  g_assert_cmpstr (sonde_symbol_table_get_facts (table)->file, ==, path);
  g_assert_true (sonde_symbol_table_get_facts (table)->has_dwarf);
}

static void
test_cancelled_before (void)
{
  g_autofree char *path = dup_fixture ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Run run = { 0 };

  g_cancellable_cancel (cancellable);
  g_assert_null (run_async (path, cancellable, &run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
cancel_at_once (double fraction, const char *stage, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_cancelled_during (void)
{
  g_autofree char *path = dup_fixture ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Run run = { 0 };

  sonde_symbol_cage_load_async (path, cancel_at_once, cancellable, cancellable, on_done, &run);
  while (run.result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (sonde_symbol_cage_load_finish (run.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&run.result);
}

static void
check_error (const char *path, GQuark domain, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load (path, NULL, NULL, &error);

  g_assert_null (table);
  g_assert_error (error, domain, code);
  g_assert_true (g_str_has_prefix (error->message, path));
  if (strstr (error->message, part) == NULL)
    g_error ("\"%s\" says nothing of \"%s\"", error->message, part);
}

static void
test_errors (void)
{
  static const char start[40] = "\177ELF\001\001\001";
  g_autofree char *folder = g_dir_make_tmp ("sonde-cage-XXXXXX", NULL);
  g_autofree char *text = g_build_filename (folder, "-text.elf", NULL);
  g_autofree char *empty = g_build_filename (folder, "empty.elf", NULL);
  g_autofree char *none = g_build_filename (folder, "none.elf", NULL);
  g_autofree char *head = g_build_filename (folder, "head.elf", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo.elf", NULL);

  g_assert_true (g_file_set_contents (text, "what is this\nno ELF at all\n", -1, NULL));
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_true (g_file_set_contents (head, start, sizeof start, NULL));
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  check_error (text, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT, "not an ELF file");
  check_error (empty, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT, "not an ELF file");
  check_error (head, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT, "ELF");
  check_error (folder, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT, "not a regular file");
  check_error (fifo, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT, "not a regular file");
  check_error (none, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No such file");
  g_unlink (text);
  g_unlink (empty);
  g_unlink (head);
  g_unlink (fifo);
  g_rmdir (folder);
}

static void
test_stripped (void)
{
  g_autofree char *bare
      = g_build_filename (g_getenv ("SONDE_FIXTURES"), "kinds-stripped.elf", NULL);
  g_autofree char *named
      = g_build_filename (g_getenv ("SONDE_FIXTURES"), "kinds-symbols.elf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = NULL;
  g_autoptr (SondeVariable) motor = NULL;

  if (!g_file_test (bare, G_FILE_TEST_EXISTS) || !g_file_test (named, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("strip is not installed");
      return;
    }
  check_error (bare, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_STRIPPED, "-g");
  table = sonde_symbol_cage_load (named, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (sonde_symbol_table_get_facts (table)->has_dwarf);
  motor = sonde_symbol_table_dup_by_path (table, "motor", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sonde_variable_get_size (motor), ==, 24);
  g_assert_cmpstr (sonde_variable_get_info (motor)->section, ==, ".data");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/symbol-cage/progress", test_progress);
  g_test_add_func ("/symbol-cage/cancelled-before", test_cancelled_before);
  g_test_add_func ("/symbol-cage/cancelled-during", test_cancelled_during);
  g_test_add_func ("/symbol-cage/errors", test_errors);
  g_test_add_func ("/symbol-cage/stripped", test_stripped);
  return g_test_run ();
}
