/* symbol-query.h: which symbols the browser shows, and in which order */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/symbol-index.h"

typedef enum
{
  SONDE_SYMBOLS_ALL,
  SONDE_SYMBOLS_DATA,      /* all but functions */
  SONDE_SYMBOLS_VARIABLES, /* that can change: not constants */
  SONDE_SYMBOLS_FUNCTIONS,
  SONDE_SYMBOLS_CONSTANTS,
} SondeSymbolSet;

typedef enum
{
  SONDE_SYMBOL_COLUMN_NONE, /* best hits first; without a search by path */
  SONDE_SYMBOL_COLUMN_PATH,
  SONDE_SYMBOL_COLUMN_TYPE,
  SONDE_SYMBOL_COLUMN_ADDRESS,
  SONDE_SYMBOL_COLUMN_SIZE,
  SONDE_SYMBOL_COLUMN_SECTION,
  SONDE_SYMBOL_COLUMN_SOURCE,
} SondeSymbolColumn;

/* What a person asks for; texts are borrowed but in a copy. */
typedef struct
{
  const char *text; /* as sonde_symbol_search_run() takes it; "": all */
  SondeSymbolSet set;
  guint memories;   /* 1 << SondeMemory or'ed; 0: any */
  guint kinds;      /* 1 << SondeKind or'ed; 0: any. An array has the kind of its elements, too */
  const char *type; /* part of the type's name; "": any */
  const char *file; /* part of the file's name; "": any */
  gboolean hides_unpolled; /* what cannot be polled */
  gboolean is_flat; /* leaves beside their roots; else roots alone, where nothing is sought */
  SondeSymbolColumn column;
  gboolean is_falling;
  guint max_hits; /* of a search */
} SondeSymbolQuery;

SondeSymbolQuery *sonde_symbol_query_copy (const SondeSymbolQuery *query);
void sonde_symbol_query_free (SondeSymbolQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSymbolQuery, sonde_symbol_query_free)
gboolean sonde_symbol_query_equal (const SondeSymbolQuery *a, const SondeSymbolQuery *b);
/** sonde_symbol_query_is_filtered: something but text and order keeps rows away. */
gboolean sonde_symbol_query_is_filtered (const SondeSymbolQuery *query);
/**
 * sonde_symbol_query_run:
 * @n_found: (out): rows before a search was cut to its best
 *
 * Pure; takes up to a second for a million rows: in a worker.
 *
 * Returns: (element-type guint32) (transfer full): numbers of @index
 */
GArray *sonde_symbol_query_run (const SondeSymbolQuery *query, SondeSymbolIndex *index,
                                guint *n_found);
