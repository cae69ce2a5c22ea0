/* plot-points.h: one trace drawn sample by sample, where there are few to a pixel */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "export/plot-frame.h"
#include "trace/source.h"

typedef enum
{
  SONDE_LINE_STRAIGHT, /* from sample to sample */
  SONDE_LINE_STEPS,    /* a value holds until the next: enums, bools */
} SondeLineStyle;

/** sonde_plot_points_draw: as sonde_plot_columns_draw(), exact lines, dots where there is room. */
gboolean sonde_plot_points_draw (cairo_t *cr, const SondePlotFrame *frame, SondeSource *source,
                                 const GArray *marks, SondeLineStyle style, SondeColour colour,
                                 double *end_x, double *end_y);
