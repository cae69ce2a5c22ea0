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

/* One of what is searched, by rows of the table's image. */
typedef struct
{
  const char *path;
  guint root; /* variable of the table */
  guint type; /* row of the image */
  guint64 address;
  gboolean is_root; /* else a leaf below it */
} SondeSymbolEntry;

/** sonde_symbol_search_get_entry: in the order of the table, each root before its leaves; borrowed.
 */
void sonde_symbol_search_get_entry (const SondeSymbolSearch *self, guint index,
                                    SondeSymbolEntry *entry);
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

/* Whether a row is wanted at all, apart from its letters. Called in the caller's thread. */
typedef gboolean (*SondeSymbolAccept) (const SondeSymbolSearch *self, guint index, gpointer data);

/** sonde_symbol_search_run_where: likewise, of those that @accept wants (NULL: all). @n_found:
 * (out): hits before they were cut to @max. */
GArray *sonde_symbol_search_run_where (SondeSymbolSearch *self, const char *text, guint max,
                                       SondeSymbolAccept accept, gpointer data, guint *n_found);
const char *sonde_symbol_search_get_path (const SondeSymbolSearch *self, guint index);
/** sonde_symbol_search_dup_variable: (transfer full). */
SondeVariable *sonde_symbol_search_dup_variable (SondeSymbolSearch *self, guint index);
