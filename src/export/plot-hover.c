/* plot-hover.c: the line under the pointer and the card that reads every trace there */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plot-hover.h"

#include <math.h>

#include "export/plot-axis.h"
#include "export/plot-text.h"

#define OFFSET_PX 14
#define ROW_PX 20
#define RADIUS_PX 8
#define PADDING_PX 10
#define SWATCH_PX 20
#define GAP_PX 12
#define FLAG_PX 20

static void
add_rounded (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
set_ink (cairo_t *cr, const SondePlotPicture *picture, SondeInk ink)
{
  sonde_plot_theme_set_source (cr, sonde_plot_theme_get_ink (picture->theme, ink));
}

/* Time under the pointer, as far from now as the axis below counts. */
static void
draw_flag (cairo_t *cr, const SondePlotPicture *picture, const SondePlotFrame *frame, double x)
{
  const SondeTextStyle style = { picture->font, SONDE_TEXT_BOLD, 0.5, 0 };
  const gint64 origin_us
      = picture->span.is_following ? sonde_plot_frame_end_us (frame) : picture->origin_us;
  const gint64 offset_us = sonde_plot_frame_time (frame, x) - origin_us;
  const gint64 span_us = MAX (frame->span_ns / 1000, 1);
  const gint64 step_us = (gint64) MAX (sonde_axis_step ((double) span_us / frame->width, 1), 1);
  const gint64 reach_us = MAX (ABS (offset_us), span_us);
  g_autofree char *label
      = sonde_time_axis_label (offset_us / step_us * step_us, MIN (step_us, reach_us), reach_us);
  const double width = sonde_plot_text_measure (cr, &style, label) + 12;
  const double left = CLAMP (x - width / 2, 0, MAX (picture->width - width, 0));
  const double top = frame->y + frame->height + 8;

  add_rounded (cr, left, top, width, FLAG_PX, 5);
  cairo_set_source_rgba (cr, 0.2, 0.2, 0.2, 1);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  sonde_plot_text_draw (cr, &style, label, left + width / 2, top + FLAG_PX / 2.0);
}

static void
draw_markers (cairo_t *cr, const SondePlotPicture *picture, const SondePlotFrame *frame,
              const SondeHoverRow *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      const double x = sonde_plot_frame_x (frame, rows[i].time_us);
      const double y = sonde_plot_frame_y (frame, rows[i].value);

      if (!(y >= frame->y && y <= frame->y + frame->height) || x < frame->x
          || x > frame->x + frame->width)
        continue;
      set_ink (cr, picture, SONDE_INK_BACKGROUND);
      cairo_arc (cr, x, y, 6, 0, 2 * G_PI);
      cairo_fill (cr);
      sonde_plot_theme_set_source (cr, sonde_plot_theme_get_trace (picture->theme, rows[i].slot));
      sonde_plot_theme_draw_marker (cr, rows[i].slot, x, y, 3.8);
    }
}

typedef struct
{
  double name, value, unit; /* widths of the columns */
} CardColumns;

static CardColumns
measure_card (cairo_t *cr, const SondePlotPicture *picture, const SondeHoverRow *rows, guint n_rows)
{
  const SondeTextStyle plain = { picture->font, SONDE_TEXT_PLAIN, 0, 0 };
  const SondeTextStyle bold = { picture->font, SONDE_TEXT_BOLD, 0, 0 };
  CardColumns columns = { 0, 0, 0 };

  for (guint i = 0; i < n_rows; i++)
    {
      columns.name = MAX (columns.name, sonde_plot_text_measure (cr, &plain, rows[i].name));
      columns.value = MAX (columns.value, sonde_plot_text_measure (cr, &bold, rows[i].text));
      if (rows[i].unit != NULL)
        columns.unit = MAX (columns.unit, sonde_plot_text_measure (cr, &plain, rows[i].unit));
    }
  return columns;
}

