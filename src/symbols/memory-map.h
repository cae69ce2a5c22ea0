/* memory-map.h: named addresses from a CSV file or by hand */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "types/variable.h"

typedef struct
{
  const char *variable; /* the name in the file's first column */
  const char *path;     /* NULL: the same */
  guint64 address;
  guint64 count;    /* elements; more than 1: an array */
  const char *type; /* as the file spells it */
  guint64 size;     /* bytes of an element; 0: by the type's name */
  gboolean is_read_only;
  const char *unit; /* NULL or "rpm" */
  double scale;     /* 0 is taken as 1 */
  const char *description;
} SondeMapEntry;

/* Shared, immutable: atomic reference count, any thread. */
typedef struct _SondeMemoryMap SondeMemoryMap;
/* Collects entries; owned struct, one thread. */
typedef struct _SondeMapBuilder SondeMapBuilder;

SondeMapBuilder *sonde_map_builder_new (void);
void sonde_map_builder_free (SondeMapBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeMapBuilder, sonde_map_builder_free)
/**
 * sonde_map_builder_add:
 * @entry: copied; control characters in its texts become blanks
 *
 * Returns: FALSE and a SONDE_SYMBOL_ERROR whose message begins with what is wrong ("'x' is there
 * twice; rename one"): no name, a path that is there already, 0 elements, an element of more than
 * 16 bytes, or an end beyond all addresses
 */
gboolean sonde_map_builder_add (SondeMapBuilder *self, const SondeMapEntry *entry, GError **error);
/** sonde_map_builder_end: (transfer full): the finished map; @self is empty afterwards. */
SondeMemoryMap *sonde_map_builder_end (SondeMapBuilder *self);

SondeMemoryMap *sonde_memory_map_ref (SondeMemoryMap *self);
void sonde_memory_map_unref (SondeMemoryMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeMemoryMap, sonde_memory_map_unref)
/** sonde_memory_map_get_n: entries, in the order of the file. */
guint sonde_memory_map_get_n (const SondeMemoryMap *self);
/** sonde_memory_map_get: borrowed; all but unit and description are set. */
const SondeMapEntry *sonde_memory_map_get (const SondeMemoryMap *self, guint index);
/** sonde_memory_map_find: by path, else by the name in the first column; NULL where none. */
const SondeMapEntry *sonde_memory_map_find (const SondeMemoryMap *self, const char *path);
/** sonde_map_entry_dup_type: (transfer full): what the entry's type name and size say. */
SondeType *sonde_map_entry_dup_type (const SondeMapEntry *entry);
