/* test-rebuild.c: firmware that is built again while a board is polled: names keep, values are of
 * their own address or not shown */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#include "workbench/workbench.h"

#include "ws-board.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define IDENTITY                                                                                   \
  ",\"proto\":1,\"device\":\"one\",\"fw\":\"1\",\"endian\":\"little\",\"ptr\":4,"                  \
  "\"boot\":\"b1\",\"seq\":true,\"caps\":{\"bits\":64,\"block\":256,\"batch\":64,\"msg\":4096}"

typedef struct
{
  char *folder, *elf;
  SondeWorkbench *workbench;
  WsBoard *board;
  guint n_checked; /* values compared with their address */
  char *said;      /* the newest sentence (nullable) */
} Bench;

static void
check_row (Bench *bench, SondeWatchRow *row)
{
  SondeVariable *variable = sonde_watch_row_get_variable (row);
  g_autofree char *text = NULL;
  guint64 mask = 0;

  if (variable == NULL || sonde_watch_row_get_cell_state (row) != SONDE_CELL_FRESH)
    return;
  mask = sonde_variable_get_size (variable) == 2 ? 0xffff : 0xffffffff;
  text = sonde_watch_row_dup_value_text (row);
  g_assert_cmpuint (g_ascii_strtoull (text, NULL, 10), ==,
                    sonde_variable_get_address (variable) & mask);
  bench->n_checked++;
}

/* At no moment does a name show what lies elsewhere. */
static void
on_ticked (SondeWorkbench *workbench, gpointer user_data)
{
  GListModel *rows = sonde_workbench_get_watches (workbench);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SondeWatchRow) row = g_list_model_get_item (rows, i);
      GListModel *children = sonde_watch_row_get_children (row);

      if (children == NULL)
        check_row (user_data, row);
      for (guint k = 0; children != NULL && k < g_list_model_get_n_items (children); k++)
        {
          g_autoptr (SondeWatchRow) child = g_list_model_get_item (children, k);

          check_row (user_data, child);
        }
    }
}

static void
on_message (SondeWorkbench *workbench, const char *text, gpointer user_data)
{
  Bench *bench = user_data;

  g_free (bench->said);
  bench->said = g_strdup (text);
}

static void
install (Bench *bench, guint layout, gboolean in_place)
{
  g_autofree char *name = g_strdup_printf ("rebuild-%u.elf", layout);
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), name, NULL);
  g_autofree char *text = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  if (in_place)
    {
      FILE *file = g_fopen (bench->elf, "wb");

      g_assert_cmpuint (fwrite (text, 1, size, file), ==, size);
      fclose (file);
    }
  else
    g_assert_true (g_file_set_contents (bench->elf, text, (gssize) size, NULL));
}

static Bench *
bench_new (const char *identity)
{
  Bench *bench = g_new0 (Bench, 1);
  g_autoptr (GError) error = NULL;

  bench->folder = g_dir_make_tmp ("sonde-rebuild-XXXXXX", NULL);
  bench->elf = g_build_filename (bench->folder, "fw.elf", NULL);
  bench->workbench = sonde_workbench_new (NULL);
  g_assert_true (sonde_workbench_listen (bench->workbench, "127.0.0.1", 0, &error));
  g_assert_no_error (error);
  bench->board = ws_board_new (sonde_workbench_get_url (bench->workbench), identity);
  g_signal_connect (bench->workbench, "ticked", G_CALLBACK (on_ticked), bench);
  g_signal_connect (bench->workbench, "message", G_CALLBACK (on_message), bench);
  return bench;
}

static void
bench_free (Bench *bench)
{
  g_clear_pointer (&bench->board, ws_board_free);
  g_clear_object (&bench->workbench);
  g_unlink (bench->elf);
  g_rmdir (bench->folder);
  g_free (bench->elf);
  g_free (bench->folder);
  g_free (bench->said);
  g_free (bench);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bench, bench_free)

static gint64 give_up_us;

static void
be_patient (void)
{
  give_up_us = g_get_monotonic_time () + PATIENCE_US;
}

