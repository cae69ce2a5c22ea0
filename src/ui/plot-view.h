/* plot-view.h: a plot of live or recorded signals: zoom, pan, hover, follow */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "export/plot-range.h"
#include "trace/source.h"

/* Legend, plot and time axis. Signals:
 *   "view-changed"                      the visible span, following or frozen changed
 *   "trace-removed" (SondeSource*)      somebody took it out by its chip; it is gone already
 *   "trace-activated" (SondeSource*)    somebody clicked its chip */
#define SONDE_TYPE_PLOT_VIEW (sonde_plot_view_get_type ())
G_DECLARE_FINAL_TYPE (SondePlotView, sonde_plot_view, SONDE, PLOT_VIEW, GtkWidget)

GtkWidget *sonde_plot_view_new (void);
/** sonde_plot_view_set_range: plots that share one have one time axis. */
void sonde_plot_view_set_range (SondePlotView *self, SondePlotRange *range);
SondePlotRange *sonde_plot_view_get_range (SondePlotView *self); /* (transfer none) */
/**
 * sonde_plot_view_add_source:
 * @slot: colour and marker, from 0; -1 takes the first that is free
 * @type: (nullable): a value is read out as this type shows it; enums and bools are drawn as steps
 * @device: (nullable): named where boards differ
 *
 * References @source. A source that is there already only gets its texts anew. Returns: the slot
 */
guint sonde_plot_view_add_source (SondePlotView *self, SondeSource *source, const char *name,
                                  const char *unit, int slot, SondeType *type, const char *device);
void sonde_plot_view_remove_source (SondePlotView *self, SondeSource *source);
gboolean sonde_plot_view_has_source (SondePlotView *self, SondeSource *source);
guint sonde_plot_view_get_n_sources (SondePlotView *self);
void sonde_plot_view_clear (SondePlotView *self);

/** sonde_plot_view_set_span_us: how much time is visible; what is followed stays followed. */
void sonde_plot_view_set_span_us (SondePlotView *self, gint64 span_us);
/** sonde_plot_view_get_visible_span: FALSE when there is nothing to show. */
gboolean sonde_plot_view_get_visible_span (SondePlotView *self, gint64 *start_us, gint64 *end_us);
/** sonde_plot_view_is_live: the right edge is the newest sample, and the view is not frozen. */
gboolean sonde_plot_view_is_live (SondePlotView *self);
void sonde_plot_view_follow (SondePlotView *self);
/** sonde_plot_view_set_frozen: the picture stands still; samples still come in. */
void sonde_plot_view_set_frozen (SondePlotView *self, gboolean is_frozen);
gboolean sonde_plot_view_get_frozen (SondePlotView *self);
/** sonde_plot_view_fit: all samples of all traces, values by themselves. */
void sonde_plot_view_fit (SondePlotView *self);
/** sonde_plot_view_set_y_mode: @low and @high count for FIXED only, where they are told apart. */
void sonde_plot_view_set_y_mode (SondePlotView *self, SondeYMode mode, double low, double high);
SondeYRange sonde_plot_view_get_y (SondePlotView *self);
/** sonde_plot_view_set_fps: most pictures a second; 30 at first. */
void sonde_plot_view_set_fps (SondePlotView *self, guint fps);
/** sonde_plot_view_back: to the view before the last zoom, pan or fit. */
gboolean sonde_plot_view_back (SondePlotView *self);
/** sonde_plot_view_add_tool: a button at the right end of the legend. */
void sonde_plot_view_add_tool (SondePlotView *self, GtkWidget *tool);
/** sonde_plot_view_dup_snapshot: (transfer full): what is seen, as an image surface. */
cairo_surface_t *sonde_plot_view_dup_snapshot (SondePlotView *self, double scale);
