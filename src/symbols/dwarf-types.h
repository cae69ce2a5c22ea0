/* dwarf-types.h: shapes of the file become types of the image, each once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-variables.h"
#include "symbols/symbol-image-writer.h"

/* Owned struct, one thread. */
typedef struct _SondeDwarfTypes SondeDwarfTypes;

/** sonde_dwarf_types_new: borrows both for as long as it lives. */
SondeDwarfTypes *sonde_dwarf_types_new (const SondeDwarfIndex *index, SondeImageWriter *writer,
                                        guint pointer_size);
void sonde_dwarf_types_free (SondeDwarfTypes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDwarfTypes, sonde_dwarf_types_free)
/** sonde_dwarf_types_add: row of the type at @key, with all that it is made of; what its pointers
 * point to waits for sonde_dwarf_types_finish(). */
guint32 sonde_dwarf_types_add (SondeDwarfTypes *self, SondeDieKey key);
/** sonde_dwarf_types_is_const: const stands before it, or before its elements. */
gboolean sonde_dwarf_types_is_const (SondeDwarfTypes *self, SondeDieKey key);
/** sonde_dwarf_types_pass: takes note of all structs before @end, in the order of the file, while
 * what they are made of is still at hand. */
void sonde_dwarf_types_pass (SondeDwarfTypes *self, SondeDieKey end);
/** sonde_dwarf_types_is_open_ended: a struct whose last member has no size of its own. */
gboolean sonde_dwarf_types_is_open_ended (SondeDwarfTypes *self, guint32 type);
/** sonde_dwarf_types_close: the row of such a struct with as many elements as fit into @size. */
guint32 sonde_dwarf_types_close (SondeDwarfTypes *self, guint32 type, guint64 size);
/** sonde_dwarf_types_finish: adds what pointers point to, until nothing new comes up, and all
 * structs, classes, unions and enumerations that have a name. */
void sonde_dwarf_types_finish (SondeDwarfTypes *self);
