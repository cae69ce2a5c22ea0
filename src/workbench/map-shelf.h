/* map-shelf.h: memory maps from CSV files that stand beside the ELF, and the way back into a file
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/address-map.h"
#include "symbols/map-csv.h"
#include "symbols/symbol-table.h"

/* Owned struct, main thread; files are read and written in workers. */
typedef struct _SondeMapShelf SondeMapShelf;

typedef struct
{
  void (*changed) (gpointer user_data);               /* there are other entries */
  void (*say) (const char *text, gpointer user_data); /* a sentence for a person */
} SondeMapShelfHandler;

/** sonde_map_shelf_new: @handler must be static. */
SondeMapShelf *sonde_map_shelf_new (const SondeMapShelfHandler *handler, gpointer user_data);
/** sonde_map_shelf_free: what is under way is not reported any more. */
void sonde_map_shelf_free (SondeMapShelf *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeMapShelf, sonde_map_shelf_free)
/** sonde_map_shelf_open: adds the names of a CSV file; one that is there already takes the newer
 * place. What was refused is in the log. */
void sonde_map_shelf_open (SondeMapShelf *self, const char *path);
/** sonde_map_shelf_add: one entry, made by hand; "changed" follows. FALSE and @error where it is
 * refused. */
gboolean sonde_map_shelf_add (SondeMapShelf *self, const SondeMapEntry *entry, GError **error);
SondeMemoryMap *sonde_map_shelf_get_entries (SondeMapShelf *self); /* (transfer none) (nullable) */
/** sonde_map_shelf_dup_variables: (element-type SondeVariable) (transfer full): the entries as
 * variables of the board that @map is of. */
GPtrArray *sonde_map_shelf_dup_variables (SondeMapShelf *self, SondeAddressMap *map);
/** sonde_map_shelf_save: all of @table (nullable), then the entries that it does not know. */
void sonde_map_shelf_save (SondeMapShelf *self, SondeSymbolTable *table, const char *path,
                           SondeMapFormat format);
