/* plot-painter.c: a plot as a picture, for the window and for files; no GTK */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plot-painter.h"

#include <math.h>

#include "export/plot-axis.h"
#include "export/plot-columns.h"
#include "export/plot-text.h"

#define LEFT 56
#define RIGHT 52
#define TOP 26
#define BOTTOM 8
#define TIME_AXIS 26
#define VALUE_TICK_PX 27 /* least distance between two labels */
#define TIME_TICK_PX 76
#define HATCH_PX 8
#define MARKER_RADIUS 3.8
#define HALO_RADIUS 6
#define MEASURE_COLUMNS 256

/* What one painting passes from hand to hand. */
typedef struct
{
  const SondePlotPicture *picture;
  SondePlotFrame frame;
  cairo_surface_t *surface;
  cairo_t *cr;
} Painting;

SondePlotFrame
sonde_plot_painter_get_frame (const SondePlotPicture *picture)
{
  const double below = BOTTOM + ((picture->flags & SONDE_PICTURE_TIME_AXIS) != 0 ? TIME_AXIS : 0);

  return (SondePlotFrame){
    .x = LEFT,
    .y = TOP,
    .width = MAX (floor (picture->width) - LEFT - RIGHT, 1),
    .height = MAX (floor (picture->height) - TOP - below, 1),
    .scale = picture->scale,
    .start_ns = picture->span.start_ns,
    .span_ns = MAX (picture->span.span_ns, 1),
    .low = picture->low,
    .high = picture->high > picture->low ? picture->high : picture->low + 1,
    .flags = picture->theme,
  };
}

static void
set_ink (const Painting *self, SondeInk ink)
{
  sonde_plot_theme_set_source (self->cr, sonde_plot_theme_get_ink (self->picture->theme, ink));
}

/* A line of one device pixel, however many of them make one of ours. */
static void
draw_line (const Painting *self, double x0, double y0, double x1, double y1)
{
  const double scale = self->picture->scale;
  const double half = 0.5 / scale;

  cairo_set_line_width (self->cr, 1 / scale);
  cairo_move_to (self->cr, round (x0 * scale) / scale + (x0 == x1 ? half : 0),
                 round (y0 * scale) / scale + (y0 == y1 ? half : 0));
  cairo_line_to (self->cr, round (x1 * scale) / scale + (x0 == x1 ? half : 0),
                 round (y1 * scale) / scale + (y0 == y1 ? half : 0));
  cairo_stroke (self->cr);
}

static void
draw_value_axis (const Painting *self)
{
  const SondePlotFrame *frame = &self->frame;
  const double step
      = sonde_axis_step (frame->high - frame->low, (guint) (frame->height / VALUE_TICK_PX) + 1);
  const SondeTextStyle style = { self->picture->font, SONDE_TEXT_PLAIN, 1, LEFT - 12 };

  for (double value = sonde_axis_first (frame->low, step); value <= frame->high + step * 1e-9;
       value += step)
    {
      g_autofree char *label = sonde_axis_label (value, step);
      const double y = sonde_plot_frame_y (frame, value);

      set_ink (self, fabs (value) < step * 1e-6 ? SONDE_INK_ZERO : SONDE_INK_GRID);
      draw_line (self, frame->x, y, frame->x + frame->width, y);
      set_ink (self, SONDE_INK_TEXT);
      sonde_plot_text_draw (self->cr, &style, label, frame->x - 8, y);
      if (value + step == value)
        break;
    }
}

static void
draw_time_label (const Painting *self, const char *label, double x)
{
  const SondePlotFrame *frame = &self->frame;
  const SondeTextStyle style = { self->picture->font, SONDE_TEXT_PLAIN, 0.5, 0 };
  const double half = sonde_plot_text_measure (self->cr, &style, label) / 2;
  const double limit = self->picture->reserved_px > 0
                           ? frame->x + frame->width + RIGHT - self->picture->reserved_px
                           : self->picture->width;

  if (x - half < 0 || x + half > limit)
    return;
  set_ink (self, SONDE_INK_TEXT);
  sonde_plot_text_draw (self->cr, &style, label, x,
                        frame->y + frame->height + BOTTOM + TIME_AXIS / 2.0 - 2);
}

