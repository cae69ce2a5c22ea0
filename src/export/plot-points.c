/* plot-points.c: one trace drawn sample by sample, where there are few to a pixel */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plot-points.h"

#include <math.h>

#define STROKE_POINTS 48 /* cairo's cost grows faster than the length of a path */
#define DOT_SPACING_PX 7 /* closer together dots would hide the line */
#define FAR_PX 20000     /* beyond it cairo's fixed-point numbers overflow */

typedef struct
{
  double x, y;
  gint64 time_us;
} Point;

static gboolean
take_point (gint64 time_us, const SondeValue *value, gpointer user_data)
{
  GArray *points = user_data;
  const Point point = { 0, sonde_value_to_double (value), time_us };

  g_array_append_val (points, point);
  return TRUE;
}

/* The sample before @time_us, so that the line comes in from the edge. Asked for by widening steps,
 * since nearest is all that a source answers cheaply. */
static void
take_point_before (SondeSource *source, gint64 time_us, gint64 step_us, GArray *points)
{
  gint64 first_us, last_us;

  if (!sonde_source_get_span (source, &first_us, &last_us) || first_us >= time_us)
    return;
  for (step_us = MAX (step_us, 1);; step_us *= 2)
    {
      const gint64 from_us = MAX (time_us - step_us, first_us);

      if (sonde_source_count_samples (source, from_us, time_us) > 0)
        {
          g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Point));

          sonde_source_foreach_sample (source, from_us, time_us, take_point, all);
          if (all->len > 0)
            g_array_append_val (points, g_array_index (all, Point, all->len - 1));
          return;
        }
      if (from_us == first_us)
        return;
    }
}

static gboolean
take_one_point (gint64 time_us, const SondeValue *value, gpointer user_data)
{
  take_point (time_us, value, user_data);
  return FALSE;
}

static GArray *
collect (const SondePlotFrame *frame, SondeSource *source)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (Point));
  const gint64 start_us = sonde_plot_frame_start_us (frame);
  const gint64 end_us = sonde_plot_frame_end_us (frame);

  take_point_before (source, start_us, (end_us - start_us) / 64, points);
  sonde_source_foreach_sample (source, start_us, end_us, take_point, points);
  sonde_source_foreach_sample (source, end_us, G_MAXINT64, take_one_point, points);
  for (guint i = 0; i < points->len; i++)
    {
      Point *point = &g_array_index (points, Point, i);

      point->x = CLAMP (sonde_plot_frame_x (frame, point->time_us), -FAR_PX, FAR_PX);
      point->y
          = isnan (point->y) ? NAN : CLAMP (sonde_plot_frame_y (frame, point->y), -FAR_PX, FAR_PX);
    }
  return points;
}

static gboolean
is_joined (const Point *from, const Point *to, const GArray *marks)
{
  if (isnan (from->y) || isnan (to->y))
    return FALSE;
  for (guint i = 0; i < marks->len; i++)
    {
      const SondeMark *mark = &g_array_index (marks, SondeMark, i);

      if (mark->kind == SONDE_MARK_BOOT && mark->time_us > from->time_us
          && mark->time_us <= to->time_us)
        return FALSE;
      if (mark->kind == SONDE_MARK_GAP && mark->time_us < to->time_us
          && (mark->end_us == 0 || mark->end_us > from->time_us))
        return FALSE;
    }
  return TRUE;
}

static void
draw_lines (cairo_t *cr, const GArray *points, const GArray *marks, SondeLineStyle style)
{
  guint n_pending = 0;

  for (guint i = 1; i < points->len; i++)
    {
      const Point *from = &g_array_index (points, Point, i - 1);
      const Point *to = &g_array_index (points, Point, i);

      if (!is_joined (from, to, marks) || n_pending == STROKE_POINTS)
        {
          cairo_stroke (cr);
          n_pending = 0;
        }
      if (!is_joined (from, to, marks))
        continue;
      if (n_pending++ == 0)
        cairo_move_to (cr, from->x, from->y);
      if (style == SONDE_LINE_STEPS)
        cairo_line_to (cr, to->x, from->y);
      cairo_line_to (cr, to->x, to->y);
    }
  cairo_stroke (cr);
}

/* Dots show what was measured; a lone sample between two gaps has nothing else. */
static void
draw_dots (cairo_t *cr, const SondePlotFrame *frame, const GArray *points, const GArray *marks,
           double radius)
{
  const gboolean is_roomy = points->len * DOT_SPACING_PX < frame->width;

  for (guint i = 0; i < points->len; i++)
    {
      const Point *point = &g_array_index (points, Point, i);
      const gboolean has_line = (i > 0 && is_joined (point - 1, point, marks))
                                || (i + 1 < points->len && is_joined (point, point + 1, marks));

      if (isnan (point->y) || (has_line && !is_roomy))
        continue;
      cairo_new_sub_path (cr);
      cairo_arc (cr, point->x, point->y, radius, 0, 2 * G_PI);
    }
  cairo_fill (cr);
}

gboolean
sonde_plot_points_draw (cairo_t *cr, const SondePlotFrame *frame, SondeSource *source,
                        const GArray *marks, SondeLineStyle style, SondeColour colour,
                        double *end_x, double *end_y)
{
  g_autoptr (GArray) points = collect (frame, source);
  const double width = sonde_plot_theme_get_trace_width (frame->flags);
  gboolean is_drawn = FALSE;

  cairo_save (cr);
  cairo_rectangle (cr, frame->x, frame->y - 1, frame->width, frame->height + 2);
  cairo_clip (cr);
  sonde_plot_theme_set_source (cr, colour);
  cairo_set_line_width (cr, width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  draw_lines (cr, points, marks, style);
  draw_dots (cr, frame, points, marks, width * 1.4);
  cairo_restore (cr);
  for (guint i = 0; i < points->len; i++)
    {
      const Point *point = &g_array_index (points, Point, i);

      if (isnan (point->y) || point->x < frame->x || point->x > frame->x + frame->width)
        continue;
      *end_x = point->x;
      *end_y = point->y;
      is_drawn = TRUE;
    }
  return is_drawn;
}
