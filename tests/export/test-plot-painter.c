/* test-plot-painter.c: known pixels of painted plots */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plot-painter.h"

#include <math.h>

#include "export/plot-hover.h"
#include "trace/trace.h"

#define T0 G_GINT64_CONSTANT (1700000000000000)
#define WIDTH 400
#define HEIGHT 200

static SondeTrace *
new_trace (void)
{
  g_autoptr (SondeType) type
      = sonde_type_new_base (SONDE_KIND_NUMBER, "double", SONDE_ENCODING_FLOAT, TRUE, 8);

  return sonde_trace_new (type);
}

static void
append (SondeTrace *trace, gint64 time_us, double number)
{
  const SondeValue value = sonde_value_float (number, FALSE);

  g_assert_true (sonde_trace_append (trace, T0 + time_us, &value));
}

/* One second; values 0 to 10. */
static SondePlotPicture
new_picture (const SondePlotTrace *traces, guint n)
{
  return (SondePlotPicture){
    .traces = traces,
    .n_traces = n,
    .span = { T0 * 1000, 1000000000, FALSE },
    .origin_us = T0 + 1000000,
    .now_us = T0 + 1000000,
    .high = 10,
    .width = WIDTH,
    .height = HEIGHT,
    .scale = 1,
    .flags = SONDE_PICTURE_TIME_AXIS,
  };
}

typedef struct
{
  guint red, green, blue;
} Pixel;

static Pixel
pixel_at (cairo_surface_t *surface, const SondePlotPicture *picture, double time_us, double value)
{
  const SondePlotFrame frame = sonde_plot_painter_get_frame (picture);
  const int x = (int) floor (sonde_plot_frame_x (&frame, T0 + (gint64) time_us) * frame.scale);
  const int y = (int) floor (sonde_plot_frame_y (&frame, value) * frame.scale);
  const guint8 *row = cairo_image_surface_get_data (surface)
                      + (gsize) y * cairo_image_surface_get_stride (surface);
  const guint32 pixel = ((const guint32 *) (gconstpointer) row)[x];

  return (Pixel){ pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255 };
}

/* How near a pixel comes to the colour of the first slot, 0x295cf5 on white: 1 is all of it. */
static double
ink_at (cairo_surface_t *surface, const SondePlotPicture *picture, double time_us, double value)
{
  const Pixel pixel = pixel_at (surface, picture, time_us, value);

  return ((double) pixel.blue - pixel.red) / (0xf5 - 0x29);
}

static void
test_columns (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  const SondePlotTrace traces[] = { { SONDE_SOURCE (trace), NULL, 0, SONDE_LINE_STRAIGHT } };
  const SondePlotPicture picture = new_picture (traces, 1);
  cairo_surface_t *surface;

  for (guint i = 0; i < 50000; i++)
    append (trace, i * 20, i % 2 == 0 ? 3 : 6);
  surface = sonde_plot_painter_paint (&picture);
  for (guint i = 100; i < 900; i += 100)
    {
      g_assert_cmpfloat (ink_at (surface, &picture, i * 1000, 3.2), >, 0.99);
      g_assert_cmpfloat (ink_at (surface, &picture, i * 1000, 5.8), >, 0.99);
      g_assert_cmpfloat (ink_at (surface, &picture, i * 1000, 7), <, 0.1);
      g_assert_cmpfloat (ink_at (surface, &picture, i * 1000, 2), <, 0.1);
    }
  cairo_surface_destroy (surface);
}

/* A slope of many samples is one unbroken line, without holes between its columns. */
static void
test_joined (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  const SondePlotTrace traces[] = { { SONDE_SOURCE (trace), NULL, 0, SONDE_LINE_STRAIGHT } };
  const SondePlotPicture picture = new_picture (traces, 1);
  cairo_surface_t *surface;

  for (guint i = 0; i < 10000; i++)
    append (trace, i * 100, i < 5000 ? 1 : 9);
  surface = sonde_plot_painter_paint (&picture);
  for (double value = 1.5; value < 9; value += 0.25)
    {
      double ink = 0;

      for (int dx = -2; dx <= 2; dx++)
        ink = MAX (ink, ink_at (surface, &picture, 500000 + dx * 1700, value));
      g_assert_cmpfloat (ink, >, 0.9);
    }
  cairo_surface_destroy (surface);
}

