/* value-cell.h: a value in the watch table: shown, flashing, dimmed, edited in place */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

#define SONDE_TYPE_VALUE_CELL (sonde_value_cell_get_type ())
G_DECLARE_FINAL_TYPE (SondeValueCell, sonde_value_cell, SONDE, VALUE_CELL, GtkWidget)

GtkWidget *sonde_value_cell_new (SondeWorkbench *workbench);
/** sonde_value_cell_set_row: NULL empties the cell and ends an edit. */
void sonde_value_cell_set_row (SondeValueCell *self, SondeWatchRow *row);
/** sonde_value_cell_edit: an entry, the list of an enum, or the other way round of a bool. Says why
 * where that cannot be. */
void sonde_value_cell_edit (SondeValueCell *self);
gboolean sonde_value_cell_is_editing (SondeValueCell *self);
