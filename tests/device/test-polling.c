/* test-polling.c: watches at their rates, over boards with and without extensions */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/registry.h"

#include <string.h>

#include "support/fake-board.h"

#include "base/clock.h"
#include "base/log.h"
#include "device/variables.h"

#define AT(offset) (FAKE_BOARD_BASE + (offset))

typedef struct
{
  SondeRegistry *registry;
  FakeBoard *board;
  SondeDevice *device;
} Rig;

static void
rig_connect (Rig *self, const char *identity)
{
  self->registry = sonde_registry_new ();
  self->board = fake_board_new (identity);
  sonde_registry_adopt (self->registry,
                        SONDE_CHANNEL (fake_board_connect (self->board, "127.0.0.1")));
  fake_board_run_ms (self->board, 310);
  g_assert_cmpuint (sonde_registry_get_n (self->registry), ==, 1);
  self->device = sonde_registry_get (self->registry, 0);
  g_assert_cmpint (sonde_device_get_info (self->device)->state, ==, SONDE_DEVICE_READY);
}

static void
rig_clear (Rig *self)
{
  g_clear_object (&self->registry);
  g_clear_pointer (&self->board, fake_board_free);
}

static SondeWatch *
watch_unsigned (Rig *self, guint offset, guint size, double rate_hz)
{
  g_autoptr (SondeVariable) variable = new_unsigned ("x", AT (offset), size);

  return sonde_device_add_watch (self->device, variable, rate_hz);
}

/* Every due time is either a sample or counted. */
static void
assert_all_due_times (SondeWatch *watch, gint64 began_us, double rate_hz)
{
  const SondeWatchState *state = sonde_watch_get_state (watch);
  double n_due = (double) (sonde_clock_now_us () - began_us) * rate_hz / G_USEC_PER_SEC;

  g_assert_cmpfloat ((double) (state->n_samples + state->n_skipped), >=, n_due - 10);
  g_assert_cmpfloat ((double) (state->n_samples + state->n_skipped), <=, n_due + 2);
}

static SondeMemory
all_is_ram (guint64 address, guint64 size, gpointer user_data)
{
  return SONDE_MEMORY_RAM;
}

static void
test_batch (void)
{
  Rig rig;
  SondeWatch *a, *b;
  gint64 began_us;

  rig_connect (&rig, FAKE_FULL ("one", "b1"));
  fake_board_store (rig.board, AT (16), 1234, 4);
  fake_board_store (rig.board, AT (64), 77, 2);
  began_us = sonde_clock_now_us ();
  a = watch_unsigned (&rig, 16, 4, 100);
  b = watch_unsigned (&rig, 64, 2, 100);
  fake_board_run_ms (rig.board, 1000);
  g_assert_cmpuint (sonde_watch_get_state (a)->value.u, ==, 1234);
  g_assert_cmpuint (sonde_watch_get_state (b)->value.u, ==, 77);
  g_assert_cmpuint (sonde_watch_get_state (a)->n_samples, ==, sonde_watch_get_state (b)->n_samples);
  g_assert_cmpuint (sonde_watch_get_state (a)->n_samples, >=, 90);
  /* One command brings both. */
  g_assert_cmpuint (rig.board->n_commands, <=, sonde_watch_get_state (a)->n_samples + 1);
  assert_all_due_times (a, began_us, 100);
  g_assert_cmpuint (sonde_trace_get_n_samples (sonde_watch_get_trace (a)), ==,
                    sonde_watch_get_state (a)->n_samples);
  rig_clear (&rig);
}

static void
test_plain (void)
{
  Rig rig;
  SondeWatch *a, *wide;

  rig_connect (&rig, FAKE_PLAIN);
  fake_board_store (rig.board, AT (16), 0xfedcba98, 4);
  fake_board_store (rig.board, AT (24), G_GUINT64_CONSTANT (0x1122334455667788), 8);
  a = watch_unsigned (&rig, 16, 4, 50);
  wide = watch_unsigned (&rig, 24, 8, 50);
  fake_board_run_ms (rig.board, 500);
  g_assert_cmpuint (sonde_watch_get_state (a)->value.u, ==, 0xfedcba98);
  g_assert_cmpuint (sonde_watch_get_state (wide)->value.u, ==,
                    G_GUINT64_CONSTANT (0x1122334455667788));
  g_assert_cmpuint (sonde_watch_get_state (a)->n_samples, >=, 20);
  rig_clear (&rig);
}

