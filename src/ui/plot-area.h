/* plot-area.h: the plot with its strip, and what stands there while there is nothing to draw */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

#define SONDE_TYPE_PLOT_AREA (sonde_plot_area_get_type ())
G_DECLARE_FINAL_TYPE (SondePlotArea, sonde_plot_area, SONDE, PLOT_AREA, GtkWidget)

void sonde_plot_area_set_workbench (SondePlotArea *self, SondeWorkbench *workbench);
/** sonde_plot_area_update: the listener or the board changed. */
void sonde_plot_area_update (SondePlotArea *self);
/** sonde_plot_area_add: watches @path if nobody does yet, and draws it. */
void sonde_plot_area_add (SondePlotArea *self, const char *path);
void sonde_plot_area_remove (SondePlotArea *self, const char *path);
/** sonde_plot_area_export_visible: asks where to, writes what the plot shows as CSV. */
void sonde_plot_area_export_visible (SondePlotArea *self);
