/* dwarf-location.c: location expressions, as far as a fixed place needs them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-location.h"

#include "base/bytes.h"

/* Sets FALSE in @ok where the number never ends. */
static guint64
read_leb (const guint8 *data, gsize size, gsize *at, gboolean *ok)
{
  guint64 value = 0;
  guint shift = 0;

  while (*at < size && shift < 64)
    {
      const guint8 byte = data[(*at)++];

      value |= (guint64) (byte & 127) << shift;
      shift += 7;
      if ((byte & 128) == 0)
        return value;
    }
  *ok = FALSE;
  return 0;
}

/* What stands in the first operation decides: a person is told why, not every detail. */
static SondePlace
judge_other (const guint8 *data, gsize size)
{
  const guint8 first = data[0], last = data[size - 1];

  if (last == DW_OP_form_tls_address || last == DW_OP_GNU_push_tls_address)
    return SONDE_PLACE_THREAD;
  if ((first >= DW_OP_reg0 && first <= DW_OP_reg31) || first == DW_OP_regx || first == DW_OP_piece
      || first == DW_OP_bit_piece || first == DW_OP_implicit_value || last == DW_OP_stack_value)
    return SONDE_PLACE_PIECES;
  if (first == DW_OP_addr || first == DW_OP_addrx || first == DW_OP_GNU_addr_index)
    return SONDE_PLACE_PIECES;
  return SONDE_PLACE_VARYING;
}

SondePlace
sonde_location_judge (const guint8 *data, gsize size, int byte_order, guint address_size,
                      guint64 *address, gboolean *is_indexed)
{
  gboolean ok = TRUE;
  gsize at = 1;

  *is_indexed = FALSE;
  if (size == 0)
    return SONDE_PLACE_NONE;
  if (data[0] == DW_OP_addr && address_size >= 1 && address_size <= 8 && size == 1 + address_size)
    {
      *address = sonde_bytes_load (data + 1, address_size, byte_order);
      return SONDE_PLACE_FIXED;
    }
  if (data[0] == DW_OP_addrx || data[0] == DW_OP_GNU_addr_index)
    {
      const guint64 index = read_leb (data, size, &at, &ok);

      if (ok && at == size)
        {
          *address = index;
          *is_indexed = TRUE;
          return SONDE_PLACE_FIXED;
        }
    }
  return judge_other (data, size);
}

SondePlace
sonde_location_of (SondeDwarf *dwarf, SondeDie *die, guint64 *address)
{
  const guint8 *data;
  gsize size;
  gboolean is_indexed;
  SondePlace place;

  if (!sonde_die_is_block (dwarf, die, DW_AT_location, &data, &size))
    return sonde_die_has (dwarf, die, DW_AT_location) ? SONDE_PLACE_VARYING : SONDE_PLACE_NONE;
  place = sonde_location_judge (data, size, sonde_dwarf_get_byte_order (dwarf),
                                sonde_dwarf_get_address_size (dwarf), address, &is_indexed);
  if (place == SONDE_PLACE_FIXED && is_indexed
      && !sonde_die_get_indexed_address (dwarf, die, *address, address))
    return SONDE_PLACE_VARYING;
  return place;
}

gboolean
sonde_location_of_member (SondeDwarf *dwarf, SondeDie *die, guint64 *offset)
{
  const guint8 *data;
  gsize size, at = 1;
  gboolean ok = TRUE;

  *offset = 0;
  if (sonde_die_get_number (dwarf, die, DW_AT_data_member_location, offset))
    return TRUE;
  /* DWARF 2 and 3 write a small program: "add n". */
  if (!sonde_die_is_block (dwarf, die, DW_AT_data_member_location, &data, &size) || size < 2
      || (data[0] != DW_OP_plus_uconst && data[0] != DW_OP_constu))
    return FALSE;
  *offset = read_leb (data, size, &at, &ok);
  return ok;
}
