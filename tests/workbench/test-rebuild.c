/* test-rebuild.c: firmware that is built again while a board is polled: names keep, values are of
 * their own address or not shown */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rebuild-bench.h"

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
