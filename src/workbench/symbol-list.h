/* symbol-list.h: the symbol browser's rows: roots of the table, or what a search found */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "symbols/symbol-search.h"
#include "workbench/symbol-row.h"

/* A GListModel of SondeSymbolRow over an array of indices. Main thread; searches run in a worker
 * with a generation number. Signal "searched" after each result. */
#define SONDE_TYPE_SYMBOL_LIST (sonde_symbol_list_get_type ())
G_DECLARE_FINAL_TYPE (SondeSymbolList, sonde_symbol_list, SONDE, SYMBOL_LIST, GObject)
SondeSymbolList *sonde_symbol_list_new (void);
/** sonde_symbol_list_set_table: (nullable): builds the search index in a worker. */
void sonde_symbol_list_set_table (SondeSymbolList *self, SondeSymbolTable *table);
/** sonde_symbol_list_set_search: "" shows the roots. */
void sonde_symbol_list_set_search (SondeSymbolList *self, const char *text);
guint sonde_symbol_list_get_n_total (SondeSymbolList *self);