static void
test_window (void)
{
  Rig rig;

  rig_connect (&rig, FAKE_FULL ("one", "b1"));
  rig.board->is_held = TRUE;
  watch_unsigned (&rig, 16, 4, 0);
  fake_board_run_ms (rig.board, 20);
  g_assert_cmpuint (rig.board->waiting.length, ==, 8);
  fake_board_answer (rig.board);
  g_assert_cmpuint (rig.board->waiting.length, ==, 8);
  rig_clear (&rig);

  rig_connect (&rig, FAKE_PLAIN);
  rig.board->is_held = TRUE;
  watch_unsigned (&rig, 16, 4, 0);
  watch_unsigned (&rig, 20, 4, 100);
  fake_board_run_ms (rig.board, 20);
  g_assert_cmpuint (rig.board->waiting.length, ==, 1);
  rig_clear (&rig);
}

/* A refused entry does not spoil the batch for the others. */
static void
test_isolation (void)
{
  Rig rig;
  SondeWatch *good, *bad, *other;
  guint n_commands;

  rig_connect (&rig, FAKE_FULL ("one", "b1"));
  rig.board->refused_from = AT (20);
  rig.board->refused_to = AT (24);
  good = watch_unsigned (&rig, 16, 4, 100);
  bad = watch_unsigned (&rig, 20, 4, 100);
  other = watch_unsigned (&rig, 400, 4, 100);
  fake_board_run_ms (rig.board, 1000);
  g_assert_cmpuint (sonde_watch_get_state (good)->n_samples, >=, 90);
  g_assert_cmpuint (sonde_watch_get_state (other)->n_samples, >=, 90);
  g_assert_false (sonde_watch_get_state (bad)->has_value);
  g_assert_cmpstr (sonde_watch_get_state (bad)->error, ==, "not readable");
  /* Three failures, then once a second. */
  g_assert_cmpuint (sonde_watch_get_state (bad)->n_failed, >=, 3);
  g_assert_cmpuint (sonde_watch_get_state (bad)->n_failed, <=, 5);
  n_commands = rig.board->n_commands;
  fake_board_run_ms (rig.board, 3000);
  g_assert_cmpuint (sonde_watch_get_state (bad)->n_failed, <=, 8);
  g_assert_cmpuint (rig.board->n_commands - n_commands, <=, 320);
  /* Readable again: back at its rate. */
  rig.board->refused_to = rig.board->refused_from;
  fake_board_run_ms (rig.board, 3000);
  g_assert_cmpuint (sonde_watch_get_state (bad)->n_samples, >=, 150);
  g_assert_cmpstr (sonde_watch_get_state (bad)->error, ==, "");
  rig_clear (&rig);
}

/* The hole lies in bytes that nobody asked for: both neighbours are readable. */
static void
test_hole_in_gap (void)
{
  Rig rig;
  SondeWatch *a, *b;

  rig_connect (&rig, FAKE_FULL ("one", "b1"));
  sonde_device_set_memory_of (rig.device, all_is_ram, NULL, NULL);
  rig.board->refused_from = AT (24);
  rig.board->refused_to = AT (28);
  a = watch_unsigned (&rig, 20, 4, 100);
  b = watch_unsigned (&rig, 28, 4, 100);
  fake_board_run_ms (rig.board, 500);
  g_assert_cmpuint (sonde_watch_get_state (a)->n_failed, ==, 0);
  g_assert_cmpuint (sonde_watch_get_state (b)->n_failed, ==, 0);
  g_assert_cmpuint (sonde_watch_get_state (a)->n_samples, >=, 40);
  g_assert_cmpuint (sonde_watch_get_state (b)->n_samples, >=, 40);
  rig_clear (&rig);
}

static void
test_refused_alone (void)
{
  Rig rig;
  SondeWatch *good, *bad;

  rig_connect (&rig, FAKE_PLAIN);
  rig.board->refused_from = AT (20);
  rig.board->refused_to = AT (24);
  good = watch_unsigned (&rig, 16, 4, 100);
  bad = watch_unsigned (&rig, 20, 4, 0);
  fake_board_run_ms (rig.board, 2000);
  g_assert_cmpuint (sonde_watch_get_state (good)->n_samples, >=, 180);
  g_assert_cmpuint (sonde_watch_get_state (bad)->n_failed, <=, 7);
  g_assert_cmpstr (sonde_watch_get_state (bad)->error, ==, "SET_MTA failed");
  g_assert_false (sonde_watch_get_state (bad)->has_value);
  rig_clear (&rig);
}

