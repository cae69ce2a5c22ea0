/* plot-painter.h: a plot as a picture, for the window and for files; no GTK */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "export/plot-frame.h"
#include "export/plot-points.h"
#include "export/plot-range.h"

typedef struct
{
  SondeSource *source;
  const char *unit; /* NULL where there is none */
  guint slot;       /* colour and marker, from 0 */
  SondeLineStyle style;
} SondePlotTrace;

typedef enum
{
  SONDE_PICTURE_TIME_AXIS = 1 << 0, /* the lowest of stacked plots has it */
} SondePictureFlags;

typedef struct
{
  const SondePlotTrace *traces;
  guint n_traces;
  SondePlotSpan span;
  gint64 origin_us; /* what time labels count from while not following */
  gint64 now_us;    /* as far as an open gap reaches */
  double low, high;
  double width, height, scale; /* logical pixels; device pixels for one of them */
  double reserved_px;          /* at the right end of the time axis: no labels there */
  SondeThemeFlags theme;
  SondePictureFlags flags;
  const char *font; /* as Pango has it: "Cantarell 9" */
} SondePlotPicture;

/** sonde_plot_painter_get_frame: where the data lie in the picture. */
SondePlotFrame sonde_plot_painter_get_frame (const SondePlotPicture *picture);
/** sonde_plot_painter_paint: (transfer full): an ARGB32 surface with its device scale set. */
cairo_surface_t *sonde_plot_painter_paint (const SondePlotPicture *picture);
/** sonde_plot_painter_measure: extremes of what is visible; FALSE where nothing is. */
gboolean sonde_plot_painter_measure (const SondePlotTrace *traces, guint n_traces,
                                     const SondePlotSpan *span, double *min, double *max);
