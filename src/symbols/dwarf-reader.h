/* dwarf-reader.h: the entries (DIEs) of debug information, by value: nothing is allocated, nothing
 * is freed */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-units.h"

/* One entry. A plain value, valid as long as the reader; filled by the functions below. */
typedef struct
{
  SondeDwarf *dwarf;
  SondeDwarfUnit *unit;
  const SondeAbbreviation *abbreviation;
  const guint8 *data; /* its attributes */
  SondeDieKey key;
} SondeDie;

/** sonde_dwarf_root: first entry of @unit; FALSE: it cannot be read, its problem says why. */
gboolean sonde_dwarf_root (SondeDwarf *self, SondeDwarfUnit *unit, SondeDie *die);
/** sonde_dwarf_find: FALSE where no entry begins at @key. */
gboolean sonde_dwarf_find (SondeDwarf *self, SondeDieKey key, SondeDie *die);
/** sonde_die_first_child / next: FALSE at the end; the two may be one variable. */
gboolean sonde_die_first_child (const SondeDie *die, SondeDie *child);
gboolean sonde_die_next (const SondeDie *die, SondeDie *next);
/**
 * sonde_die_step:
 * @depth: of @die below where the walk began, which is 0; becomes that of the entry stepped to
 *
 * To the entry that follows in the file: first child, else next, else next of those above. One
 * walk over a unit takes time in proportion to its size, whatever a damaged file says.
 *
 * Returns: FALSE behind the last entry below where the walk began
 */
gboolean sonde_die_step (SondeDie *die, guint *depth);
/** sonde_die_skip: the same, without entering the children. */
gboolean sonde_die_skip (SondeDie *die, guint *depth);

static inline guint
sonde_die_get_tag (const SondeDie *die)
{
  return die->abbreviation->tag;
}

static inline SondeDieKey
sonde_die_get_key (const SondeDie *die)
{
  return die->key;
}
