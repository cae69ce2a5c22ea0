/* symbols-pane.h: what the firmware holds: search, tree, ticks */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

#define SONDE_TYPE_SYMBOLS_PANE (sonde_symbols_pane_get_type ())
G_DECLARE_FINAL_TYPE (SondeSymbolsPane, sonde_symbols_pane, SONDE, SYMBOLS_PANE, GtkWidget)

void sonde_symbols_pane_set_workbench (SondeSymbolsPane *self, SondeWorkbench *workbench);
/** sonde_symbols_pane_find: focus into the search entry, its text selected. */
void sonde_symbols_pane_find (SondeSymbolsPane *self);
/** sonde_symbols_pane_get_search: what is searched. */
const char *sonde_symbols_pane_get_search (SondeSymbolsPane *self);
