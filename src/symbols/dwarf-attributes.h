/* dwarf-attributes.h: an entry's attributes as plain values */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-reader.h"

/** sonde_die_get_name / text: (nullable): lives as long as the reader. */
const char *sonde_die_get_name (SondeDwarf *self, SondeDie *die);
const char *sonde_die_get_text (SondeDwarf *self, SondeDie *die, guint attribute);
/** sonde_die_get_number: FALSE where there is no such attribute or it is no
 * constant. What is written signed comes sign-extended, all else is not: widths are the user's to
 * know. */
gboolean sonde_die_get_number (SondeDwarf *self, SondeDie *die, guint attribute, guint64 *value);
/** sonde_die_is_block: FALSE too where there is no such attribute; @data lives as long as the
 * reader. */
gboolean sonde_die_is_block (SondeDwarf *self, SondeDie *die, guint attribute, const guint8 **data,
                             gsize *size);
gboolean sonde_die_has (SondeDwarf *self, SondeDie *die, guint attribute);
gboolean sonde_die_has_flag (SondeDwarf *self, SondeDie *die, guint attribute);
/** sonde_die_get_reference: 0 where there is none. */
SondeDieKey sonde_die_get_reference (SondeDwarf *self, SondeDie *die, guint attribute);
/** sonde_die_get_indexed_address: entry @index of the address table of @die's unit. */
gboolean sonde_die_get_indexed_address (SondeDwarf *self, SondeDie *die, guint64 index,
                                        guint64 *address);
