/* plot-canvas.h: the picture of a plot-view, and what one can do to its view */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "export/plot-control.h"
#include "export/plot-painter.h"
#include "ui/plot-traces.h"

/* Internal to the plot-view, its gestures and its legend. Signal: "read": the legend's values are
 * to be shown anew: new samples came, or the pointer moved. */
#define SONDE_TYPE_PLOT_CANVAS (sonde_plot_canvas_get_type ())
G_DECLARE_FINAL_TYPE (SondePlotCanvas, sonde_plot_canvas, SONDE, PLOT_CANVAS, GtkWidget)

GtkWidget *sonde_plot_canvas_new (void);
SondePlotControl *sonde_plot_canvas_get_control (SondePlotCanvas *self); /* (transfer none) */
/** sonde_plot_canvas_get_frame: where the data lie, in logical pixels of the canvas. */
SondePlotFrame sonde_plot_canvas_get_frame (SondePlotCanvas *self);

SondePlotTraces *sonde_plot_canvas_get_traces (SondePlotCanvas *self); /* (transfer none) */
/** sonde_plot_canvas_traces_changed: after one was put or removed. */
void sonde_plot_canvas_traces_changed (SondePlotCanvas *self);
/** sonde_plot_canvas_dup_reading: (transfer full): the value under the pointer, or the newest one;
 * "" where there is none. */
char *sonde_plot_canvas_dup_reading (SondePlotCanvas *self, const SondeTraceEntry *entry);
/** sonde_plot_canvas_show_box: a box being drawn; NULL takes it away. */
void sonde_plot_canvas_show_box (SondePlotCanvas *self, const graphene_rect_t *box);
/** sonde_plot_canvas_set_pointer: NAN when it has left. */
void sonde_plot_canvas_set_pointer (SondePlotCanvas *self, double x, double y);
/** sonde_plot_canvas_set_fps: most pictures a second; 30 at first. */
void sonde_plot_canvas_set_fps (SondePlotCanvas *self, guint fps);
/** sonde_plot_canvas_paint: (transfer full) */
cairo_surface_t *sonde_plot_canvas_paint (SondePlotCanvas *self, double scale);
