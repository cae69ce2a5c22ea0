/* dwarf-reader.h: units, entries (DIEs) and attributes as plain values (the one door to libdwarf)
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"

/* With libdw-dev installed <dwarf.h> is another project's file. */
#if HAVE_LIBDWARF_SUBDIR
#include <libdwarf/dwarf.h>
#else
#include <dwarf.h>
#endif

#include "symbols/elf-file.h"

/* Where an entry stands: its offset, with the top bit set in .debug_types; 0 is none. Keys rise
 * in the order in which the units are read. */
typedef guint64 SondeDieKey;

typedef struct _SondeDwarf SondeDwarf; /* owned struct, one thread */
typedef struct _SondeDie SondeDie;     /* one entry, freed by its user */

typedef enum
{
  SONDE_UNIT_COMPILE,
  SONDE_UNIT_TYPE,
  SONDE_UNIT_SKELETON, /* its contents are in another file */
} SondeUnitKind;

typedef struct
{
  SondeDieKey key; /* of the root entry */
  SondeUnitKind kind;
  guint version;
  double progress; /* 0..1: how far into the file it stands */
} SondeDwarfUnit;

/** sonde_dwarf_new: @elf must outlive it. NULL without @error: no debug information. */
SondeDwarf *sonde_dwarf_new (SondeElfFile *elf, GError **error);
void sonde_dwarf_free (SondeDwarf *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDwarf, sonde_dwarf_free)

/**
 * sonde_dwarf_next_unit:
 *
 * Returns: (transfer full) (nullable): the unit's root; NULL at the end, and with @error where what
 * follows cannot be read
 */
SondeDie *sonde_dwarf_next_unit (SondeDwarf *self, SondeDwarfUnit *unit, GError **error);
/** sonde_dwarf_dup_die: (transfer full) (nullable). */
SondeDie *sonde_dwarf_dup_die (SondeDwarf *self, SondeDieKey key);
/** sonde_dwarf_get_file: name number @index of the unit whose root is @unit, as far as the unit
 * tells it; (nullable). */
const char *sonde_dwarf_get_file (SondeDwarf *self, SondeDieKey unit, guint64 index);
/** sonde_dwarf_get_memory: keyed by SondeDieKey: what somebody read before and may need again;
 * values are freed with @free_value. One user: dwarf-shape. */
GHashTable *sonde_dwarf_get_memory (SondeDwarf *self, GDestroyNotify free_value);
/** sonde_dwarf_take_failure: TRUE where reading entries failed since the last call. */
gboolean sonde_dwarf_take_failure (SondeDwarf *self);

/** sonde_die_dup_child / dup_next: (transfer full) (nullable). */
SondeDie *sonde_die_dup_child (SondeDwarf *self, SondeDie *die);
SondeDie *sonde_die_dup_next (SondeDwarf *self, SondeDie *die);
void sonde_die_free (SondeDwarf *self, SondeDie *die);

guint sonde_die_get_tag (SondeDie *die);
SondeDieKey sonde_die_get_key (SondeDie *die);
/** sonde_dwarf_get_address_size: bytes, of the unit being read. */
guint sonde_dwarf_get_address_size (SondeDwarf *self);
int sonde_dwarf_get_byte_order (SondeDwarf *self);

/* For dwarf-attributes, the other file behind libdwarf's door. */
#define SONDE_IN_TYPES (G_GUINT64_CONSTANT (1) << 63)
/** sonde_dwarf_get_debug: libdwarf's handle. */
gpointer sonde_dwarf_get_debug (SondeDwarf *self);
/** sonde_dwarf_is_ok: of a call's @result; frees libdwarf's @failure and notes it where there is
 * one. */
gboolean sonde_dwarf_is_ok (SondeDwarf *self, int result, gpointer failure);
