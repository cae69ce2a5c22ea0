/* size-map.h: what fills RAM or flash, as files of symbols for the treemap */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/size-report.h"
#include "workbench/symbol-index.h"

typedef enum
{
  SONDE_SIZE_OF_RAM,
  SONDE_SIZE_OF_FLASH,
} SondeSizeMemory;

typedef struct
{
  const char *name; /* of a symbol, or of a section for what no symbol names */
  guint64 bytes, address;
  SondeSectionKind kind;
  gboolean is_rest; /* of a section */
} SondeSizeTile;

typedef struct
{
  const char *file; /* full path; "" where none is known */
  guint64 bytes;
  guint first, n; /* tiles */
} SondeSizeFile;

/* Shared, immutable: atomic reference count, any thread; texts are the table's, which it holds. */
typedef struct _SondeSizeMap SondeSizeMap;

/** sonde_size_map_new: in a worker. */
SondeSizeMap *sonde_size_map_new (SondeSymbolTable *table, SondeSizeMemory memory);
SondeSizeMap *sonde_size_map_ref (SondeSizeMap *self);
void sonde_size_map_unref (SondeSizeMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSizeMap, sonde_size_map_unref)
guint64 sonde_size_map_get_total (const SondeSizeMap *self);
/** sonde_size_map_get_share: bytes of sections of @kind. */
guint64 sonde_size_map_get_share (const SondeSizeMap *self, SondeSectionKind kind);
/** sonde_size_map_get_files: largest first; borrowed. */
const SondeSizeFile *sonde_size_map_get_files (const SondeSizeMap *self, guint *n);
/** sonde_size_map_get_tiles: largest first within their file; borrowed. */
const SondeSizeTile *sonde_size_map_get_tiles (const SondeSizeMap *self, guint *n);
/** sonde_size_map_find: the tile at @address, of @name where several lie there. FALSE where none.
 */
gboolean sonde_size_map_find (const SondeSizeMap *self, guint64 address, const char *name,
                              guint *tile);
