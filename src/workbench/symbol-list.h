/* symbol-list.h: the symbol browser's rows: roots of the table, or what was asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "workbench/symbol-query.h"
#include "workbench/symbol-row.h"

/* A GListModel of SondeSymbolRow over an array of numbers. Main thread; the index is built, and
 * queries run, in a worker, one at a time; only the newest result is shown. Signals: "searched"
 * after each result, "indexed" when an index is there or gone. */
#define SONDE_TYPE_SYMBOL_LIST (sonde_symbol_list_get_type ())
G_DECLARE_FINAL_TYPE (SondeSymbolList, sonde_symbol_list, SONDE, SYMBOL_LIST, GObject)
SondeSymbolList *sonde_symbol_list_new (void);
/** sonde_symbol_list_new_beside: shows the firmware of @first in its own way; asks nothing before
 * it is made active. */
SondeSymbolList *sonde_symbol_list_new_beside (SondeSymbolList *first);
/** sonde_symbol_list_set_active: while FALSE it is empty and costs nothing. */
void sonde_symbol_list_set_active (SondeSymbolList *self, gboolean is_active);
/** sonde_symbol_list_set_table: (nullable): builds the index in a worker. */
void sonde_symbol_list_set_table (SondeSymbolList *self, SondeSymbolTable *table);
/** sonde_symbol_list_set_entries: (element-type SondeVariable) (nullable): added by hand: a group
 * on top, found by their names. */
void sonde_symbol_list_set_entries (SondeSymbolList *self, GPtrArray *entries);
/** sonde_symbol_list_set_firmware: both at once: the rows change once. */
void sonde_symbol_list_set_firmware (SondeSymbolList *self, SondeSymbolTable *table,
                                     GPtrArray *entries);
/** sonde_symbol_list_set_search: "" shows the roots. */
void sonde_symbol_list_set_search (SondeSymbolList *self, const char *text);
/** sonde_symbol_list_set_query: a copy is kept. */
void sonde_symbol_list_set_query (SondeSymbolList *self, const SondeSymbolQuery *query);
const SondeSymbolQuery *sonde_symbol_list_get_query (SondeSymbolList *self);
SondeSymbolIndex *sonde_symbol_list_get_index (SondeSymbolList *self); /* (nullable) */
/** sonde_symbol_list_get_n_total: root variables of the table. */
guint sonde_symbol_list_get_n_total (SondeSymbolList *self);
/** sonde_symbol_list_get_n_found: rows before a search was cut to its best. */
guint sonde_symbol_list_get_n_found (SondeSymbolList *self);
/** sonde_symbol_list_is_busy: a newer result is on its way. */
gboolean sonde_symbol_list_is_busy (SondeSymbolList *self);
/** sonde_symbol_list_find: where number @id of the index stands now. */
gboolean sonde_symbol_list_find (SondeSymbolList *self, guint id, guint *position);
