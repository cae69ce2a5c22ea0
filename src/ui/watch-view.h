/* watch-view.h: the watch table with its strip: what is watched, changed, copied, removed */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

/* Rows go onto a plot by the actions plot.add and plot.remove of an ancestor (path). */
#define SONDE_TYPE_WATCH_VIEW (sonde_watch_view_get_type ())
G_DECLARE_FINAL_TYPE (SondeWatchView, sonde_watch_view, SONDE, WATCH_VIEW, GtkWidget)

void sonde_watch_view_set_workbench (SondeWatchView *self, SondeWorkbench *workbench);
/** sonde_watch_view_set_narrow: the columns that give way below 760 pixels. */
void sonde_watch_view_set_narrow (SondeWatchView *self, gboolean is_narrow);
