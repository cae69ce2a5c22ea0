/* dwarf-identity.h: tells that a type was met before, in another unit that includes the same header
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-index.h"

/* Owned struct, one thread. */
typedef struct _SondeDwarfIdentity SondeDwarfIdentity;

/** sonde_dwarf_identity_new: the index must outlive it. */
SondeDwarfIdentity *sonde_dwarf_identity_new (const SondeDwarfIndex *index);
void sonde_dwarf_identity_free (SondeDwarfIdentity *self);
/**
 * sonde_dwarf_identity_get:
 *
 * A hash of all that the entry of a type says, of what it is made of, and of what it points to, two
 * pointers deep; beyond that of the names. Types of one identity become one type of the image.
 *
 * Returns: 0 where that is not known: in C++ and its kin what stands around a type counts, too
 */
guint64 sonde_dwarf_identity_get (SondeDwarfIdentity *self, SondeDieKey key);
