/* plot-legend.h: a chip for each trace of a plot: swatch, name, value, unit */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot-canvas.h"

/* Signals: "activated" (SondeSource*), "removed" (SondeSource*): asked for; the owner does it. */
#define SONDE_TYPE_PLOT_LEGEND (sonde_plot_legend_get_type ())
G_DECLARE_FINAL_TYPE (SondePlotLegend, sonde_plot_legend, SONDE, PLOT_LEGEND, GtkWidget)

/** sonde_plot_legend_new: @canvas is what it reads from; referenced. */
GtkWidget *sonde_plot_legend_new (SondePlotCanvas *canvas);
/** sonde_plot_legend_rebuild: after traces came, went or changed their texts. */
void sonde_plot_legend_rebuild (SondePlotLegend *self);
