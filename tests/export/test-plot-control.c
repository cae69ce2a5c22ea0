/* test-plot-control.c: zoom, pan, follow, freeze and the way back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plot-control.h"

#include <math.h>

#define NOW_US G_GINT64_CONSTANT (1700000000000000)
#define WIDTH_PX 592

static SondePlotControl *
new_control (void)
{
  SondePlotControl *control = sonde_plot_control_new ();

  sonde_plot_control_set_width (control, WIDTH_PX);
  sonde_plot_range_set_newest (sonde_plot_control_get_range (control), NOW_US);
  sonde_plot_control_take_extremes (control, 0, 100);
  return control;
}

static double
pixel_of (SondePlotControl *control, double time_ns)
{
  const SondePlotSpan span = sonde_plot_control_get_span (control);

  return (time_ns - (double) (span.start_ns - NOW_US * 1000)) / (double) span.span_ns * WIDTH_PX;
}

/* While samples come in at 1 kHz, each zoom leaves what is under the pointer where it was. */
static void
test_zoom_at_pointer (void)
{
  g_autoptr (SondePlotControl) control = new_control ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < 50; i++)
    {
      const double x = g_rand_double_range (rand, 5, WIDTH_PX - 20);
      const double factor = pow (1.25, g_rand_int_range (rand, -5, 5));
      const SondePlotSpan span = sonde_plot_control_get_span (control);
      const double time_ns
          = (double) (span.start_ns - NOW_US * 1000) + (double) span.span_ns * x / WIDTH_PX;

      sonde_plot_control_zoom_time (control, factor, x / WIDTH_PX);
      sonde_plot_range_set_newest (sonde_plot_control_get_range (control), NOW_US + i * 33000);
      g_assert_cmpfloat (fabs (pixel_of (control, time_ns) - x), <, 1);
    }
}

static void
test_zoom_limits (void)
{
  g_autoptr (SondePlotControl) control = new_control ();

  for (guint i = 0; i < 200; i++)
    sonde_plot_control_zoom_time (control, 0.5, 0.3);
  g_assert_cmpint (sonde_plot_control_get_span (control).span_ns, ==, SONDE_PLOT_MIN_SPAN_NS);
  for (guint i = 0; i < 200; i++)
    sonde_plot_control_zoom_time (control, 2, 0.3);
  g_assert_cmpint (sonde_plot_control_get_span (control).span_ns, ==, SONDE_PLOT_MAX_SPAN_NS);
}

static void
test_follow (void)
{
  g_autoptr (SondePlotControl) control = new_control ();
  SondePlotRange *range = sonde_plot_control_get_range (control);
  SondePlotSpan span;

  for (guint i = 0; i < 20; i++)
    {
      sonde_plot_range_set_newest (range, NOW_US + i * 33333);
      span = sonde_plot_control_get_span (control);
      g_assert_cmpint ((span.start_ns + span.span_ns) / 1000, >, NOW_US + i * 33333);
      g_assert_cmpint (span.start_ns + span.span_ns, <=,
                       (NOW_US + i * 33333) * 1000 + span.span_ns / WIDTH_PX);
      /* Columns lie on a grid that does not move. */
      g_assert_cmpint (span.start_ns % (span.span_ns / WIDTH_PX), ==, 0);
    }
  sonde_plot_control_pan_time (control, -0.1);
  g_assert_false (sonde_plot_range_is_following (range));
  span = sonde_plot_control_get_span (control);
  sonde_plot_range_set_newest (range, NOW_US + 5000000);
  g_assert_cmpint (sonde_plot_control_get_span (control).start_ns, ==, span.start_ns);
  g_assert_cmpint (sonde_plot_range_get_origin (range), ==, NOW_US + 19 * 33333);
  sonde_plot_control_follow (control);
  g_assert_true (sonde_plot_control_get_span (control).is_following);
}