/* A pause of the board: late reads are made up to a point, older ones counted; the grid stands. */
static void
test_skipped (void)
{
  Rig rig;
  SondeWatch *watch;
  gint64 began_us;

  rig_connect (&rig, FAKE_PLAIN);
  began_us = sonde_clock_now_us ();
  watch = watch_unsigned (&rig, 16, 4, 200);
  fake_board_run_ms (rig.board, 200);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_skipped, ==, 0);
  rig.board->is_held = TRUE;
  fake_board_run_ms (rig.board, 1000);
  rig.board->is_held = FALSE;
  fake_board_run_ms (rig.board, 300);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_skipped, >=, 150);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_failed, ==, 0);
  assert_all_due_times (watch, began_us, 200);
  rig_clear (&rig);
}

static void
test_hiccup_costs_nothing (void)
{
  Rig rig;
  SondeWatch *watch;
  gint64 began_us;

  rig_connect (&rig, FAKE_FULL ("one", "b1"));
  began_us = sonde_clock_now_us ();
  watch = watch_unsigned (&rig, 16, 4, 1000);
  for (guint i = 0; i < 20; i++)
    {
      fake_board_run_ms (rig.board, 20);
      /* The host slept for 10 ms. */
      sonde_clock_turn_us (10000);
    }
  fake_board_run_ms (rig.board, 60);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_skipped, ==, 0);
  assert_all_due_times (watch, began_us, 1000);
  rig_clear (&rig);
}

/* A slow group does not wait behind a greedy one, nor a board behind another. */
static void
test_fairness (void)
{
  Rig rig;
  SondeWatch *greedy, *slow;

  rig_connect (&rig, FAKE_PLAIN);
  greedy = watch_unsigned (&rig, 16, 4, 0);
  for (guint i = 0; i < 10; i++)
    watch_unsigned (&rig, 100 + 4 * i, 4, 0);
  slow = watch_unsigned (&rig, 20, 4, 50);
  fake_board_run_ms (rig.board, 1000);
  g_assert_cmpuint (sonde_watch_get_state (slow)->n_samples, >=, 45);
  g_assert_cmpuint (sonde_watch_get_state (slow)->n_skipped, ==, 0);
  g_assert_cmpuint (sonde_watch_get_state (greedy)->n_samples, >=, 60);
  rig_clear (&rig);
}

/* A new watch of a slow group is read at once, then on the grid. */
static void
test_slow_joins (void)
{
  Rig rig;
  SondeWatch *first, *second;

  rig_connect (&rig, FAKE_FULL ("one", "b1"));
  first = watch_unsigned (&rig, 16, 4, 0.1);
  fake_board_run_ms (rig.board, 100);
  g_assert_cmpuint (sonde_watch_get_state (first)->n_samples, ==, 1);
  second = watch_unsigned (&rig, 100, 4, 0.1);
  fake_board_run_ms (rig.board, 100);
  g_assert_cmpuint (sonde_watch_get_state (second)->n_samples, ==, 1);
  fake_board_run_ms (rig.board, 10000);
  g_assert_cmpuint (sonde_watch_get_state (first)->n_samples, ==, 2);
  g_assert_cmpuint (sonde_watch_get_state (second)->n_samples, ==, 2);
  rig_clear (&rig);
}

/* What is asked for together begins together: the round that is about to begin has both. */
static void
test_slow_begin (void)
{
  Rig rig;
  SondeWatch *first, *second;
  guint n_commands;

  rig_connect (&rig, FAKE_FULL ("one", "b1"));
  n_commands = rig.board->n_commands;
  first = watch_unsigned (&rig, 16, 4, 1);
  second = watch_unsigned (&rig, 100, 4, 1);
  fake_board_run_ms (rig.board, 500);
  g_assert_cmpuint (sonde_watch_get_state (first)->n_samples, ==, 1);
  g_assert_cmpuint (sonde_watch_get_state (second)->n_samples, ==, 1);
  g_assert_cmpuint (rig.board->n_commands - n_commands, ==, 1);
  fake_board_run_ms (rig.board, 1000);
  g_assert_cmpuint (sonde_watch_get_state (second)->n_samples, ==, 2);
  rig_clear (&rig);
}