/* While following the labels hang on the right edge itself, which stands still. */
static void
draw_time_axis (const Painting *self)
{
  const SondePlotFrame *frame = &self->frame;
  const gint64 start_us = sonde_plot_frame_start_us (frame);
  const gint64 end_us = sonde_plot_frame_end_us (frame);
  const gint64 origin_us = self->picture->span.is_following ? end_us : self->picture->origin_us;
  const gint64 step_us
      = sonde_time_axis_step (end_us - start_us, (guint) (frame->width / TIME_TICK_PX) + 1);
  const gint64 reach_us = MAX (ABS (start_us - origin_us), ABS (end_us - origin_us));
  gint64 offset_us = (start_us - origin_us) / step_us * step_us;

  for (offset_us -= step_us; origin_us + offset_us <= end_us; offset_us += step_us)
    {
      const double x = sonde_plot_frame_x (frame, origin_us + offset_us);

      if (x < frame->x - 0.5)
        continue;
      set_ink (self, SONDE_INK_GRID);
      draw_line (self, x, frame->y, x, frame->y + frame->height);
      if ((self->picture->flags & SONDE_PICTURE_TIME_AXIS) != 0)
        {
          g_autofree char *label = sonde_time_axis_label (offset_us, step_us, reach_us);

          draw_time_label (self, label, x);
        }
    }
}

/* The unit above the axis, where all traces share it. */
static void
draw_unit (const Painting *self)
{
  const SondePlotPicture *picture = self->picture;
  const SondeTextStyle style = { picture->font, SONDE_TEXT_BOLD, 1, LEFT - 12 };
  const char *unit = picture->n_traces > 0 ? picture->traces[0].unit : NULL;

  for (guint i = 1; i < picture->n_traces; i++)
    if (g_strcmp0 (picture->traces[i].unit, unit) != 0)
      return;
  if (unit == NULL)
    return;
  set_ink (self, SONDE_INK_TEXT);
  sonde_plot_text_draw (self->cr, &style, unit, self->frame.x - 8, TOP / 2.0 - 2);
}

static void
draw_hatch (const Painting *self, double x0, double x1)
{
  const SondePlotFrame *frame = &self->frame;
  cairo_t *cr = self->cr;

  cairo_save (cr);
  cairo_rectangle (cr, x0, frame->y, x1 - x0, frame->height);
  cairo_clip_preserve (cr);
  set_ink (self, SONDE_INK_GAP_FILL);
  cairo_fill (cr);
  set_ink (self, SONDE_INK_GAP_HATCH);
  cairo_set_line_width (cr, 1);
  for (double x = x0 - frame->height; x < x1; x += HATCH_PX * G_SQRT2)
    {
      cairo_move_to (cr, x, frame->y + frame->height);
      cairo_line_to (cr, x + frame->height, frame->y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_gap (const Painting *self, gint64 from_us, gint64 to_us)
{
  const SondePlotFrame *frame = &self->frame;
  const SondeTextStyle style = { self->picture->font, SONDE_TEXT_PLAIN, 0.5, 0 };
  const double x0 = MAX (sonde_plot_frame_x (frame, from_us), frame->x);
  const double x1 = MIN (MAX (sonde_plot_frame_x (frame, to_us), x0 + 1), frame->x + frame->width);
  g_autofree char *duration = sonde_axis_duration (to_us - from_us);
  g_autofree char *label = g_strdup_printf ("gap %s", duration);

  if (x0 >= x1)
    return;
  draw_hatch (self, x0, x1);
  if (x1 - x0 < 24)
    return;
  set_ink (self, SONDE_INK_TEXT);
  sonde_plot_text_draw (self->cr, &style, label, (x0 + x1) / 2, TOP / 2.0 - 2);
}

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const SondeMark *first = a, *second = b;

  return first->time_us < second->time_us ? -1 : first->time_us > second->time_us;
}

/* Traces of one board lose contact together: their gaps are drawn as one. */
static void
draw_gaps (const Painting *self, const GArray *marks)
{
  gint64 from_us = 0, to_us = G_MININT64;

  for (guint i = 0; i < marks->len; i++)
    {
      const SondeMark *mark = &g_array_index (marks, SondeMark, i);
      const gint64 end_us
          = mark->end_us != 0 ? mark->end_us : MAX (self->picture->now_us, mark->time_us);

      if (mark->kind != SONDE_MARK_GAP)
        continue;
      if (to_us != G_MININT64 && mark->time_us > to_us)
        draw_gap (self, from_us, to_us);
      if (to_us == G_MININT64 || mark->time_us > to_us)
        from_us = mark->time_us;
      to_us = MAX (to_us, end_us);
    }
  if (to_us != G_MININT64)
    draw_gap (self, from_us, to_us);
}

static void
draw_boots (const Painting *self, const GArray *marks)
{
  const SondePlotFrame *frame = &self->frame;
  const SondeTextStyle style = { self->picture->font, SONDE_TEXT_PLAIN, 0.5, 0 };
  const double dash[] = { 3, 3 };
  double last_x = -1;

  for (guint i = 0; i < marks->len; i++)
    {
      const SondeMark *mark = &g_array_index (marks, SondeMark, i);
      const double x = sonde_plot_frame_x (frame, mark->time_us);

      if (mark->kind != SONDE_MARK_BOOT || x < frame->x || x > frame->x + frame->width
          || fabs (x - last_x) < 1)
        continue;
      set_ink (self, SONDE_INK_BOOT);
      cairo_set_dash (self->cr, dash, G_N_ELEMENTS (dash), 0);
      draw_line (self, x, frame->y, x, frame->y + frame->height);
      cairo_set_dash (self->cr, NULL, 0, 0);
      set_ink (self, SONDE_INK_TEXT);
      sonde_plot_text_draw (self->cr, &style, "boot", x, frame->y + 8);
      last_x = x;
    }
}

static gboolean
draw_trace (const Painting *self, const SondePlotTrace *trace, double *x, double *y)
{
  const SondePlotFrame *frame = &self->frame;
  const SondeColour colour = sonde_plot_theme_get_trace (self->picture->theme, trace->slot);
  const gint64 start_us = sonde_plot_frame_start_us (frame);
  const gint64 end_us = sonde_plot_frame_end_us (frame);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SondeMark));

  sonde_source_read_marks (trace->source, start_us, end_us, marks);
  if (sonde_source_count_samples (trace->source, start_us, end_us)
      < 2 * frame->width * frame->scale)
    return sonde_plot_points_draw (self->cr, frame, trace->source, marks, trace->style, colour, x,
                                   y);
  return sonde_plot_columns_draw (self->surface, frame, trace->source, marks, colour, x, y);
}

