/* symbol-index.h: everything the symbol browser can show of one firmware, by number */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-search.h"

/* What a section is for: its colour in table and map. */
typedef enum
{
  SONDE_SECTION_OTHER,
  SONDE_SECTION_CODE,
  SONDE_SECTION_CONSTANT,
  SONDE_SECTION_DATA,   /* with values to begin with: kept in flash, too */
  SONDE_SECTION_ZEROED, /* .bss */
  SONDE_N_SECTION_KINDS,
} SondeSectionKind;

/** sonde_section_kind_of: @name: of a section of @table; "" or an unknown one: OTHER. */
SondeSectionKind sonde_section_kind_of (const SondeSymbolTable *table, const char *name);

/* What a row of the browser says, without making a variable; texts are the index's. */
typedef struct
{
  const char *path;
  const char *type_name; /* "function" of a function */
  const char *section;   /* "" where unknown */
  const char *file;      /* full path, "" where unknown */
  const char *why;       /* "" or why it cannot be polled */
  guint64 address, size;
  guint line;     /* 0: unknown */
  guint type;     /* row of the image; 0 of a function */
  SondeKind kind; /* OPAQUE of a function */
  SondeMemory memory;
  gboolean is_function, is_constant, is_root;
} SondeSymbolItem;

/* Shared, immutable: atomic reference count, any thread. Numbers below n_variables are entries of
 * the search, those behind it functions. */
typedef struct _SondeSymbolIndex SondeSymbolIndex;

/** sonde_symbol_index_new: takes its time with large tables: in a worker. */
SondeSymbolIndex *sonde_symbol_index_new (SondeSymbolTable *table);
SondeSymbolIndex *sonde_symbol_index_ref (SondeSymbolIndex *self);
void sonde_symbol_index_unref (SondeSymbolIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSymbolIndex, sonde_symbol_index_unref)
SondeSymbolTable *sonde_symbol_index_get_table (SondeSymbolIndex *self);   /* (transfer none) */
SondeSymbolSearch *sonde_symbol_index_get_search (SondeSymbolIndex *self); /* (transfer none) */
guint sonde_symbol_index_get_n_variables (const SondeSymbolIndex *self);
guint sonde_symbol_index_get_n_functions (const SondeSymbolIndex *self);
void sonde_symbol_index_get_item (const SondeSymbolIndex *self, guint id, SondeSymbolItem *item);
/** sonde_symbol_index_dup_variable: (transfer full) (nullable): NULL of a function. */
SondeVariable *sonde_symbol_index_dup_variable (SondeSymbolIndex *self, guint id);
/** sonde_symbol_index_get_order: (array length=n_variables + n_functions): all numbers by path,
 * each root right before its leaves. */
const guint32 *sonde_symbol_index_get_order (const SondeSymbolIndex *self);
/** sonde_symbol_index_find: the root variable or function at @address, of name or path @name where
 * several lie there. FALSE where none. */
gboolean sonde_symbol_index_find (const SondeSymbolIndex *self, guint64 address, const char *name,
                                  guint *id);
/** sonde_symbol_index_search_functions: appends SondeSymbolHit, unsorted; words as in
 * sonde_symbol_search_run(). */
void sonde_symbol_index_search_functions (const SondeSymbolIndex *self, const char *text,
                                          GArray *hits);
