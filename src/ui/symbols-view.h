/* symbols-view.h: symbols in full size: all columns, filters, what fills the memories */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

/* Action "symbols.show-in-map" (address, name) for what is inside. */
#define SONDE_TYPE_SYMBOLS_VIEW (sonde_symbols_view_get_type ())
G_DECLARE_FINAL_TYPE (SondeSymbolsView, sonde_symbols_view, SONDE, SYMBOLS_VIEW, GtkWidget)

void sonde_symbols_view_set_workbench (SondeSymbolsView *self, SondeWorkbench *workbench);
/** sonde_symbols_view_set_shown: while it is not on show it asks nothing. @text: (nullable): what
 * to search for at first. */
void sonde_symbols_view_set_shown (SondeSymbolsView *self, gboolean is_shown, const char *text);
/** sonde_symbols_view_set_narrow: one of table and map at a time, fewer columns. */
void sonde_symbols_view_set_narrow (SondeSymbolsView *self, gboolean is_narrow,
                                    gboolean is_very_narrow);
void sonde_symbols_view_find (SondeSymbolsView *self);
void sonde_symbols_view_show_in_map (SondeSymbolsView *self, guint64 address, const char *name);
