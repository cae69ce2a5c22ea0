/* plot-control.h: what a person does to the view of a plot, and the way back; no GTK */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "export/plot-range.h"

/* One for each plot; main thread. Plots that share a range have one time axis. Places are fractions
 * of the plot: 0 left or low, 1 right or high. Each call remembers the look before it, unless it
 * says otherwise. Signal: "changed" (also when another plot changed the range). */
#define SONDE_TYPE_PLOT_CONTROL (sonde_plot_control_get_type ())
G_DECLARE_FINAL_TYPE (SondePlotControl, sonde_plot_control, SONDE, PLOT_CONTROL, GObject)

SondePlotControl *sonde_plot_control_new (void);
void sonde_plot_control_set_range (SondePlotControl *self, SondePlotRange *range);
SondePlotRange *sonde_plot_control_get_range (SondePlotControl *self); /* (transfer none) */
/** sonde_plot_control_set_width: of the plot in device pixels: what the span is rounded to while
 * following. Nothing is remembered, no signal. */
void sonde_plot_control_set_width (SondePlotControl *self, guint width_px);
SondePlotSpan sonde_plot_control_get_span (SondePlotControl *self);
/** sonde_plot_control_set_span: of time, in nanoseconds; what is followed stays followed. */
void sonde_plot_control_set_span (SondePlotControl *self, gint64 span_ns);
SondeYRange sonde_plot_control_get_y (SondePlotControl *self);
void sonde_plot_control_set_y (SondePlotControl *self, SondeYRange y);
/** sonde_plot_control_take_extremes: of what is visible; nothing is remembered, no signal. */
void sonde_plot_control_take_extremes (SondePlotControl *self, double min, double max);

void sonde_plot_control_zoom_time (SondePlotControl *self, double factor, double fraction);
void sonde_plot_control_zoom_value (SondePlotControl *self, double factor, double fraction);
void sonde_plot_control_zoom_box (SondePlotControl *self, double left, double right, double low,
                                  double high);
void sonde_plot_control_pan_time (SondePlotControl *self, double fraction);
void sonde_plot_control_pan_value (SondePlotControl *self, double fraction);
/** sonde_plot_control_drag_time: from @look, which was there when the drag began; nothing is
 * remembered. */
void sonde_plot_control_drag_time (SondePlotControl *self, const SondePlotLook *look,
                                   double fraction);
SondePlotLook sonde_plot_control_get_look (SondePlotControl *self);
void sonde_plot_control_remember (SondePlotControl *self);
void sonde_plot_control_follow (SondePlotControl *self);
/** sonde_plot_control_fit: all there is, values by themselves. */
void sonde_plot_control_fit (SondePlotControl *self, gint64 first_us, gint64 last_us);
/** sonde_plot_control_back: FALSE when there is no way back. */
gboolean sonde_plot_control_back (SondePlotControl *self);
/** sonde_plot_control_set_frozen: the view stands still, whatever comes in; thawed, it follows
 * again if it did before. Nothing is remembered. */
void sonde_plot_control_set_frozen (SondePlotControl *self, gboolean is_frozen);
gboolean sonde_plot_control_get_frozen (SondePlotControl *self);
