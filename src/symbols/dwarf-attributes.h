/* dwarf-attributes.h: an entry's attributes as plain values */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-reader.h"

/* Goes over all attributes of an entry once: what reads several is faster this way. */
typedef struct
{
  const SondeDie *die;
  SondeCursor cursor;
  guint next;
} SondeAttributes;

void sonde_attributes_init (SondeAttributes *self, const SondeDie *die);
/** sonde_attributes_next: FALSE at the end. */
gboolean sonde_attributes_next (SondeAttributes *self, SondeAttribute *value);

/** sonde_attribute_get_text: (nullable): lives as long as the reader. */
const char *sonde_attribute_get_text (const SondeDie *die, const SondeAttribute *value);
/** sonde_attribute_get_number: FALSE where it is no constant. */
gboolean sonde_attribute_get_number (const SondeAttribute *value, guint64 *number);
/** sonde_attribute_get_address: FALSE where it is none. */
gboolean sonde_attribute_get_address (const SondeDie *die, const SondeAttribute *value,
                                      guint64 *address);
/** sonde_attribute_get_reference: 0 where it is none, or points at nothing. */
SondeDieKey sonde_attribute_get_reference (const SondeDie *die, const SondeAttribute *value);
/** sonde_attribute_is_block: also an expression. */
gboolean sonde_attribute_is_block (const SondeAttribute *value);

/** sonde_die_find: attribute DW_AT_@name; FALSE where there is none. */
gboolean sonde_die_find (const SondeDie *die, guint name, SondeAttribute *value);
/** sonde_die_get_name / text: (nullable): lives as long as the reader. */
const char *sonde_die_get_name (const SondeDie *die);
const char *sonde_die_get_text (const SondeDie *die, guint attribute);
/** sonde_die_get_number: FALSE where there is no such attribute or it is no
 * constant. What is written signed comes sign-extended, all else is not: widths are the user's to
 * know. */
gboolean sonde_die_get_number (const SondeDie *die, guint attribute, guint64 *value);
/** sonde_die_get_address: FALSE where there is no such attribute or it is no address. */
gboolean sonde_die_get_address (const SondeDie *die, guint attribute, guint64 *address);
/** sonde_die_is_block: FALSE too where there is no such attribute; @data lives as long as the
 * reader. */
gboolean sonde_die_is_block (const SondeDie *die, guint attribute, const guint8 **data,
                             gsize *size);
gboolean sonde_die_has (const SondeDie *die, guint attribute);
gboolean sonde_die_has_flag (const SondeDie *die, guint attribute);
/** sonde_die_get_reference: 0 where there is none. */
SondeDieKey sonde_die_get_reference (const SondeDie *die, guint attribute);
/** sonde_die_get_indexed_address: entry @index of the address table of @die's unit. */
gboolean sonde_die_get_indexed_address (const SondeDie *die, guint64 index, guint64 *address);