static void
test_rate_changes (void)
{
  Rig rig;
  SondeWatch *watch;
  guint64 n_before;

  rig_connect (&rig, FAKE_FULL ("one", "b1"));
  watch = watch_unsigned (&rig, 16, 4, 10);
  fake_board_run_ms (rig.board, 500);
  n_before = sonde_watch_get_state (watch)->n_samples;
  g_assert_cmpuint (n_before, <=, 8);
  sonde_watch_set_rate (watch, 200);
  fake_board_run_ms (rig.board, 500);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_samples, >=, n_before + 90);
  rig_clear (&rig);
}

/* The same watch at another address: its history stays; at another type it begins anew. */
static void
test_move (void)
{
  Rig rig;
  g_autoptr (SondeVariable) there = new_unsigned ("x", AT (64), 4);
  g_autoptr (SondeVariable) retyped = new_float ("x", AT (68));
  SondeWatch *watch;
  SondeTrace *trace;

  rig_connect (&rig, FAKE_FULL ("one", "b1"));
  fake_board_store (rig.board, AT (64), 5, 4);
  watch = watch_unsigned (&rig, 16, 4, 100);
  trace = sonde_watch_get_trace (watch);
  fake_board_run_ms (rig.board, 100);
  sonde_device_move_watch (rig.device, watch, there);
  fake_board_run_ms (rig.board, 100);
  g_assert_true (sonde_watch_get_trace (watch) == trace);
  g_assert_cmpuint (sonde_watch_get_state (watch)->value.u, ==, 5);
  sonde_device_move_watch (rig.device, watch, retyped);
  g_assert_false (sonde_watch_get_state (watch)->has_value);
  fake_board_run_ms (rig.board, 100);
  g_assert_cmpint (sonde_watch_get_state (watch)->value.kind, ==, SONDE_VALUE_FLOAT32);
  rig_clear (&rig);
}

static void
remove_itself (SondeWatch *watch, gint64 time_us, const SondeValue *value, const char *error,
               gpointer user_data)
{
  sonde_device_remove_watch (user_data, watch);
}

static void
lose_board (SondeWatch *watch, gint64 time_us, const SondeValue *value, const char *error,
            gpointer user_data)
{
  Rig *rig = user_data;

  sonde_watch_set_listener (watch, NULL, NULL);
  fake_channel_break (rig->board->channel);
  sonde_registry_forget (rig->registry, rig->device);
}

/* Whoever listens may do anything inside. */
static void
test_listeners (void)
{
  Rig rig;
  SondeWatch *watch;

  rig_connect (&rig, FAKE_FULL ("one", "b1"));
  watch = watch_unsigned (&rig, 16, 4, 100);
  watch_unsigned (&rig, 20, 4, 100);
  sonde_watch_set_listener (watch, remove_itself, rig.device);
  fake_board_run_ms (rig.board, 50);
  g_assert_cmpuint (sonde_device_get_n_watches (rig.device), ==, 1);
  sonde_watch_set_listener (sonde_device_get_watch (rig.device, 0), lose_board, &rig);
  fake_board_run_ms (rig.board, 50);
  g_assert_cmpuint (sonde_registry_get_n (rig.registry), ==, 0);
  rig_clear (&rig);
}

/* The times of a board with a clock are its own: evenly spaced, whatever the host's jitter. */
static void
test_board_time (void)
{
  Rig rig;
  SondeWatch *watch;
  gint64 before_us;

  rig_connect (&rig, FAKE_FULL ("one", "b1"));
  rig.board->ticks = G_MAXUINT32 - 20000;
  watch = watch_unsigned (&rig, 16, 4, 0);
  fake_board_run_ms (rig.board, 15);
  before_us = sonde_watch_get_state (watch)->time_us;
  fake_board_run_ms (rig.board, 30);
  g_assert_cmpint (sonde_watch_get_state (watch)->time_us - before_us, >=, 30000);
  g_assert_cmpint (sonde_watch_get_state (watch)->time_us - before_us, <=, 30008);
  rig_clear (&rig);
}

