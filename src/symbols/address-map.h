/* address-map.h: symbol table, memory map and raw addresses: a path becomes a variable, or why not
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/memory-map.h"
#include "symbols/symbol-table.h"

/* Shared, immutable: atomic reference count, any thread. */
typedef struct _SondeAddressMap SondeAddressMap;

/** sonde_address_map_new: @table may be NULL: then only raw addresses resolve. */
SondeAddressMap *sonde_address_map_new (SondeSymbolTable *table);
/**
 * sonde_address_map_new_full:
 * @table: (nullable)
 * @entries: (nullable): CSV and hand-made entries; a path that @table knows is @table's, and the
 * entry of that path adds its unit, scale, description and access
 */
SondeAddressMap *sonde_address_map_new_full (SondeSymbolTable *table, SondeMemoryMap *entries);
SondeAddressMap *sonde_address_map_ref (SondeAddressMap *self);
void sonde_address_map_unref (SondeAddressMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeAddressMap, sonde_address_map_unref)
SondeSymbolTable *
sonde_address_map_get_table (SondeAddressMap *self); /* (transfer none) (nullable) */
SondeMemoryMap *
sonde_address_map_get_entries (SondeAddressMap *self); /* (transfer none) (nullable) */
/**
 * sonde_address_map_resolve:
 * @path: of the table or of an entry, with slices ("adc[0..3]") anywhere, pointers, casts and raw
 * places as sonde_expression_resolve() takes them; also "0x20000100:u8[0..15]"
 *
 * Returns: (element-type SondeVariable) (transfer full): what @path means, one or more (slice);
 * what cannot be polled is an error that says why
 */
GPtrArray *sonde_address_map_resolve (SondeAddressMap *self, const char *path, GError **error);
/** sonde_address_map_get_memory: which kind of memory holds @size bytes at @address. */
SondeMemory sonde_address_map_get_memory (SondeAddressMap *self, guint64 address, guint64 size);
/** sonde_address_map_dup_described: (transfer full): @variable itself, or with what the memory map
 * says of its path: unit, scale, description, access. resolve() has done so already; children
 * opened from what it found have not. */
SondeVariable *sonde_address_map_dup_described (SondeAddressMap *self, SondeVariable *variable);