static void
draw_card_back (cairo_t *cr, const SondePlotPicture *picture, double x, double y, double width,
                double height)
{
  add_rounded (cr, x - 1, y, width + 2, height + 2, RADIUS_PX);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.10);
  cairo_fill (cr);
  add_rounded (cr, x, y, width, height, RADIUS_PX);
  if ((picture->theme & SONDE_THEME_DARK) != 0)
    cairo_set_source_rgb (cr, 0.22, 0.22, 0.22);
  else
    cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill_preserve (cr);
  set_ink (cr, picture, SONDE_INK_ZERO);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
draw_card_row (cairo_t *cr, const SondePlotPicture *picture, const SondeHoverRow *row,
               const CardColumns *columns, double x, double y)
{
  const SondeTextStyle plain = { picture->font, SONDE_TEXT_PLAIN, 0, 0 };
  const SondeTextStyle bold = { picture->font, SONDE_TEXT_BOLD, 1, 0 };
  const double value_end = x + SWATCH_PX + columns->name + GAP_PX + columns->value;

  sonde_plot_theme_set_source (cr, sonde_plot_theme_get_trace (picture->theme, row->slot));
  sonde_plot_theme_draw_marker (cr, row->slot, x + 5, y, 4);
  set_ink (cr, picture, SONDE_INK_TEXT);
  sonde_plot_text_draw (cr, &plain, row->name, x + SWATCH_PX, y);
  sonde_plot_text_draw (cr, &bold, row->text, value_end, y);
  if (row->unit != NULL)
    sonde_plot_text_draw (cr, &plain, row->unit, value_end + 6, y);
}

/* Beside the pointer where there is room, else on its other side. */
static void
draw_card (cairo_t *cr, const SondePlotPicture *picture, const SondeHoverRow *rows, guint n_rows,
           double x, double y)
{
  const CardColumns columns = measure_card (cr, picture, rows, n_rows);
  const double width = 2 * PADDING_PX + SWATCH_PX + columns.name + GAP_PX + columns.value
                       + (columns.unit > 0 ? columns.unit + 6 : 0);
  const double height = n_rows * ROW_PX + PADDING_PX;
  const double left = x - OFFSET_PX - width >= 0 ? x - OFFSET_PX - width
                                                 : MIN (x + OFFSET_PX, picture->width - width);
  const double top = CLAMP (y + OFFSET_PX, 0, MAX (picture->height - height, 0));

  draw_card_back (cr, picture, round (left) + 0.5, round (top) + 0.5, round (width), height);
  for (guint i = 0; i < n_rows; i++)
    draw_card_row (cr, picture, &rows[i], &columns, round (left) + PADDING_PX,
                   round (top) + PADDING_PX / 2.0 + (i + 0.5) * ROW_PX);
}

void
sonde_plot_hover_draw (cairo_t *cr, const SondePlotPicture *picture, const SondeHoverRow *rows,
                       guint n_rows, double x, double y)
{
  const SondePlotFrame frame = sonde_plot_painter_get_frame (picture);

  if (x < frame.x || x > frame.x + frame.width)
    return;
  set_ink (cr, picture, SONDE_INK_HOVER);
  cairo_rectangle (cr, floor (x), frame.y, 1, frame.height);
  cairo_fill (cr);
  draw_markers (cr, picture, &frame, rows, n_rows);
  if ((picture->flags & SONDE_PICTURE_TIME_AXIS) != 0)
    draw_flag (cr, picture, &frame, x);
  if (n_rows > 0 && !isnan (y))
    draw_card (cr, picture, rows, n_rows, x, y);
}

void
sonde_plot_hover_draw_box (cairo_t *cr, const SondePlotPicture *picture, double x0, double y0,
                           double x1, double y1)
{
  cairo_rectangle (cr, floor (MIN (x0, x1)) + 0.5, floor (MIN (y0, y1)) + 0.5,
                   floor (fabs (x1 - x0)), floor (fabs (y1 - y0)));
  set_ink (cr, picture, SONDE_INK_SELECTION);
  cairo_fill_preserve (cr);
  set_ink (cr, picture, SONDE_INK_CURSOR);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}