/* A clock that leaps half an hour is not believed, and the log names the board, once. */
static void
test_lying_clock (void)
{
  Rig rig;
  SondeWatch *watch;
  g_autoptr (GPtrArray) lines = NULL;
  guint64 number;
  gint64 before_us;
  guint n_warnings = 0;

  rig_connect (&rig, FAKE_FULL ("one", "b1"));
  watch = watch_unsigned (&rig, 16, 4, 0);
  fake_board_run_ms (rig.board, 15);
  before_us = sonde_watch_get_state (watch)->time_us;
  number = sonde_log_get_newest ();
  for (guint i = 0; i < 20; i++)
    {
      rig.board->ticks += G_MAXINT32;
      fake_board_run_ms (rig.board, 50);
    }
  g_assert_cmpint (sonde_watch_get_state (watch)->time_us - before_us, <=, 1010000);
  g_assert_cmpint (sonde_watch_get_state (watch)->time_us - before_us, >=, 900000);
  lines = sonde_log_dup_since (number, 100);
  for (guint i = 0; i < lines->len; i++)
    {
      const SondeLogLine *line = g_ptr_array_index (lines, i);

      n_warnings += line->level == SONDE_LOG_WARNING && g_strcmp0 (line->device, "one") == 0
                    && strstr (line->text, "clock_hz") != NULL;
    }
  g_assert_cmpuint (n_warnings, ==, 1);
  rig_clear (&rig);
}

static void
test_text_and_bits (void)
{
  for (guint i = 0; i < 2; i++)
    {
      Rig rig;
      g_autoptr (SondeVariable) name = new_text ("name", AT (33), 11);
      g_autoptr (SondeVariable) level = new_bits ("flags.level", AT (16), 4, 3);
      g_autofree char *text = NULL;
      SondeWatch *names, *levels;

      rig_connect (&rig, i == 0 ? FAKE_PLAIN : FAKE_FULL ("one", "b1"));
      memcpy (rig.board->memory + 33, "hello", 6);
      fake_board_store (rig.board, AT (16), 0xffffffd0, 4);
      names = sonde_device_add_watch (rig.device, name, 20);
      levels = sonde_device_add_watch (rig.device, level, 20);
      g_assert_null (sonde_watch_dup_text_value (names));
      fake_board_run_ms (rig.board, 100);
      text = sonde_watch_dup_text_value (names);
      g_assert_cmpstr (text, ==, "hello");
      g_assert_null (sonde_watch_get_trace (names));
      g_assert_cmpuint (sonde_watch_get_state (levels)->value.u, ==, 5);
      rig_clear (&rig);
    }
}

/* Three time-outs of one address, and it is asked once a second; the others never notice. */
static void
test_timeouts (void)
{
  Rig rig;
  SondeWatch *watch;
  guint64 n_before;

  rig_connect (&rig, ",\"seq\":true");
  watch = watch_unsigned (&rig, 16, 4, 10);
  fake_board_run_ms (rig.board, 300);
  n_before = sonde_watch_get_state (watch)->n_samples;
  rig.board->is_held = TRUE;
  fake_board_run_ms (rig.board, 7000);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_samples, ==, n_before);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_failed, >=, 3);
  g_assert_cmpstr (sonde_watch_get_state (watch)->error, ==, "no answer in 5 s");
  g_assert_cmpuint (sonde_device_get_info (rig.device)->n_timeouts, >=, 3);
  g_assert_true (sonde_watch_get_state (watch)->has_value);
  rig_clear (&rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/polling/batch", test_batch);
  g_test_add_func ("/polling/plain", test_plain);
  g_test_add_func ("/polling/window", test_window);
  g_test_add_func ("/polling/isolation", test_isolation);
  g_test_add_func ("/polling/hole-in-gap", test_hole_in_gap);
  g_test_add_func ("/polling/refused-alone", test_refused_alone);
  g_test_add_func ("/polling/skipped", test_skipped);
  g_test_add_func ("/polling/hiccup-costs-nothing", test_hiccup_costs_nothing);
  g_test_add_func ("/polling/fairness", test_fairness);
  g_test_add_func ("/polling/slow-joins", test_slow_joins);
  g_test_add_func ("/polling/slow-begin", test_slow_begin);
  g_test_add_func ("/polling/rate-changes", test_rate_changes);
  g_test_add_func ("/polling/move", test_move);
  g_test_add_func ("/polling/listeners", test_listeners);
  g_test_add_func ("/polling/board-time", test_board_time);
  g_test_add_func ("/polling/lying-clock", test_lying_clock);
  g_test_add_func ("/polling/text-and-bits", test_text_and_bits);
  g_test_add_func ("/polling/timeouts", test_timeouts);
  return g_test_run ();
}
