/* dwarf-bits.c: where a bit-field lies, from both of DWARF's ways to say it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-bits.h"

/* Beyond this a file lies: no struct is that large. */
#define MAX_POSITION (G_GINT64_CONSTANT (1) << 50)

gint64
sonde_dwarf_bits_position (const SondeDwarfBits *bits, guint64 type_size, int byte_order)
{
  const guint64 size = bits->storage_size > 0 ? bits->storage_size : type_size;

  if (bits->has_data_bit_offset)
    return bits->data_bit_offset;
  if (size > 16 || bits->bit_size > 128 || bits->storage_at > (guint64) MAX_POSITION / 8
      || bits->bit_offset < -MAX_POSITION || bits->bit_offset > MAX_POSITION)
    return -1;
  if (byte_order == G_BIG_ENDIAN)
    return (gint64) bits->storage_at * 8 + bits->bit_offset;
  return (gint64) bits->storage_at * 8 + (gint64) size * 8 - bits->bit_offset
         - (gint64) bits->bit_size;
}

static gboolean
try_unit (gint64 position, guint64 bit_size, guint64 size, guint64 alignment, guint64 parent_size,
          SondeBitUnit *unit)
{
  const guint64 first = (guint64) position / 8;
  const guint64 offset = first - first % alignment;

  if ((guint64) position + bit_size > (offset + size) * 8 || offset + size > parent_size)
    return FALSE;
  unit->offset = offset;
  unit->size = (guint) size;
  return TRUE;
}

/* The declared type's own unit first; then the smallest aligned one; then any bytes that hold it:
 * packed structs end in the middle of units. */
static gboolean
find_unit (gint64 position, guint64 bit_size, guint64 type_size, guint64 parent_size,
           SondeBitUnit *unit)
{
  if (type_size >= 1 && type_size <= 8
      && try_unit (position, bit_size, type_size, type_size, parent_size, unit))
    return TRUE;
  for (guint64 size = 1; size <= 8; size *= 2)
    if (try_unit (position, bit_size, size, size, parent_size, unit))
      return TRUE;
  for (guint64 size = 1; size <= 8; size++)
    if (try_unit (position, bit_size, size, 1, parent_size, unit))
      return TRUE;
  return FALSE;
}

gboolean
sonde_dwarf_bits_choose_unit (gint64 position, guint64 bit_size, guint64 type_size,
                              guint64 parent_size, int byte_order, SondeBitUnit *unit)
{
  guint from_start;

  if (position < 0 || position > MAX_POSITION || bit_size == 0 || bit_size > 64
      || !find_unit (position, bit_size, type_size, parent_size, unit))
    return FALSE;
  from_start = (guint) ((guint64) position - unit->offset * 8);
  unit->shift
      = byte_order == G_BIG_ENDIAN ? unit->size * 8 - from_start - (guint) bit_size : from_start;
  return TRUE;
}
