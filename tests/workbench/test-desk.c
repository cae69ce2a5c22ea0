/* test-desk.c: a watch that moves to another type takes its place in the history along */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/desk.h"

#include "support/fake-board.h"

#include "device/variables.h"

#define AT(offset) (FAKE_BOARD_BASE + (offset))

/* The history counts the trace that is filled, and no other. */
static void
test_retyped (void)
{
  g_autoptr (SondeEngine) engine = sonde_engine_new (64 * 1024 * 1024);
  g_autoptr (SondeDesk) desk = sonde_desk_new ();
  g_autoptr (FakeBoard) board = fake_board_new (FAKE_FULL ("one", "b1"));
  g_autoptr (SondeVariable) number = new_unsigned ("x", AT (16), 4);
  g_autoptr (SondeVariable) real = new_float ("x", AT (20));
  g_autoptr (SondeVariable) text = new_text ("x", AT (24), 8);
  SondeRegistry *registry = sonde_engine_get_registry (engine);
  SondeTraceStore *store = sonde_engine_get_trace_store (engine);
  SondeWatch *watch;

  sonde_desk_open (desk, engine);
  sonde_registry_adopt (registry, SONDE_CHANNEL (fake_board_connect (board, "127.0.0.1")));
  fake_board_run_ms (board, 310);
  sonde_desk_put_watch (desk, 1, "one", number, 100);
  fake_board_run_ms (board, 200);
  watch = sonde_device_get_watch (sonde_registry_lookup (registry, "one"), 0);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_samples, >=, 10);
  g_assert_cmpuint (sonde_trace_store_get_bytes (store), >, 0);

  sonde_desk_put_watch (desk, 1, "one", text, 100);
  g_assert_cmpuint (sonde_trace_store_get_bytes (store), ==, 0);
  sonde_desk_put_watch (desk, 1, "one", real, 100);
  fake_board_run_ms (board, 200);
  g_assert_true (sonde_device_get_watch (sonde_registry_lookup (registry, "one"), 0) == watch);
  g_assert_cmpuint (sonde_trace_store_get_bytes (store), >, 0);
  g_assert_cmpuint (sonde_trace_store_get_bytes (store), ==,
                    sonde_trace_get_bytes (sonde_watch_get_trace (watch)));

  sonde_desk_drop_watch (desk, 1);
  g_assert_cmpuint (sonde_trace_store_get_bytes (store), ==, 0);
  sonde_desk_close (desk);
}

/* A rebuild takes a variable away and the next one brings it back: its past is still there. */
static void
test_rests (void)
{
  g_autoptr (SondeEngine) engine = sonde_engine_new (64 * 1024 * 1024);
  g_autoptr (SondeDesk) desk = sonde_desk_new ();
  g_autoptr (FakeBoard) board = fake_board_new (FAKE_FULL ("one", "b1"));
  g_autoptr (SondeVariable) number = new_unsigned ("x", AT (16), 4);
  g_autoptr (SondeVariable) moved = new_unsigned ("x", AT (20), 4);
  SondeRegistry *registry = sonde_engine_get_registry (engine);
  SondeWatch *watch;
  SondeTrace *trace;
  guint64 n_samples = 0;

  sonde_desk_open (desk, engine);
  sonde_registry_adopt (registry, SONDE_CHANNEL (fake_board_connect (board, "127.0.0.1")));
  fake_board_run_ms (board, 310);
  sonde_desk_put_watch (desk, 1, "one", number, 100);
  fake_board_run_ms (board, 200);
  watch = sonde_device_get_watch (sonde_registry_lookup (registry, "one"), 0);
  trace = sonde_watch_get_trace (watch);
  sonde_desk_rest_watch (desk, 1);
  fake_board_run_ms (board, 50);
  n_samples = sonde_watch_get_state (watch)->n_samples;
  g_assert_cmpuint (n_samples, >=, 10);
  sonde_desk_set_rate (desk, 1, 50);
  fake_board_run_ms (board, 300);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_samples, ==, n_samples);

  sonde_desk_put_watch (desk, 1, "one", moved, 50);
  fake_board_run_ms (board, 300);
  g_assert_true (sonde_device_get_watch (sonde_registry_lookup (registry, "one"), 0) == watch);
  g_assert_true (sonde_watch_get_trace (watch) == trace);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_samples, >, n_samples);
  g_assert_cmpfloat (sonde_watch_get_state (watch)->asked_hz, ==, 50);
  sonde_desk_rest_watch (desk, 1);
  sonde_desk_drop_watch (desk, 1);
  g_assert_cmpuint (sonde_trace_store_get_bytes (sonde_engine_get_trace_store (engine)), ==, 0);
  g_assert_cmpuint (sonde_device_get_n_watches (sonde_registry_lookup (registry, "one")), ==, 0);
  sonde_desk_close (desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/retyped", test_retyped);
  g_test_add_func ("/desk/rests", test_rests);
  return g_test_run ();
}
