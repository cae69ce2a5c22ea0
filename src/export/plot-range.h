/* plot-range.h: which span of time a plot shows: follow, zoom, pan, fit, and the way back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/* Nanoseconds since the epoch: at the deepest zoom a pixel is far less than a microsecond. */
#define SONDE_PLOT_MIN_SPAN_NS G_GINT64_CONSTANT (10000)                    /* 10 us */
#define SONDE_PLOT_MAX_SPAN_NS G_GINT64_CONSTANT (100 * 86400 * 1000000000) /* 100 days */

typedef struct
{
  gint64 start_ns;
  gint64 span_ns;
  gboolean is_following; /* the right edge is the newest sample */
} SondePlotSpan;

/* Shared by all plots with one time axis; main thread. Signal: "changed". */
#define SONDE_TYPE_PLOT_RANGE (sonde_plot_range_get_type ())
G_DECLARE_FINAL_TYPE (SondePlotRange, sonde_plot_range, SONDE, PLOT_RANGE, GObject)

/** sonde_plot_range_new: follows, 10 s wide. */
SondePlotRange *sonde_plot_range_new (void);
/**
 * sonde_plot_range_get_span:
 * @width_px: of the plot; 0 where it does not matter
 *
 * While following the span is whole pixels of whole microseconds, on a grid that does not move:
 * otherwise a streaming signal shimmers. Else it is exact.
 */
SondePlotSpan sonde_plot_range_get_span (SondePlotRange *self, guint width_px);
/** sonde_plot_range_set_span: @span may follow; clamped to what can be shown. */
void sonde_plot_range_set_span (SondePlotRange *self, SondePlotSpan span);
/** sonde_plot_range_set_newest: where the right edge is while following; no signal. */
void sonde_plot_range_set_newest (SondePlotRange *self, gint64 newest_us);
/** sonde_plot_range_get_origin: the time that axis labels count from: the newest sample while
 * following, then where it was when following ended: labels stand still under a still view. */
gint64 sonde_plot_range_get_origin (SondePlotRange *self);
gboolean sonde_plot_range_is_following (SondePlotRange *self);
/** sonde_plot_range_follow: keeps the width. */
void sonde_plot_range_follow (SondePlotRange *self);
/**
 * sonde_plot_range_zoom:
 * @factor: below 1 shows less time
 * @fraction: 0 (left) .. 1 (right): what is there stays there
 *
 * Ends following, but for zooms at the right edge itself.
 */
void sonde_plot_range_zoom (SondePlotRange *self, double factor, double fraction, guint width_px);
/** sonde_plot_range_pan: by @fraction of the width to later times; ends following. */
void sonde_plot_range_pan (SondePlotRange *self, double fraction, guint width_px);
/** sonde_plot_range_fit: all from @first_us to @last_us, with a little room; ends following. */
void sonde_plot_range_fit (SondePlotRange *self, gint64 first_us, gint64 last_us);

/* How values are placed; one for each axis. */
typedef enum
{
  SONDE_Y_AUTO,  /* what is visible */
  SONDE_Y_FIXED, /* as set, whatever comes */
  SONDE_Y_GROW,  /* never shrinks */
} SondeYMode;

typedef struct
{
  SondeYMode mode;
  double low, high;
} SondeYRange;

/** sonde_y_range_update: takes in the extremes of what is visible; ends lie on whole ticks and move
 * in only when much room is left: an axis that breathes cannot be read. */
void sonde_y_range_update (SondeYRange *self, double min, double max);
/** sonde_y_range_zoom: fixes the range. @fraction 0 (low) .. 1 (high) stays. */
void sonde_y_range_zoom (SondeYRange *self, double factor, double fraction);

/* Views to go back to, newest last; an owned struct. */
typedef struct
{
  SondePlotSpan span;
  SondeYRange y;
} SondePlotLook;

typedef struct _SondePlotHistory SondePlotHistory;
SondePlotHistory *sonde_plot_history_new (void);
void sonde_plot_history_free (SondePlotHistory *self);
/** sonde_plot_history_push: before a change; the same look twice counts once; the oldest of more
 * than 100 is forgotten. */
void sonde_plot_history_push (SondePlotHistory *self, const SondePlotLook *look);
/** sonde_plot_history_pop: FALSE when there is no way back. */
gboolean sonde_plot_history_pop (SondePlotHistory *self, SondePlotLook *look);