/* Markers come last, on a halo, so that each newest sample is seen whatever crosses it. */
static void
draw_traces (const Painting *self)
{
  const SondePlotPicture *picture = self->picture;
  const SondePlotFrame *frame = &self->frame;
  g_autofree double *ends = g_new (double, picture->n_traces * 2);

  for (guint i = 0; i < picture->n_traces; i++)
    if (!draw_trace (self, &picture->traces[i], &ends[2 * i], &ends[2 * i + 1]))
      ends[2 * i] = NAN;
  for (guint i = 0; i < picture->n_traces; i++)
    {
      const double x = ends[2 * i], y = ends[2 * i + 1];

      if (isnan (x) || y < frame->y - 1 || y > frame->y + frame->height + 1)
        continue;
      set_ink (self, SONDE_INK_BACKGROUND);
      cairo_arc (self->cr, x, y, HALO_RADIUS, 0, 2 * G_PI);
      cairo_fill (self->cr);
      sonde_plot_theme_set_source (
          self->cr, sonde_plot_theme_get_trace (picture->theme, picture->traces[i].slot));
      sonde_plot_theme_draw_marker (self->cr, picture->traces[i].slot, x, y, MARKER_RADIUS);
    }
}

cairo_surface_t *
sonde_plot_painter_paint (const SondePlotPicture *picture)
{
  const SondePlotFrame frame = sonde_plot_painter_get_frame (picture);
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, MAX ((int) ceil (picture->width * picture->scale), 1),
      MAX ((int) ceil (picture->height * picture->scale), 1));
  const Painting self = { picture, frame, surface, cairo_create (surface) };
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SondeMark));

  cairo_surface_set_device_scale (surface, picture->scale, picture->scale);
  for (guint i = 0; i < picture->n_traces; i++)
    sonde_source_read_marks (picture->traces[i].source, sonde_plot_frame_start_us (&frame),
                             sonde_plot_frame_end_us (&frame), marks);
  g_array_sort (marks, compare_marks);
  set_ink (&self, SONDE_INK_BACKGROUND);
  cairo_paint (self.cr);
  draw_gaps (&self, marks);
  draw_value_axis (&self);
  draw_time_axis (&self);
  draw_unit (&self);
  draw_boots (&self, marks);
  draw_traces (&self);
  cairo_destroy (self.cr);
  return surface;
}

gboolean
sonde_plot_painter_measure (const SondePlotTrace *traces, guint n_traces, const SondePlotSpan *span,
                            double *min, double *max)
{
  const gint64 start_us = span->start_ns / 1000;
  const gint64 end_us = (span->start_ns + span->span_ns + 999) / 1000;
  SondeColumn columns[MEASURE_COLUMNS];

  *min = INFINITY;
  *max = -INFINITY;
  for (guint i = 0; i < n_traces; i++)
    {
      sonde_source_read_columns (traces[i].source, start_us, end_us, MEASURE_COLUMNS, columns);
      for (guint k = 0; k < MEASURE_COLUMNS; k++)
        {
          *min = columns[k].n > 0 && columns[k].min < *min ? columns[k].min : *min;
          *max = columns[k].n > 0 && columns[k].max > *max ? columns[k].max : *max;
        }
    }
  return *min <= *max;
}
