/* watch-columns.h: the columns of the watch table and what their cells show */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

/* Owned by the watch view, which it serves. */
typedef struct _SondeWatchColumns SondeWatchColumns;

/** sonde_watch_columns_new: adds the columns to @view. */
SondeWatchColumns *sonde_watch_columns_new (GtkColumnView *view, SondeWorkbench *workbench);
void sonde_watch_columns_free (SondeWatchColumns *self);
/** sonde_watch_columns_refresh: ages, rates and extremes; a few times a second are enough. */
void sonde_watch_columns_refresh (SondeWatchColumns *self);
/** sonde_watch_columns_set_narrow: without Format, Min and Max. */
void sonde_watch_columns_set_narrow (SondeWatchColumns *self, gboolean is_narrow);
/** sonde_watch_columns_lookup_value: (nullable): the SondeValueCell that shows @row now. */
GtkWidget *sonde_watch_columns_lookup_value (SondeWatchColumns *self, SondeWatchRow *row);
/** sonde_watch_columns_get_row: (nullable): what the cell @widget, or one above it, shows. */
SondeWatchRow *sonde_watch_columns_get_row (GtkWidget *widget);
