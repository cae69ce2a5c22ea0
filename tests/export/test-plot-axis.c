/* test-plot-axis.c: ticks and their labels */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plot-axis.h"

#include <math.h>

#define MINUTE G_GINT64_CONSTANT (60000000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static void
test_step (void)
{
  static const struct
  {
    double span;
    guint max_ticks;
    double step;
  } cases[] = {
    { 10, 10, 1 },     { 10, 9, 2 }, { 1600, 5, 500 }, { 0.7, 7, 0.1 },    { 1e-9, 4, 5e-10 },
    { 3e12, 6, 5e11 }, { 0, 5, 1 },  { NAN, 5, 1 },    { INFINITY, 5, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (sonde_axis_step (cases[i].span, cases[i].max_ticks),
                                    cases[i].step, cases[i].step * 1e-9);
}

static void
test_fit (void)
{
  static const struct
  {
    double min, max, low, high;
  } cases[] = {
    { 3, 1571, 0, 1600 },
    { -0.99, 0.98, -1, 1 },
    { 0, 1200, 0, 1200 },
    { 0, 0, -1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double low, high;

      sonde_axis_fit (cases[i].min, cases[i].max, &low, &high);
      g_assert_cmpfloat_with_epsilon (low, cases[i].low, 1e-9);
      g_assert_cmpfloat_with_epsilon (high, cases[i].high, 1e-9);
    }
}

/* Whatever the value, an axis around it is never empty. */
static void
test_fit_level (void)
{
  static const double levels[] = { 0, 1, -1, 24.03, 1e-30, -1e30, 4294967295.0, 1e300 };

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      double low, high;

      sonde_axis_fit (levels[i], levels[i], &low, &high);
      g_assert_cmpfloat (low, <, high);
      g_assert_cmpfloat (low, <=, levels[i]);
      g_assert_cmpfloat (high, >=, levels[i]);
    }
}

static void
test_label (void)
{
  static const struct
  {
    double value, step;
    const char *label;
  } cases[] = {
    { 0, 200, "0" },
    { 1200, 200, "1200" },
    { -164.4, 0.1, "\u2212164.4" },
    { 23.6, 0.2, "23.6" },
    { 12345, 5, "12\u2009345" },
    { 1234567.5, 0.5, "1\u2009234\u2009567.5" },
    { -1e-17, 0.1, "0.0" },
    { 2.5e9, 5e8, "2.5e+09" },
    { 3e-7, 1e-7, "3e-07" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *label = sonde_axis_label (cases[i].value, cases[i].step);

      g_assert_cmpstr (label, ==, cases[i].label);
    }
}

/* All labels of an axis have the same number of decimals: they do not jump while it moves. */
static void
test_time_step (void)
{
  static const struct
  {
    gint64 span_us;
    guint max_ticks;
    gint64 step_us;
  } cases[] = {
    { 10, 5, 2 },
    { 10000000, 10, 1000000 },
    { 10000000, 6, 2000000 },
    { 90 * 1000000, 6, 15000000 },
    { HOUR, 6, 10 * MINUTE },
    { DAY, 6, 6 * HOUR },
    { 30 * DAY, 6, 5 * DAY },
    { 3000 * DAY, 6, 550 * DAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (sonde_time_axis_step (cases[i].span_us, cases[i].max_ticks), ==,
                     cases[i].step_us);
}

static void
test_time_label (void)
{
  static const struct
  {
    gint64 offset_us, step_us, reach_us;
    const char *label;
  } cases[] = {
    { 0, 1000000, 10000000, "now" },
    { -10000000, 1000000, 10000000, "\u221210 s" },
    { 2000000, 1000000, 10000000, "+2 s" },
    { -2500000, 500000, 10000000, "\u22122.5 s" },
    { -250, 50, 500, "\u2212250 \u00b5s" },
    { -12400, 200, 20000, "\u221212.4 ms" },
    { -90 * 1000000, 30 * 1000000, 5 * MINUTE, "\u22121:30 min" },
    { -120 * 1000000, MINUTE, 5 * MINUTE, "\u22122 min" },
    { -150500000, 500000, 3 * MINUTE, "\u22122:30.5 min" },
    { -90 * MINUTE, 30 * MINUTE, 5 * HOUR, "\u22121:30 h" },
    { -3 * DAY, DAY, 5 * DAY, "\u22123 d" },
    { -30 * HOUR, 6 * HOUR, 3 * DAY, "\u22121:06 d" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *label
          = sonde_time_axis_label (cases[i].offset_us, cases[i].step_us, cases[i].reach_us);

      g_assert_cmpstr (label, ==, cases[i].label);
    }
}

static void
test_duration (void)
{
  static const struct
  {
    gint64 us;
    const char *text;
  } cases[] = {
    { 480000, "480 ms" }, { 12400, "12.4 ms" },          { 1503000, "1.50 s" },
    { 7, "7 \u00b5s" },   { 125 * 1000000, "2:05 min" }, { 0, "0 \u00b5s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sonde_axis_duration (cases[i].us);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot-axis/step", test_step);
  g_test_add_func ("/plot-axis/fit", test_fit);
  g_test_add_func ("/plot-axis/fit-level", test_fit_level);
  g_test_add_func ("/plot-axis/label", test_label);
  g_test_add_func ("/plot-axis/time-step", test_time_step);
  g_test_add_func ("/plot-axis/time-label", test_time_label);
  g_test_add_func ("/plot-axis/duration", test_duration);
  return g_test_run ();
}
