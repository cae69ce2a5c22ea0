/* symbol-cell.h: a row of the symbol browser: expander, tick, name, type */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

/* Signal "toggled" (gboolean on): the person ticked or unticked. */
#define SONDE_TYPE_SYMBOL_CELL (sonde_symbol_cell_get_type ())
G_DECLARE_FINAL_TYPE (SondeSymbolCell, sonde_symbol_cell, SONDE, SYMBOL_CELL, GtkWidget)

GtkWidget *sonde_symbol_cell_new (void);
/** sonde_symbol_cell_set_row: @tree_row: of a tree of SondeSymbolRow; NULL empties the cell. */
void sonde_symbol_cell_set_row (SondeSymbolCell *self, GtkTreeListRow *tree_row);
SondeSymbolRow *sonde_symbol_cell_get_row (SondeSymbolCell *self); /* (nullable) */
/** sonde_symbol_cell_dup_emphasis: (transfer full): the letters of the label that a search matched.
 */
PangoAttrList *sonde_symbol_cell_dup_emphasis (SondeSymbolRow *row);
/** sonde_symbol_cell_dup_tooltip: (transfer full): path, type, place, why it cannot be watched. */
char *sonde_symbol_cell_dup_tooltip (SondeSymbolRow *row);
/** sonde_symbol_cell_set_dim: @widget: shows the name of @row: dim where that cannot be watched. */
void sonde_symbol_cell_set_dim (GtkWidget *widget, SondeSymbolRow *row);
/** sonde_symbol_cell_set_ticked: shows it; does not emit. */
void sonde_symbol_cell_set_ticked (SondeSymbolCell *self, gboolean is_ticked);
