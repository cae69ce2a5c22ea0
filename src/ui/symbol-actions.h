/* symbol-actions.h: what can be done with symbols, in the pane and in the full view alike */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

/* Owned struct. Actions "symbol.*" on the widget it was made for, for the rows that are selected;
 * a menu with them. Plots through "plot.add", shows in the map through "symbols.show-in-map" of a
 * widget around. */
typedef struct _SondeSymbolActions SondeSymbolActions;

SondeSymbolActions *sonde_symbol_actions_new (GtkWidget *owner, SondeWorkbench *workbench);
void sonde_symbol_actions_free (SondeSymbolActions *self);
/** sonde_symbol_actions_set_selection: borrowed: of SondeSymbolRow or of tree rows of them. */
void sonde_symbol_actions_set_selection (SondeSymbolActions *self, GtkMultiSelection *selection);
/** sonde_symbol_actions_popup_at: the menu of the rows that are selected, at a place of @widget. */
void sonde_symbol_actions_popup_at (SondeSymbolActions *self, GtkWidget *widget, double x,
                                    double y);
gboolean sonde_symbol_actions_is_ticked (SondeSymbolActions *self, SondeSymbolRow *row);
/** sonde_symbol_actions_tick: with several rows selected, @row among them, all of them follow. */
void sonde_symbol_actions_tick (SondeSymbolActions *self, SondeSymbolRow *row, gboolean wanted);
