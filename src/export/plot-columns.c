/* plot-columns.c: one trace drawn as a column of pixels from min to max for each pixel of width */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plot-columns.h"

#include <math.h>

/* The data's part of the surface, in device pixels. */
typedef struct
{
  guint8 *bytes;
  int stride;
  int left, top, bottom; /* top and bottom lie within the surface */
  int surface_width;
  guint n_columns;
  double half_width; /* of the line */
} Canvas;

/* What one column covers, in device pixels from the top; NAN is nothing. */
typedef struct
{
  double top, bottom;
} Extent;

static Canvas
open_canvas (cairo_surface_t *surface, const SondePlotFrame *frame)
{
  cairo_surface_flush (surface);
  return (Canvas){
    .bytes = cairo_image_surface_get_data (surface),
    .stride = cairo_image_surface_get_stride (surface),
    .left = (int) lround (frame->x * frame->scale),
    /* A line on the edge of the axis is seen whole. */
    .top = MAX ((int) lround ((frame->y - 1) * frame->scale), 0),
    .bottom = MIN ((int) lround ((frame->y + frame->height + 1) * frame->scale),
                   cairo_image_surface_get_height (surface)),
    .surface_width = cairo_image_surface_get_width (surface),
    .n_columns = (guint) lround (frame->width * frame->scale),
    .half_width = sonde_plot_theme_get_trace_width (frame->flags) * frame->scale / 2,
  };
}

static guint32
mix_channel (guint32 old, double colour, guint32 alpha, guint shift)
{
  const guint32 below = old >> shift & 255;
  const guint32 above = (guint32) (colour * 255 + 0.5);

  return (below * (255 - alpha) + above * alpha + 127) / 255 << shift;
}

static void
mix_pixel (guint32 *pixel, SondeColour colour, double coverage)
{
  const guint32 alpha = (guint32) (CLAMP (coverage, 0, 1) * colour.alpha * 255 + 0.5);

  *pixel = 0xff000000u | mix_channel (*pixel, colour.red, alpha, 16)
           | mix_channel (*pixel, colour.green, alpha, 8)
           | mix_channel (*pixel, colour.blue, alpha, 0);
}

static guint32
whole_pixel (SondeColour colour)
{
  guint32 pixel = 0;

  mix_pixel (&pixel, (SondeColour){ colour.red, colour.green, colour.blue, 1 }, 1);
  return pixel;
}

/* Rows that are only touched get as much colour as they are covered. */
static void
fill_extent (const Canvas *canvas, guint column, Extent extent, SondeColour colour)
{
  const guint32 whole = whole_pixel (colour);
  const double top = MAX (extent.top - canvas->half_width, canvas->top);
  const double bottom = MIN (extent.bottom + canvas->half_width, canvas->bottom);
  const int last = MIN ((int) floor (bottom), canvas->bottom - 1);

  if (isnan (extent.top) || !(top < bottom) || canvas->left + (int) column >= canvas->surface_width)
    return;
  for (int row = (int) floor (top); row <= last; row++)
    {
      const double coverage = MIN (bottom, row + 1) - MAX (top, row);
      guint32 *line = (guint32 *) (gpointer) (canvas->bytes + (gsize) row * canvas->stride);
      guint32 *pixel = &line[canvas->left + (int) column];

      if (coverage >= 1 && colour.alpha >= 1)
        *pixel = whole;
      else
        mix_pixel (pixel, colour, coverage);
    }
}

static void
widen (Extent *extent, double y)
{
  extent->top = MIN (extent->top, y);
  extent->bottom = MAX (extent->bottom, y);
}

/* A gap or a boot between the last sample of one column and the first of a later one. */
static gboolean
is_broken (const GArray *marks, gint64 left_end_us, gint64 right_start_us)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const SondeMark *mark = &g_array_index (marks, SondeMark, i);

      const gboolean is_across
          = mark->kind == SONDE_MARK_BOOT
                ? mark->time_us >= left_end_us && mark->time_us <= right_start_us
                : mark->time_us < left_end_us
                      && (mark->end_us == 0 || mark->end_us >= right_start_us);

      if (is_across)
        return TRUE;
    }
  return FALSE;
}

/* From the last sample of one column to the first of a later one: each takes its half of the way;
 * columns without samples between them take theirs. */
static void
join (Extent *extents, guint from, guint to, double y_from, double y_to)
{
  const double slope = (y_to - y_from) / (to - from);

  for (guint i = from; i <= to; i++)
    {
      const double here = y_from + slope * (i - from);
      const double before = i > from ? here - slope / 2 : here;
      const double after = i < to ? here + slope / 2 : here;

      if (isnan (extents[i].top))
        extents[i] = (Extent){ before, before };
      widen (&extents[i], before);
      widen (&extents[i], after);
    }
}

typedef struct
{
  gint64 start_us, end_us;
  guint n;
} Grid;

static gint64
column_time (const Grid *grid, guint column)
{
  return grid->start_us + (gint64) ((double) (grid->end_us - grid->start_us) * column / grid->n);
}

static void
join_all (Extent *extents, const SondeColumn *columns, const Grid *grid,
          const SondePlotFrame *frame, const GArray *marks)
{
  gint previous = -1;

  for (guint i = 0; i < grid->n; i++)
    {
      if (columns[i].n == 0)
        continue;
      if (previous >= 0 && !isnan (columns[previous].last) && !isnan (columns[i].first)
          && !is_broken (marks, column_time (grid, (guint) previous + 1), column_time (grid, i)))
        join (extents, (guint) previous, i,
              sonde_plot_frame_y (frame, columns[previous].last) * frame->scale,
              sonde_plot_frame_y (frame, columns[i].first) * frame->scale);
      previous = (gint) i;
    }
}

static Extent *
measure (const SondeColumn *columns, guint n, const SondePlotFrame *frame)
{
  Extent *extents = g_new (Extent, n);

  for (guint i = 0; i < n; i++)
    extents[i] = (Extent){ sonde_plot_frame_y (frame, columns[i].max) * frame->scale,
                           sonde_plot_frame_y (frame, columns[i].min) * frame->scale };
  return extents;
}

gboolean
sonde_plot_columns_draw (cairo_surface_t *surface, const SondePlotFrame *frame, SondeSource *source,
                         const GArray *marks, SondeColour colour, double *end_x, double *end_y)
{
  const Canvas canvas = open_canvas (surface, frame);
  const Grid grid
      = { sonde_plot_frame_start_us (frame), sonde_plot_frame_end_us (frame), canvas.n_columns };
  g_autofree SondeColumn *columns = g_new (SondeColumn, grid.n);
  g_autofree Extent *extents = NULL;
  gboolean is_drawn = FALSE;

  sonde_source_read_columns (source, grid.start_us, grid.end_us, grid.n, columns);
  extents = measure (columns, grid.n, frame);
  join_all (extents, columns, &grid, frame, marks);
  for (guint i = 0; i < grid.n; i++)
    {
      fill_extent (&canvas, i, extents[i], colour);
      if (columns[i].n == 0 || isnan (columns[i].last))
        continue;
      *end_x = frame->x + (i + 0.5) / frame->scale;
      *end_y = sonde_plot_frame_y (frame, columns[i].last);
      is_drawn = TRUE;
    }
  cairo_surface_mark_dirty (surface);
  return is_drawn;
}