static void
turn (void)
{
  g_assert_cmpint (g_get_monotonic_time (), <, give_up_us);
  g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_map (Bench *bench, SondeAddressMap *old)
{
  be_patient ();
  while (sonde_workbench_get_map (bench->workbench) == old)
    turn ();
}

static SondeWatchRow *
add (Bench *bench, const char *path)
{
  g_autoptr (GError) error = NULL;
  SondeWatchRow *row = sonde_workbench_add_watch (bench->workbench, path, 50, &error);

  g_assert_no_error (error);
  return row;
}

static void
wait_for_value (SondeWatchRow *row)
{
  be_patient ();
  while (sonde_watch_row_get_cell_state (row) != SONDE_CELL_FRESH)
    turn ();
}

static void
open_first (Bench *bench)
{
  install (bench, 1, FALSE);
  sonde_workbench_open_elf (bench->workbench, bench->elf);
  wait_for_map (bench, NULL);
}

static void
rebuild (Bench *bench, guint layout, gboolean in_place)
{
  SondeAddressMap *map = sonde_workbench_get_map (bench->workbench);

  g_clear_pointer (&bench->said, g_free);
  install (bench, layout, in_place);
  wait_for_map (bench, map);
}

static void
test_moves (void)
{
  g_autoptr (Bench) bench = bench_new (IDENTITY);
  SondeWatchRow *target = NULL, *doomed = NULL, *motor = NULL;
  g_autoptr (SondeWatchRow) speed = NULL;
  SondeTrace *trace = NULL;
  guint64 address = 0, n = 0;

  open_first (bench);
  target = add (bench, "target");
  doomed = add (bench, "doomed");
  add (bench, "kind");
  motor = add (bench, "motor");
  speed = g_list_model_get_item (sonde_watch_row_get_children (motor), 0);
  wait_for_value (target);
  wait_for_value (speed);
  address = sonde_variable_get_address (sonde_watch_row_get_variable (target));
  trace = sonde_watch_row_get_trace (target);
  n = sonde_watch_row_get_state (target)->n_samples;

  rebuild (bench, 2, FALSE);
  g_assert_cmpstr (bench->said, ==, "New symbols: 2 moved, 1 changed type, 1 gone");
  g_assert_cmpuint (sonde_variable_get_address (sonde_watch_row_get_variable (target)), !=,
                    address);
  g_assert_cmpint (sonde_watch_row_get_cell_state (target), ==, SONDE_CELL_EMPTY);
  g_assert_null (sonde_watch_row_get_variable (doomed));
  g_assert_nonnull (strstr (sonde_watch_row_get_problem (doomed), "doomed"));
  wait_for_value (target);
  wait_for_value (speed); /* what was open stays open */
  g_assert_true (sonde_watch_row_get_trace (target) == trace);
  g_assert_cmpuint (sonde_watch_row_get_state (target)->n_samples, >, n);

  rebuild (bench, 3, TRUE);
  g_assert_cmpstr (bench->said, ==, "New symbols: 2 moved, 1 changed type, 1 back");
  wait_for_value (doomed);
  g_assert_cmpuint (bench->n_checked, >, 10);
}

static gboolean
stop (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_ms (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add (ms, stop, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

/* Touched, or linked again to the same: nobody is told, nothing is read anew. */
static void
test_touched (void)
{
  g_autoptr (Bench) bench = bench_new (IDENTITY);
  SondeAddressMap *map = NULL;

  open_first (bench);
  map = sonde_workbench_get_map (bench->workbench);
  wait_for_value (add (bench, "target"));
  install (bench, 1, TRUE);
  run_ms (3500);
  g_assert_true (sonde_workbench_get_map (bench->workbench) == map);
  g_assert_null (bench->said);
  g_assert_cmpint (sonde_workbench_get_rebuild (bench->workbench), ==, SONDE_REBUILD_NONE);
}

/* No reader makes symbols of this: the old ones stay, and the next build is taken. */
static void
test_damaged (void)
{
  g_autoptr (Bench) bench = bench_new (IDENTITY);
  SondeAddressMap *map = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;

  open_first (bench);
  map = sonde_workbench_get_map (bench->workbench);
  g_assert_true (g_file_get_contents (bench->elf, &text, &size, NULL));
  g_assert_true (g_file_set_contents (bench->elf, text, (gssize) size / 2, NULL));
  run_ms (2500);
  g_assert_true (sonde_workbench_get_map (bench->workbench) == map);
  g_assert_cmpint (sonde_workbench_get_rebuild (bench->workbench), ==, SONDE_REBUILD_SETTLING);
  g_assert_cmpint (sonde_workbench_get_symbols_state (bench->workbench), ==, SONDE_SYMBOLS_READY);
  rebuild (bench, 2, FALSE);
}

/* Twenty builds in a row while the board is polled, in both ways of writing. */
static void
test_twenty (void)
{
  g_autoptr (Bench) bench = bench_new (IDENTITY);
  SondeWatchRow *last = NULL;
  guint n_checked = 0;

  open_first (bench);
  add (bench, "counter");
  add (bench, "target");
  add (bench, "motor.mode");
  last = add (bench, "last");
  for (guint i = 0; i < 20; i++)
    {
      rebuild (bench, i % 2 == 0 ? 2 : 1, i % 3 == 0);
      g_assert_cmpstr (bench->said, ==, "New symbols: 4 moved");
      wait_for_value (last);
      g_assert_cmpuint (bench->n_checked, >, n_checked);
      n_checked = bench->n_checked;
    }
}

/* A file that could not be read at first is taken as soon as it can. */
static void
test_first_is_half (void)
{
  g_autoptr (Bench) bench = bench_new (IDENTITY);

  g_assert_true (g_file_set_contents (bench->elf, "\177ELF", 4, NULL));
  sonde_workbench_open_elf (bench->workbench, bench->elf);
  be_patient ();
  while (sonde_workbench_get_symbols_state (bench->workbench) != SONDE_SYMBOLS_FAILED)
    turn ();
  install (bench, 1, TRUE);
  wait_for_map (bench, NULL);
  g_assert_cmpint (sonde_workbench_get_symbols_state (bench->workbench), ==, SONDE_SYMBOLS_READY);
  g_assert_null (sonde_workbench_get_symbols_error (bench->workbench));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rebuild/moves", test_moves);
  g_test_add_func ("/rebuild/touched", test_touched);
  g_test_add_func ("/rebuild/damaged", test_damaged);
  g_test_add_func ("/rebuild/first-is-half", test_first_is_half);
  g_test_add_func ("/rebuild/twenty", test_twenty);
  return g_test_run ();
}
