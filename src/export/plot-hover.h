/* plot-hover.h: the line under the pointer and the card that reads every trace there */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "export/plot-painter.h"

/* What the pointer reads of one trace. */
typedef struct
{
  guint slot;
  const char *name;
  const char *text; /* the sample's value as text */
  const char *unit; /* NULL where there is none */
  gint64 time_us;   /* of the sample */
  double value;
} SondeHoverRow;

/** sonde_plot_hover_draw: rows may be none; then only the line and its time are drawn. @y is NAN
 * where the pointer is in a linked plot: no card then. */
void sonde_plot_hover_draw (cairo_t *cr, const SondePlotPicture *picture, const SondeHoverRow *rows,
                            guint n_rows, double x, double y);
/** sonde_plot_hover_draw_box: the rectangle of a box zoom. */
void sonde_plot_hover_draw_box (cairo_t *cr, const SondePlotPicture *picture, double x0, double y0,
                                double x1, double y1);