static void
test_points (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  const SondePlotTrace traces[] = { { SONDE_SOURCE (trace), NULL, 0, SONDE_LINE_STRAIGHT } };
  const SondePlotPicture picture = new_picture (traces, 1);
  cairo_surface_t *surface;

  append (trace, -500000, 0);
  append (trace, 500000, 5);
  append (trace, 1500000, 5);
  surface = sonde_plot_painter_paint (&picture);
  /* In from the left edge, though the sample itself is far outside, and out to the right. */
  g_assert_cmpfloat (ink_at (surface, &picture, 100000, 3), >, 0.4);
  g_assert_cmpfloat (ink_at (surface, &picture, 900000, 5), >, 0.4);
  g_assert_cmpfloat (ink_at (surface, &picture, 100000, 5), <, 0.1);
  cairo_surface_destroy (surface);
}

static void
test_steps (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  const SondePlotTrace traces[] = { { SONDE_SOURCE (trace), NULL, 0, SONDE_LINE_STEPS } };
  const SondePlotPicture picture = new_picture (traces, 1);
  cairo_surface_t *surface;

  append (trace, 100000, 2);
  append (trace, 800000, 8);
  surface = sonde_plot_painter_paint (&picture);
  g_assert_cmpfloat (ink_at (surface, &picture, 700000, 2), >, 0.4);
  g_assert_cmpfloat (ink_at (surface, &picture, 450000, 5), <, 0.1);
  cairo_surface_destroy (surface);
}

/* Never a straight line across what was not measured, few samples or many. */
static void
test_gap (gconstpointer data)
{
  const guint step_us = GPOINTER_TO_UINT (data);
  g_autoptr (SondeTrace) trace = new_trace ();
  const SondePlotTrace traces[] = { { SONDE_SOURCE (trace), NULL, 0, SONDE_LINE_STRAIGHT } };
  const SondePlotPicture picture = new_picture (traces, 1);
  cairo_surface_t *surface;
  Pixel lightest = { 0, 0, 0 };

  for (guint i = 0; i * step_us < 400000; i++)
    append (trace, i * step_us, 5);
  sonde_trace_append_gap (trace);
  for (guint i = 600000 / step_us; i * step_us < 990000; i++)
    append (trace, i * step_us, 5);
  surface = sonde_plot_painter_paint (&picture);
  g_assert_cmpfloat (ink_at (surface, &picture, 200000, 5), >, 0.4);
  g_assert_cmpfloat (ink_at (surface, &picture, 800000, 5), >, 0.4);
  for (guint i = 420; i < 580; i += 5)
    {
      const Pixel pixel = pixel_at (surface, &picture, i * 1000, 5.5);

      g_assert_cmpfloat (ink_at (surface, &picture, i * 1000, 5), <, 0.1);
      lightest = pixel.red > lightest.red ? pixel : lightest;
    }
  g_assert_cmpuint (lightest.red, <, 250); /* filled, between the lines of the hatch too */
  g_assert_cmpuint (pixel_at (surface, &picture, 200000, 5.5).red, ==, 255);
  cairo_surface_destroy (surface);
}

/* Nothing before the first sample, nothing after the last, nothing from samples that are no
 * numbers. */
static void
test_empty_columns (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  const SondePlotTrace traces[] = { { SONDE_SOURCE (trace), NULL, 0, SONDE_LINE_STRAIGHT } };
  const SondePlotPicture picture = new_picture (traces, 1);
  cairo_surface_t *surface;

  for (guint i = 0; i < 20000; i++)
    append (trace, 400000 + i * 10, i < 10000 ? 5 : NAN);
  surface = sonde_plot_painter_paint (&picture);
  g_assert_cmpfloat (ink_at (surface, &picture, 450000, 5), >, 0.4);
  g_assert_cmpfloat (ink_at (surface, &picture, 300000, 5), <, 0.1);
  g_assert_cmpfloat (ink_at (surface, &picture, 550000, 5), <, 0.1);
  g_assert_cmpfloat (ink_at (surface, &picture, 700000, 5), <, 0.1);
  cairo_surface_destroy (surface);
}