/* The right edge is where a zoom may stay live; anywhere else the data would slip away. */
static void
test_zoom_while_following (void)
{
  g_autoptr (SondePlotControl) control = new_control ();

  sonde_plot_control_zoom_time (control, 0.5, 1);
  g_assert_true (sonde_plot_control_get_span (control).is_following);
  g_assert_cmpint (sonde_plot_control_get_span (control).span_ns / 100000000, ==, 50);
  sonde_plot_control_zoom_time (control, 0.5, 0.5);
  g_assert_false (sonde_plot_control_get_span (control).is_following);
}

static void
assert_same (const SondePlotLook *a, const SondePlotLook *b)
{
  g_assert_cmpint (a->span.start_ns, ==, b->span.start_ns);
  g_assert_cmpint (a->span.span_ns, ==, b->span.span_ns);
  g_assert_cmpint (a->span.is_following, ==, b->span.is_following);
  g_assert_cmpint (a->y.mode, ==, b->y.mode);
  g_assert_cmpfloat (a->y.low, ==, b->y.low);
  g_assert_cmpfloat (a->y.high, ==, b->y.high);
}

static void
change_look (SondePlotControl *control, guint step)
{
  SondePlotLook look;

  switch (step)
    {
    case 0:
      sonde_plot_control_zoom_time (control, 0.3, 0.4);
      return;
    case 1:
      sonde_plot_control_zoom_value (control, 0.5, 0.5);
      return;
    case 2:
      sonde_plot_control_zoom_box (control, 0.2, 0.4, 0.1, 0.9);
      return;
    case 3:
      look = sonde_plot_control_get_look (control);
      sonde_plot_control_remember (control);
      sonde_plot_control_drag_time (control, &look, 0.1);
      sonde_plot_control_drag_time (control, &look, 0.2);
      return;
    default:
      sonde_plot_control_fit (control, NOW_US - 60000000, NOW_US);
    }
}

static void
test_back (void)
{
  g_autoptr (SondePlotControl) control = new_control ();
  SondePlotLook looks[6];

  for (guint i = 0; i < 5; i++)
    {
      looks[i] = sonde_plot_control_get_look (control);
      change_look (control, i);
    }
  for (guint i = 5; i > 0; i--)
    {
      g_assert_true (sonde_plot_control_back (control));
      looks[5] = sonde_plot_control_get_look (control);
      assert_same (&looks[5], &looks[i - 1]);
    }
  g_assert_false (sonde_plot_control_back (control));
}

static void
test_fit (void)
{
  g_autoptr (SondePlotControl) control = new_control ();
  SondePlotSpan span;

  sonde_plot_control_zoom_value (control, 0.1, 0.5);
  sonde_plot_control_fit (control, NOW_US - 60000000, NOW_US);
  span = sonde_plot_control_get_span (control);
  g_assert_cmpint (span.start_ns, <=, (NOW_US - 60000000) * 1000);
  g_assert_cmpint (span.start_ns + span.span_ns, >, NOW_US * 1000);
  g_assert_cmpint (span.span_ns, <, G_GINT64_CONSTANT (66000000000));
  g_assert_cmpint (sonde_plot_control_get_y (control).mode, ==, SONDE_Y_AUTO);
  sonde_plot_control_fit (control, NOW_US, NOW_US);
  g_assert_cmpint (sonde_plot_control_get_span (control).span_ns, >=, SONDE_PLOT_MIN_SPAN_NS);
}

static void
test_freeze (void)
{
  g_autoptr (SondePlotControl) control = new_control ();
  SondePlotRange *range = sonde_plot_control_get_range (control);
  SondePlotSpan span;

  sonde_plot_control_set_frozen (control, TRUE);
  span = sonde_plot_control_get_span (control);
  sonde_plot_range_set_newest (range, NOW_US + 3000000);
  g_assert_cmpint (sonde_plot_control_get_span (control).start_ns, ==, span.start_ns);
  sonde_plot_control_set_frozen (control, FALSE);
  g_assert_true (sonde_plot_control_get_span (control).is_following);
  sonde_plot_control_pan_time (control, -0.5);
  sonde_plot_control_set_frozen (control, TRUE);
  sonde_plot_control_set_frozen (control, FALSE);
  g_assert_false (sonde_plot_control_get_span (control).is_following);
}

