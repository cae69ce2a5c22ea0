/* test-workbench.c: the whole program without a face, with the demo board as a process of its own
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "workbench/workbench.h"

#define PATIENCE_US (30 * G_USEC_PER_SEC)

typedef gboolean (*Condition) (SondeWorkbench *workbench);

static void
wait_for (SondeWorkbench *workbench, Condition condition, const char *what)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (!condition (workbench))
    {
      if (g_get_monotonic_time () > end_us)
        g_error ("waited in vain for %s", what);
      g_main_context_iteration (NULL, TRUE);
    }
}

static gboolean
has_symbols (SondeWorkbench *workbench)
{
  if (sonde_workbench_get_symbols_state (workbench) == SONDE_SYMBOLS_FAILED)
    g_error ("%s", sonde_workbench_get_symbols_error (workbench));
  return sonde_workbench_get_symbols_state (workbench) == SONDE_SYMBOLS_READY;
}

static gboolean
has_board (SondeWorkbench *workbench)
{
  SondeDeviceRow *row = sonde_workbench_get_active_device (workbench);

  return row != NULL && sonde_device_row_get_facts (row)->state == SONDE_DEVICE_READY;
}

static SondeWorkbench *
start (void)
{
  SondeWorkbench *workbench = sonde_workbench_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (sonde_workbench_listen (workbench, "127.0.0.1", 0, &error));
  g_assert_no_error (error);
  g_assert_true (sonde_workbench_start_demo (workbench, &error));
  g_assert_no_error (error);
  wait_for (workbench, has_symbols, "symbols");
  wait_for (workbench, has_board, "the board");
  return workbench;
}

static SondeWatchRow *watched;

static gboolean
is_fresh (SondeWorkbench *workbench)
{
  return sonde_watch_row_get_cell_state (watched) == SONDE_CELL_FRESH;
}

static gboolean
is_settled (SondeWorkbench *workbench)
{
  return sonde_watch_row_get_cell_state (watched) != SONDE_CELL_PENDING;
}

static SondeWatchRow *
watch (SondeWorkbench *workbench, const char *path, double rate_hz)
{
  g_autoptr (GError) error = NULL;

  watched = sonde_workbench_add_watch (workbench, path, rate_hz, &error);
  g_assert_no_error (error);
  wait_for (workbench, is_fresh, path);
  return watched;
}

static void
test_match (void)
{
  g_autoptr (SondeWorkbench) workbench = start ();
  const SondeDeviceFacts *facts
      = sonde_device_row_get_facts (sonde_workbench_get_active_device (workbench));

  g_assert_cmpstr (facts->name, ==, "demo-motor");
  g_assert_cmpint (facts->match, ==, SONDE_MATCH_YES);
  g_assert_true (facts->is_demo);
}

static void
test_watch_and_write (void)
{
  g_autoptr (SondeWorkbench) workbench = start ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  SondeWatchRow *row = watch (workbench, "motor.target", 50);

  g_assert_cmpstr (sonde_watch_row_get_unit (row), ==, "rpm");
  g_assert_true (sonde_workbench_write (workbench, row, "1k5", &error));
  g_assert_no_error (error);
  g_assert_cmpint (sonde_watch_row_get_cell_state (row), ==, SONDE_CELL_PENDING);
  wait_for (workbench, is_settled, "the write");
  g_assert_null (sonde_watch_row_get_problem (row));
  text = sonde_watch_row_dup_value_text (row);
  g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, 1500);
}

static void
test_refusals (void)
{
  g_autoptr (SondeWorkbench) workbench = start ();
  g_autoptr (GError) range = NULL;
  g_autoptr (GError) unknown = NULL;
  SondeWatchRow *fault = watch (workbench, "inject_fault", 10);
  SondeWatchRow *speed = NULL;

  g_assert_false (sonde_workbench_write (workbench, fault, "300", &range));
  g_assert_nonnull (strstr (range->message, "255"));
  g_assert_cmpint (sonde_watch_row_get_cell_state (fault), ==, SONDE_CELL_FRESH);
  g_assert_null (sonde_workbench_add_watch (workbench, "motor.sped", 10, &unknown));
  g_assert_nonnull (unknown);
  speed = watch (workbench, "motor.speed", 10);
  g_assert_true (sonde_workbench_write (workbench, speed, "1", NULL));
  wait_for (workbench, is_settled, "the refusal");
  g_assert_cmpint (sonde_watch_row_get_cell_state (speed), ==, SONDE_CELL_FAILED);
  g_assert_nonnull (sonde_watch_row_get_problem (speed));
}

static void
test_paste_and_members (void)
{
  g_autoptr (SondeWorkbench) workbench = start ();
  g_autofree char *refused
      = sonde_workbench_paste (workbench, "motor.pid.kp=0.5\n\n nothing.here \nmotor\n");
  SondeWatchRow *motor = sonde_workbench_lookup_watch (workbench, "motor");
  g_autoptr (GListModel) members = NULL;
  g_autoptr (SondeWatchRow) speed = NULL;

  g_assert_nonnull (refused);
  g_assert_nonnull (strstr (refused, "nothing"));
  g_assert_null (strchr (refused, '\n'));
  g_assert_nonnull (motor);
  members = g_object_ref (sonde_watch_row_get_children (motor));
  speed = g_list_model_get_item (members, 0);
  g_assert_cmpstr (sonde_watch_row_get_path (speed), ==, "motor.speed");
  watched = speed;
  wait_for (workbench, is_fresh, "a member");
  sonde_workbench_remove_watch (workbench, motor);
  g_assert_cmpuint (g_list_model_get_n_items (members), ==, 0);
}

/* Blocks the main thread for 2 s beside a 1 kHz poll. Returns: due times skipped meanwhile. */
static guint64
block_once (SondeWatchRow *row)
{
  guint64 before = sonde_watch_row_get_state (row)->n_samples;
  guint64 skipped = sonde_watch_row_get_state (row)->n_skipped;
  gint64 end_us = g_get_monotonic_time () + 2300 * 1000;

  g_usleep (2 * G_USEC_PER_SEC);
  while (g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  skipped = sonde_watch_row_get_state (row)->n_skipped - skipped;
  g_test_message ("%" G_GUINT64_FORMAT " samples in 2.3 s, %" G_GUINT64_FORMAT " skipped",
                  sonde_watch_row_get_state (row)->n_samples - before, skipped);
  return skipped > 0 || sonde_watch_row_get_state (row)->n_samples - before >= 1900 ? skipped
                                                                                    : G_MAXUINT64;
}

/* With the main thread blocked the engine goes on: no due read of a 1 kHz poll is skipped. A
 * machine that stalls as a whole may skip in one round; an engine that waited for the main thread
 * would skip in each. */
static void
test_blocked_main_thread (void)
{
  g_autoptr (SondeWorkbench) workbench = start ();
  SondeWatchRow *row = watch (workbench, "wave.counter", 1000);
  guint64 skipped = block_once (row);

  for (guint i = 0; i < 4 && skipped > 0; i++)
    skipped = block_once (row);
  g_assert_cmpuint (skipped, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workbench/match", test_match);
  g_test_add_func ("/workbench/watch-and-write", test_watch_and_write);
  g_test_add_func ("/workbench/refusals", test_refusals);
  g_test_add_func ("/workbench/paste-and-members", test_paste_and_members);
  g_test_add_func ("/workbench/blocked-main-thread", test_blocked_main_thread);
  return g_test_run ();
}
