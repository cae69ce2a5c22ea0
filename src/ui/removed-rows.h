/* removed-rows.h: watches that were taken away and may come back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

/* Owned struct. Remembers path, rate, format, plot and place of top-level rows. */
typedef struct _SondeRemovedRows SondeRemovedRows;

/** sonde_removed_rows_new: @rows: (element-type SondeWatchRow): before they are removed; members of
 * structs among them are left out. */
SondeRemovedRows *sonde_removed_rows_new (SondeWorkbench *workbench, GPtrArray *rows);
void sonde_removed_rows_free (SondeRemovedRows *self);
guint sonde_removed_rows_get_n (SondeRemovedRows *self);
/** sonde_removed_rows_bring_back: @view: activates plot.add for what was drawn. */
void sonde_removed_rows_bring_back (SondeRemovedRows *self, GtkWidget *view);
