/* test-board-clock.c: 32-bit ticks as time since the epoch; rates and silence, which count time too
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/board-clock.h"

#include "base/clock.h"
#include "device/meters.h"
#include "device/vigil.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

typedef struct
{
  const char *name;
  guint64 hz;
  guint32 first, second;
  gint64 passed_us; /* on the host, between the two */
  gint64 expected_us;
} Case;

static const Case cases[] = {
  { "/clock/step", 1000000, 1000, 3000, 2100, 2000 },
  { "/clock/milliseconds", 1000, 10, 15, 5000, 5000 },
  { "/clock/fast", 168000000, 0, 168, 1, 1 },
  { "/clock/same-tick", 1000, 10, 10, 300, 0 },
  { "/clock/wrap", 1000000, 4294967000u, 500, 800, 796 },
  { "/clock/wrap-late", 1000000, 4294967000u, 500, 3000000, 796 },
  { "/clock/two-turns", 1000000, 5, 10, 2 * 4294967296ll, 2 * 4294967296ll + 5 },
  { "/clock/turn-and-back", 1000000, 1000, 10, 4294967296ll, 4294967296ll - 990 },
  { "/clock/back-is-a-wrap", 168000000, 1000, 900, 25 * SECOND, 25565280 },
  { "/clock/lie-ahead", 1, 1000, 901000, 900000, 900000 },
  { "/clock/lie-ahead-of-3", 3, 1000, 101000, 100000, 100000 },
  { "/clock/lie-behind", 10000000, 0, 6000000, 6000000, 6000000 },
  { "/clock/lie-back", 1000000, 1000, 900, 100, 100 },
  { "/clock/none", 0, 1000, 900, 12345, 12345 },
  { "/clock/absurd-hz", G_MAXUINT64, 1000, 900, 12345, 12345 },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  SondeBoardClock clock = { 0 };
  gint64 now_us = sonde_clock_now_us (), first_us, second_us;

  sonde_board_clock_reset (&clock, test->hz);
  first_us = sonde_board_clock_map (&clock, test->first, now_us);
  second_us = sonde_board_clock_map (&clock, test->second, now_us + test->passed_us);
  g_assert_cmpint (second_us - first_us, ==, test->expected_us);
  /* The first sample of a boot has the time of its receipt. */
  g_assert_cmpint (ABS (first_us - sonde_clock_real_us ()), <, 60 * SECOND);
}

/* A day at 1 MHz wraps twenty times; nothing is lost or counted twice. */
static void
test_day (void)
{
  SondeBoardClock clock = { 0 };
  gint64 now_us = sonde_clock_now_us (), first_us = 0, last_us = 0;

  sonde_board_clock_reset (&clock, 1000000);
  for (guint64 t = 0; t <= 86400; t += 60)
    {
      last_us
          = sonde_board_clock_map (&clock, (guint32) (t * 1000000), now_us + (gint64) t * SECOND);
      if (t == 0)
        first_us = last_us;
    }
  g_assert_cmpint (last_us - first_us, ==, 86400 * SECOND);
}

/* A clock at a tenth more than it says is believed for a while; what comes then is not before. */
static void
test_lie (void)
{
  SondeBoardClock clock = { 0 };
  gint64 now_us = sonde_clock_now_us (), start_us = 0, last_us = 0, host_us = 0;

  sonde_board_clock_reset (&clock, 1000000);
  for (gint64 t_us = 0; t_us <= 80 * SECOND; t_us += SECOND / 4)
    {
      gint64 time_us = sonde_board_clock_map (&clock, (guint32) (t_us / 10 * 11), now_us + t_us);

      if (t_us == 0)
        start_us = time_us;
      g_assert_cmpint (time_us, >, last_us);
      last_us = time_us;
      host_us = start_us + t_us;
      g_assert_cmpint (time_us - host_us, <, 6 * SECOND);
      g_assert_cmpint (sonde_board_clock_take_lie (&clock), ==, t_us == 55750000);
    }
  g_assert_cmpint (last_us, ==, host_us);
  /* A new boot is believed again. */
  sonde_board_clock_reset (&clock, 1000000);
  sonde_board_clock_map (&clock, 0, now_us);
  g_assert_cmpint (sonde_board_clock_map (&clock, 10, now_us + 500)
                       - sonde_board_clock_map (&clock, 10, now_us + 600),
                   ==, 0);
}

static void
test_rate (void)
{
  SondeRateMeter meter = { 0 };
  gint64 now_us = 1000 * SECOND;

  g_assert_cmpfloat (sonde_rate_meter_get_hz (&meter, now_us), ==, 0);
  for (guint i = 0; i < 2000; i++)
    sonde_rate_meter_count (&meter, now_us += 1000, 1);
  g_assert_cmpfloat_with_epsilon (sonde_rate_meter_get_hz (&meter, now_us), 1000, 1);
  g_assert_cmpfloat (sonde_rate_meter_get_hz (&meter, now_us + 3 * SECOND), ==, 0);
  now_us += 10 * SECOND;
  for (guint i = 0; i < 3; i++)
    sonde_rate_meter_count (&meter, now_us += 2 * SECOND, 1);
  g_assert_cmpfloat_with_epsilon (sonde_rate_meter_get_hz (&meter, now_us + SECOND), 0.5, 0.01);
}

static void
test_median (void)
{
  SondeRoundTrips trips = { 0 };

  g_assert_cmpint (sonde_round_trips_get_median (&trips), ==, -1);
  for (gint64 i = 0; i < 100; i++)
    sonde_round_trips_add (&trips, i);
  g_assert_cmpint (sonde_round_trips_get_median (&trips), ==, 84);
}

static void
test_vigil (void)
{
  SondeVigil vigil = { 0 };
  SondeLinkStatus status = { .received_us = 100 * SECOND };

  /* Nothing asked: only the idle rule counts, and only for boards of ours. */
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, TRUE, 109 * SECOND), ==, SONDE_VIGIL_NOTHING);
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, FALSE, 200 * SECOND), ==,
                   SONDE_VIGIL_NOTHING);
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, TRUE, 110 * SECOND), ==, SONDE_VIGIL_GREET);
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, TRUE, 112 * SECOND), ==, SONDE_VIGIL_NOTHING);
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, TRUE, 113 * SECOND), ==, SONDE_VIGIL_SILENT);
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, TRUE, 114 * SECOND), ==, SONDE_VIGIL_NOTHING);
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, TRUE, 115 * SECOND), ==, SONDE_VIGIL_CLOSE);
  status.received_us = 115 * SECOND;
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, TRUE, 116 * SECOND), ==, SONDE_VIGIL_BACK);
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, TRUE, 116 * SECOND), ==, SONDE_VIGIL_NOTHING);
  /* Asked and not answered. */
  status.n_outstanding = 1;
  status.oldest_us = 120 * SECOND;
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, FALSE, 122 * SECOND), ==,
                   SONDE_VIGIL_NOTHING);
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, FALSE, 123 * SECOND), ==, SONDE_VIGIL_SILENT);
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, FALSE, 124 * SECOND), ==,
                   SONDE_VIGIL_NOTHING);
  status.received_us = 125 * SECOND;
  g_assert_cmpint (sonde_vigil_step (&vigil, &status, FALSE, 125 * SECOND), ==, SONDE_VIGIL_BACK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/clock/day", test_day);
  g_test_add_func ("/clock/lie", test_lie);
  g_test_add_func ("/clock/rate", test_rate);
  g_test_add_func ("/clock/median", test_median);
  g_test_add_func ("/clock/vigil", test_vigil);
  return g_test_run ();
}
