/* dwarf-bits.h: where a bit-field lies, from both of DWARF's ways to say it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* As the entry tells it. */
typedef struct
{
  guint64 bit_size;
  gboolean has_data_bit_offset; /* DWARF 4 and 5: from the start of the parent */
  gint64 data_bit_offset;
  gint64 bit_offset;    /* DWARF 2 and 3: from the most significant bit of the storage unit */
  guint64 storage_size; /* bytes, 0: the type's own */
  guint64 storage_at;   /* bytes from the start of the parent */
} SondeDwarfBits;

/* As it is read: a number of @size bytes at @offset, shifted right by @shift. */
typedef struct
{
  guint64 offset;
  guint size;
  guint shift;
} SondeBitUnit;

/** sonde_dwarf_bits_position: bits from the start of the parent: counted from the least significant
 * bit of byte 0 upwards in little-endian files, from its most significant one in big-endian. */
gint64 sonde_dwarf_bits_position (const SondeDwarfBits *bits, guint64 type_size, int byte_order);
/**
 * sonde_dwarf_bits_choose_unit:
 * @type_size: of the declared type: the unit a compiler reads, taken where it lies inside
 * @parent_size: what lies outside is somebody else's memory
 *
 * Returns: FALSE where no number of up to 8 bytes holds the field
 */
gboolean sonde_dwarf_bits_choose_unit (gint64 position, guint64 bit_size, guint64 type_size,
                                       guint64 parent_size, int byte_order, SondeBitUnit *unit);
