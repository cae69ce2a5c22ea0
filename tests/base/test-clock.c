/* test-clock.c: clocks that a test turns, and wake-ups */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  GMainContext *context;
  SondeWake *wake;
  guint n_wakes;
  gint64 woken_us;
} Fixture;

static void
on_wake (gpointer user_data)
{
  Fixture *f = user_data;

  f->n_wakes++;
  f->woken_us = sonde_clock_now_us ();
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->context = g_main_context_new ();
  f->wake = sonde_wake_new (f->context, on_wake, f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sonde_wake_free (f->wake);
  g_main_context_unref (f->context);
}

static void
wait_for_wakes (Fixture *f, guint n)
{
  while (f->n_wakes < n)
    g_main_context_iteration (f->context, TRUE);
}

/* Runs what is due now, without waiting. */
static void
run_due (Fixture *f)
{
  while (g_main_context_iteration (f->context, FALSE))
    ;
}

static void
test_turn (void)
{
  const gint64 now = sonde_clock_now_us ();
  const gint64 real = sonde_clock_real_us ();

  sonde_clock_turn_us (HOUR_US);
  g_assert_cmpint (sonde_clock_now_us () - now, >=, HOUR_US);
  g_assert_cmpint (sonde_clock_now_us () - now, <, 2 * HOUR_US);
  g_assert_cmpint (sonde_clock_real_us () - real, >=, HOUR_US - G_USEC_PER_SEC);
  sonde_clock_turn_us (-HOUR_US);
  g_assert_cmpint (sonde_clock_now_us () - now, <, HOUR_US);
}

static void
test_never_early (Fixture *f, gconstpointer data)
{
  const gint64 due = sonde_clock_now_us () + 3000;

  sonde_wake_at (f->wake, due);
  wait_for_wakes (f, 1);
  g_assert_cmpint (f->woken_us, >=, due);
  run_due (f);
  g_assert_cmpuint (f->n_wakes, ==, 1);
}

static void
test_past (Fixture *f, gconstpointer data)
{
  sonde_wake_at (f->wake, sonde_clock_now_us () - HOUR_US);
  wait_for_wakes (f, 1);
  sonde_wake_at (f->wake, -5);
  wait_for_wakes (f, 2);
  sonde_wake_at (f->wake, 0);
  wait_for_wakes (f, 3);
  /* The same time twice is two calls, and so two wake-ups. */
  sonde_wake_at (f->wake, 0);
  wait_for_wakes (f, 4);
}

static void
test_replace_and_cancel (Fixture *f, gconstpointer data)
{
  sonde_wake_at (f->wake, sonde_clock_now_us ());
  sonde_wake_at (f->wake, sonde_clock_now_us () + HOUR_US);
  run_due (f);
  g_assert_cmpuint (f->n_wakes, ==, 0);

  sonde_wake_at (f->wake, sonde_clock_now_us ());
  sonde_wake_cancel (f->wake);
  run_due (f);
  g_assert_cmpuint (f->n_wakes, ==, 0);
  sonde_wake_at (f->wake, sonde_clock_now_us ());
  wait_for_wakes (f, 1);
}

static void
test_turned_wake (Fixture *f, gconstpointer data)
{
  const gint64 due = sonde_clock_now_us () + HOUR_US;

  sonde_wake_at (f->wake, due);
  run_due (f);
  g_assert_cmpuint (f->n_wakes, ==, 0);
  sonde_clock_turn_us (HOUR_US);
  wait_for_wakes (f, 1);
  g_assert_cmpint (f->woken_us, >=, due);
  sonde_clock_turn_us (-HOUR_US);
}

static void
on_wake_free (gpointer user_data)
{
  Fixture *f = user_data;

  f->n_wakes++;
  g_clear_pointer (&f->wake, sonde_wake_free);
}

static void
test_free_inside (Fixture *f, gconstpointer data)
{
  sonde_wake_free (f->wake);
  f->wake = sonde_wake_new (f->context, on_wake_free, f);
  sonde_wake_at (f->wake, 0);
  wait_for_wakes (f, 1);
  g_assert_null (f->wake);
}

static void
on_wake_again (gpointer user_data)
{
  Fixture *f = user_data;

  if (++f->n_wakes < 50)
    sonde_wake_at (f->wake, sonde_clock_now_us () + 100);
}

static void
test_rearm_inside (Fixture *f, gconstpointer data)
{
  sonde_wake_free (f->wake);
  f->wake = sonde_wake_new (f->context, on_wake_again, f);
  sonde_wake_at (f->wake, 0);
  wait_for_wakes (f, 50);
  run_due (f);
  g_assert_cmpuint (f->n_wakes, ==, 50);
}

/* Last: nothing lets the clocks run again. */
static void
test_hold (Fixture *f, gconstpointer data)
{
  gint64 now_us, real_us;

  sonde_wake_at (f->wake, sonde_clock_now_us () + 1000);
  sonde_clock_hold ();
  now_us = sonde_clock_now_us ();
  real_us = sonde_clock_real_us ();
  g_usleep (3000);
  g_assert_cmpint (sonde_clock_now_us (), ==, now_us);
  g_assert_cmpint (sonde_clock_real_us (), ==, real_us);
  run_due (f);
  g_assert_cmpuint (f->n_wakes, ==, 0);
  sonde_clock_turn_us (1000);
  wait_for_wakes (f, 1);
  g_assert_cmpint (sonde_clock_now_us (), ==, now_us + 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/turn", test_turn);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/clock/wake/never-early", test_never_early);
  ADD ("/clock/wake/past", test_past);
  ADD ("/clock/wake/replace-and-cancel", test_replace_and_cancel);
  ADD ("/clock/wake/turned", test_turned_wake);
  ADD ("/clock/wake/free-inside", test_free_inside);
  ADD ("/clock/wake/rearm-inside", test_rearm_inside);
  /* The last of all: a clock that is held stays so. */
  ADD ("/held/hold", test_hold);
  return g_test_run ();
}
