/* name-cell.h: the first column of the watch table: expander, swatch that plots, path */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/watch-row.h"

/* The swatch activates plot.add or plot.remove with the path. */
#define SONDE_TYPE_NAME_CELL (sonde_name_cell_get_type ())
G_DECLARE_FINAL_TYPE (SondeNameCell, sonde_name_cell, SONDE, NAME_CELL, GtkWidget)

GtkWidget *sonde_name_cell_new (void);
/** sonde_name_cell_set_row: @tree_row: of a tree of SondeWatchRow; NULL empties the cell. */
void sonde_name_cell_set_row (SondeNameCell *self, GtkTreeListRow *tree_row);
