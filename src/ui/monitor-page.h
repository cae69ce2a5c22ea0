/* monitor-page.h: symbols, plot and watch table, or the welcome before there is anything */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/recent-files.h"
#include "workbench/workbench.h"

/* Properties: "is-empty" (the welcome is shown), "shows-symbols" and
 * "is-browsing" (symbols fill the page; both read, write). Actions for what is inside:
 * plot.add(path), plot.remove(path), symbols.show-in-map(address, name). */
#define SONDE_TYPE_MONITOR_PAGE (sonde_monitor_page_get_type ())
G_DECLARE_FINAL_TYPE (SondeMonitorPage, sonde_monitor_page, SONDE, MONITOR_PAGE, GtkWidget)

GtkWidget *sonde_monitor_page_new (SondeWorkbench *workbench);
gboolean sonde_monitor_page_is_empty (SondeMonitorPage *self);
/** sonde_monitor_page_set_size: of the window: symbols lie over the plot below 1000, columns give
 * way below 760. */
void sonde_monitor_page_set_size (SondeMonitorPage *self, int width_px, int height_px);
/** sonde_monitor_page_find_symbol: opens the pane, focus into its search. */
void sonde_monitor_page_find_symbol (SondeMonitorPage *self);
void sonde_monitor_page_show_recent (SondeMonitorPage *self, SondeRecentFiles *recent);
void sonde_monitor_page_export_visible (SondeMonitorPage *self);
/** sonde_monitor_page_begin_demo: watches and plots the demo's variables once its symbols are
 * there, and shows the card with hints. */
void sonde_monitor_page_begin_demo (SondeMonitorPage *self);
/** sonde_monitor_page_update: the listener changed. */
void sonde_monitor_page_update (SondeMonitorPage *self);