static void
count (SondePlotControl *control, guint *n)
{
  ++*n;
}

static void
test_linked (void)
{
  g_autoptr (SondePlotControl) upper = new_control ();
  g_autoptr (SondePlotControl) lower = new_control ();
  guint n = 0;

  sonde_plot_control_set_range (lower, sonde_plot_control_get_range (upper));
  g_signal_connect (lower, "changed", G_CALLBACK (count), &n);
  sonde_plot_control_pan_time (upper, -0.25);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (sonde_plot_control_get_span (lower).start_ns, ==,
                   sonde_plot_control_get_span (upper).start_ns);
  sonde_plot_control_zoom_value (upper, 0.5, 0.5);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_y_modes (void)
{
  SondeYRange y = { SONDE_Y_AUTO, 0, 0 };

  sonde_y_range_update (&y, 3, 97);
  g_assert_true (y.low <= 3 && y.high >= 97);
  /* It does not breathe with a signal that moves a little. */
  sonde_y_range_update (&y, 9, 91);
  g_assert_true (y.low <= 3 && y.high >= 97);
  sonde_y_range_update (&y, 40, 50);
  g_assert_true (y.high <= 60);
  sonde_y_range_update (&y, NAN, NAN);
  sonde_y_range_update (&y, INFINITY, -INFINITY);
  sonde_y_range_update (&y, 0, INFINITY);
  g_assert_true (y.high <= 60);

  y = (SondeYRange){ SONDE_Y_GROW, 0, 0 };
  sonde_y_range_update (&y, 0, 100);
  sonde_y_range_update (&y, 40, 50);
  g_assert_true (y.low <= 0 && y.high >= 100);
  sonde_y_range_update (&y, 40, 150);
  g_assert_true (y.low <= 0 && y.high >= 150);

  y = (SondeYRange){ SONDE_Y_FIXED, -1, 1 };
  for (guint i = 0; i < 1000; i++)
    sonde_y_range_update (&y, -1000.0 * i, 1000.0 * i);
  g_assert_cmpfloat (y.low, ==, -1);
  g_assert_cmpfloat (y.high, ==, 1);
}

static void
test_y_zoom (void)
{
  SondeYRange y = { SONDE_Y_AUTO, 0, 100 };

  sonde_y_range_zoom (&y, 0.5, 0.25);
  g_assert_cmpint (y.mode, ==, SONDE_Y_FIXED);
  g_assert_cmpfloat (y.low, ==, 12.5);
  g_assert_cmpfloat (y.high, ==, 62.5);
  for (guint i = 0; i < 3000; i++)
    sonde_y_range_zoom (&y, 0.5, 0.25);
  g_assert_cmpfloat (y.low, <, y.high);
  for (guint i = 0; i < 3000; i++)
    sonde_y_range_zoom (&y, 2, 0.25);
  g_assert_true (isfinite (y.high - y.low));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot-control/zoom-at-pointer", test_zoom_at_pointer);
  g_test_add_func ("/plot-control/zoom-limits", test_zoom_limits);
  g_test_add_func ("/plot-control/follow", test_follow);
  g_test_add_func ("/plot-control/zoom-while-following", test_zoom_while_following);
  g_test_add_func ("/plot-control/back", test_back);
  g_test_add_func ("/plot-control/fit", test_fit);
  g_test_add_func ("/plot-control/freeze", test_freeze);
  g_test_add_func ("/plot-control/linked", test_linked);
  g_test_add_func ("/plot-control/y-modes", test_y_modes);
  g_test_add_func ("/plot-control/y-zoom", test_y_zoom);
  return g_test_run ();
}
