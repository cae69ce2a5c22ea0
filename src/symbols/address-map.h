/* address-map.h: symbol table and hand-made entries: a path becomes a variable, or why not */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-table.h"

/* Shared, immutable: atomic reference count, any thread. (The memory-map CSV joins with its issue.)
 */
typedef struct _SondeAddressMap SondeAddressMap;

/** sonde_address_map_new: @table may be NULL: then only raw addresses resolve. */
SondeAddressMap *sonde_address_map_new (SondeSymbolTable *table);
SondeAddressMap *sonde_address_map_ref (SondeAddressMap *self);
void sonde_address_map_unref (SondeAddressMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeAddressMap, sonde_address_map_unref)
SondeSymbolTable *
sonde_address_map_get_table (SondeAddressMap *self); /* (transfer none) (nullable) */
/**
 * sonde_address_map_resolve:
 * @path: cli.md section 3: a path of the table, a slice "adc[0..3]", or a raw place
 * "0x20000100:u32" (u8 s8 u16 s16 u32 s32 u64 s64 f32 f64)
 *
 * Returns: (element-type SondeVariable) (transfer full): what @path means, one or more (slice);
 * what cannot be polled is an error that says why
 */
GPtrArray *sonde_address_map_resolve (SondeAddressMap *self, const char *path, GError **error);
/** sonde_address_map_get_memory: which kind of memory holds @size bytes at @address. */
SondeMemory sonde_address_map_get_memory (SondeAddressMap *self, guint64 address, guint64 size);
