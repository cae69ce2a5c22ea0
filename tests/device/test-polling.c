/* test-polling.c: watches at their rates, over boards with and without extensions */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/registry.h"
#include "support/fake-board.h"

#include "base/clock.h"
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/polling/batch", test_batch);
  g_test_add_func ("/polling/plain", test_plain);
  g_test_add_func ("/polling/window", test_window);
  return g_test_run ();
}
