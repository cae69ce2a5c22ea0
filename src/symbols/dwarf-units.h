/* dwarf-units.h: the units of a file's debug information, and the sections they point into */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-abbreviations.h"
#include "symbols/elf-debug.h"

/* Where an entry stands: its offset, with the top bit set in .debug_types; 0 is none. Keys rise
 * in the order in which the units are read. */
typedef guint64 SondeDieKey;
#define SONDE_IN_TYPES (G_GUINT64_CONSTANT (1) << 63)

typedef enum
{
  SONDE_UNIT_COMPILE,
  SONDE_UNIT_PARTIAL, /* what several units share */
  SONDE_UNIT_TYPE,
  SONDE_UNIT_SKELETON, /* its contents are in another file */
} SondeUnitKind;

typedef struct
{
  SondeDieKey start, root, end; /* head, first entry, what follows */
  SondeUnitKind kind;
  SondeFormLayout layout;
  guint16 version;
  guint8 is_prepared;
  guint8 is_remeasured; /* its length was wrong: it ends where the next one begins */
  guint64 abbreviations_at;
  guint64 signature, type_at;        /* of type units */
  guint64 str_offsets_at, addr_at;   /* where its indexes count from */
  SondeAbbreviations *abbreviations; /* owned by the list; NULL before it is prepared */
  const char *problem;               /* NULL: it can be read */
} SondeDwarfUnit;

/* The debug information of one file; owned struct, one thread. Fields are for dwarf-*.c. */
typedef struct
{
  SondeElfFile *elf; /* borrowed */
  SondeElfDebug *debug;
  SondeSpan info, types, abbrev, addr, line, str_offsets;
  SondeSpan str, line_str; /* cut behind their last NUL: each text in them ends */
  gboolean swap;
  GArray *units;          /* SondeDwarfUnit, rising by start */
  GHashTable *tables;     /* where and how -> SondeAbbreviations */
  GHashTable *signatures; /* guint64 -> index of the unit + 1 */
  guint64 n_specs_left;   /* what tables may still take */
  guint last_unit;        /* the one found last */
  guint n_searches;       /* for the next unit behind a wrong length */
  gboolean has_failed;    /* since it was last asked */
  gboolean needs_other;   /* texts or entries are in another file */
  gpointer files;         /* of dwarf-files, freed with free_files */
  GDestroyNotify free_files;
  gpointer memory; /* of dwarf-shape, freed with free_memory */
  GDestroyNotify free_memory;
} SondeDwarf;

/** sonde_dwarf_new: @elf must outlive it. Never fails: a file without debug information has no
 * units. */
SondeDwarf *sonde_dwarf_new (SondeElfFile *elf);
void sonde_dwarf_free (SondeDwarf *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDwarf, sonde_dwarf_free)

guint sonde_dwarf_get_n_units (SondeDwarf *self);
/** sonde_dwarf_get_unit: by index, in the order of the file; .debug_types behind .debug_info. */
SondeDwarfUnit *sonde_dwarf_get_unit (SondeDwarf *self, guint index);
/** sonde_dwarf_find_unit: (nullable): the one that @key stands in. */
SondeDwarfUnit *sonde_dwarf_find_unit (SondeDwarf *self, SondeDieKey key);
/** sonde_dwarf_find_signature: (nullable): the type unit of that signature. */
SondeDwarfUnit *sonde_dwarf_find_signature (SondeDwarf *self, guint64 signature);
/** sonde_dwarf_prepare: reads what the unit's entries look like; FALSE: @unit's problem says why
 * they cannot be read. */
gboolean sonde_dwarf_prepare (SondeDwarf *self, SondeDwarfUnit *unit);
/** sonde_dwarf_get_cursor: from @offset of a section to its end; empty where it lies outside. */
SondeCursor sonde_dwarf_get_cursor (const SondeDwarf *self, SondeSpan span, guint64 offset);
/** sonde_dwarf_forget: gives back the memory of entries from @from up to @to, which were read and
 * will be read again at most once. */
void sonde_dwarf_forget (SondeDwarf *self, SondeDieKey from, SondeDieKey to);
/** sonde_dwarf_forget_all: of all sections; what is asked for later is read again. */
void sonde_dwarf_forget_all (SondeDwarf *self);
/** sonde_dwarf_forget_before: the same in large steps, for whoever goes through the file.
 *
 * Returns: @from, or @to where that was worth a step: the next @from */
SondeDieKey sonde_dwarf_forget_before (SondeDwarf *self, SondeDieKey from, SondeDieKey to);
/** sonde_dwarf_get_byte_order: G_LITTLE_ENDIAN or G_BIG_ENDIAN. */
int sonde_dwarf_get_byte_order (SondeDwarf *self);
/** sonde_dwarf_take_failure: TRUE where reading entries failed since the last call. */
gboolean sonde_dwarf_take_failure (SondeDwarf *self);
