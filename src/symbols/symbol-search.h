/* symbol-search.h: fuzzy, ranked search over a symbol table, members of structs included */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-match.h"
#include "symbols/symbol-table.h"

/* Leaves and roots of the table as search text, built once in a worker: arrays contribute at most
 * 64 elements each. Immutable, any thread. */
typedef struct _SondeSymbolSearch SondeSymbolSearch;

SondeSymbolSearch *sonde_symbol_search_new (SondeSymbolTable *table);
SondeSymbolSearch *sonde_symbol_search_ref (SondeSymbolSearch *self);
void sonde_symbol_search_unref (SondeSymbolSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSymbolSearch, sonde_symbol_search_unref)
guint sonde_symbol_search_get_n (const SondeSymbolSearch *self);
/**
 * sonde_symbol_search_run:
 * @text: fuzzy letters ("mpidint"), "0x2000.." an address, ":float" a type; parts parted by blanks
 * must all match
 * @max: at most so many hits
 *
 * Returns: (element-type SondeSymbolHit) (transfer full): best first; index is an entry of this
 * search
 */
GArray *sonde_symbol_search_run (SondeSymbolSearch *self, const char *text, guint max);
const char *sonde_symbol_search_get_path (const SondeSymbolSearch *self, guint index);
/** sonde_symbol_search_dup_variable: (transfer full). */
SondeVariable *sonde_symbol_search_dup_variable (SondeSymbolSearch *self, guint index);
