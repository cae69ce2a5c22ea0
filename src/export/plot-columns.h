/* plot-columns.h: one trace drawn as a column of pixels from min to max for each pixel of width */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "export/plot-frame.h"
#include "trace/source.h"

/**
 * sonde_plot_columns_draw:
 * @surface: ARGB32, opaque where the frame lies
 * @marks: SondeMark of the source: what lies across one is not joined
 * @end_x, @end_y: out: the newest sample in view
 *
 * Straight into the pixels: a hundred times cheaper than stroking as many lines. Returns: FALSE
 * when there is nothing in view
 */
gboolean sonde_plot_columns_draw (cairo_surface_t *surface, const SondePlotFrame *frame,
                                  SondeSource *source, const GArray *marks, SondeColour colour,
                                  double *end_x, double *end_y);