/* Values far outside of the axis, and those without a size, harm nothing. */
static void
test_wild (void)
{
  static const double wild[] = { 1e300, -1e300, INFINITY, -INFINITY, NAN, 5 };
  g_autoptr (SondeTrace) trace = new_trace ();
  const SondePlotTrace traces[] = { { SONDE_SOURCE (trace), "V", 0, SONDE_LINE_STRAIGHT } };
  SondePlotPicture picture = new_picture (traces, 1);

  for (guint i = 0; i < 5000; i++)
    append (trace, i * 200, wild[i % G_N_ELEMENTS (wild)]);
  cairo_surface_destroy (sonde_plot_painter_paint (&picture));
  picture.span.span_ns = 1000000;
  cairo_surface_destroy (sonde_plot_painter_paint (&picture));
  picture.width = 1;
  picture.height = 1;
  cairo_surface_destroy (sonde_plot_painter_paint (&picture));
  picture.high = picture.low;
  cairo_surface_destroy (sonde_plot_painter_paint (&picture));
}

static void
test_scale (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  const SondePlotTrace traces[] = { { SONDE_SOURCE (trace), NULL, 0, SONDE_LINE_STRAIGHT } };
  SondePlotPicture picture = new_picture (traces, 1);
  cairo_surface_t *surface;

  picture.scale = 2;
  for (guint i = 0; i < 50000; i++)
    append (trace, i * 20, i % 2 == 0 ? 3 : 6);
  surface = sonde_plot_painter_paint (&picture);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 2 * WIDTH);
  g_assert_cmpfloat (ink_at (surface, &picture, 500000, 4.5), >, 0.99);
  g_assert_cmpfloat (ink_at (surface, &picture, 500000, 7), <, 0.1);
  cairo_surface_destroy (surface);
}

static void
test_dark (void)
{
  SondePlotPicture picture = new_picture (NULL, 0);
  cairo_surface_t *surface;

  picture.theme = SONDE_THEME_DARK;
  surface = sonde_plot_painter_paint (&picture);
  g_assert_cmpuint (pixel_at (surface, &picture, 30000, 4.5).red, ==, 0x1e);
  cairo_surface_destroy (surface);
}

static void
test_measure (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  const SondePlotTrace traces[] = { { SONDE_SOURCE (trace), NULL, 0, SONDE_LINE_STRAIGHT } };
  SondePlotSpan span = { T0 * 1000, 1000000000, FALSE };
  double min, max;

  g_assert_false (sonde_plot_painter_measure (traces, 1, &span, &min, &max));
  append (trace, -1, 100);
  append (trace, 10, -4);
  append (trace, 20, 7);
  append (trace, 1000000, 200);
  g_assert_true (sonde_plot_painter_measure (traces, 1, &span, &min, &max));
  g_assert_cmpfloat (min, ==, -4);
  g_assert_cmpfloat (max, ==, 7);
}

/* The line stands under the pointer, the marker on the sample, the card beside both. */
static void
test_hover (void)
{
  const SondeHoverRow rows[] = { { 0, "motor.speed", "5", "rpm", T0 + 700000, 5 } };
  const SondePlotPicture picture = new_picture (NULL, 0);
  const SondePlotFrame frame = sonde_plot_painter_get_frame (&picture);
  cairo_surface_t *surface = sonde_plot_painter_paint (&picture);
  cairo_t *cr = cairo_create (surface);

  sonde_plot_hover_draw (cr, &picture, rows, 1, sonde_plot_frame_x (&frame, T0 + 500000), NAN);
  sonde_plot_hover_draw (cr, &picture, rows, 1, -100, 20);
  cairo_destroy (cr);
  g_assert_cmpuint (pixel_at (surface, &picture, 500000, 8.7).red, <, 160);
  g_assert_cmpuint (pixel_at (surface, &picture, 300000, 8.7).red, >, 200);
  g_assert_cmpfloat (ink_at (surface, &picture, 700000, 5), >, 0.9);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot-painter/columns", test_columns);
  g_test_add_func ("/plot-painter/joined", test_joined);
  g_test_add_func ("/plot-painter/points", test_points);
  g_test_add_func ("/plot-painter/steps", test_steps);
  g_test_add_data_func ("/plot-painter/gap/few", GUINT_TO_POINTER (20000), test_gap);
  g_test_add_data_func ("/plot-painter/gap/many", GUINT_TO_POINTER (100), test_gap);
  g_test_add_func ("/plot-painter/empty-columns", test_empty_columns);
  g_test_add_func ("/plot-painter/wild", test_wild);
  g_test_add_func ("/plot-painter/scale", test_scale);
  g_test_add_func ("/plot-painter/dark", test_dark);
  g_test_add_func ("/plot-painter/measure", test_measure);
  g_test_add_func ("/plot-painter/hover", test_hover);
  return g_test_run ();
}
