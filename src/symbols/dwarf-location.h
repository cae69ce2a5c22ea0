/* dwarf-location.h: location expressions, as far as a fixed place needs them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-attributes.h"

/* Where a variable lives. */
typedef enum
{
  SONDE_PLACE_NONE,    /* no location at all */
  SONDE_PLACE_FIXED,   /* one address for as long as the program runs */
  SONDE_PLACE_THREAD,  /* thread-local */
  SONDE_PLACE_PIECES,  /* in a register, or spread over several places */
  SONDE_PLACE_VARYING, /* on the stack, or a list of places by program counter */
} SondePlace;

/**
 * sonde_location_judge:
 * @address: set for FIXED only; where @is_indexed it is an index into the address table
 */
SondePlace sonde_location_judge (const guint8 *data, gsize size, int byte_order, guint address_size,
                                 guint64 *address, gboolean *is_indexed);
/** sonde_location_of: of a variable's entry. */
SondePlace sonde_location_of (SondeDwarf *dwarf, SondeDie *die, guint64 *address);
/** sonde_location_of_member: bytes from the start of its parent; TRUE where it is told. */
gboolean sonde_location_of_member (SondeDwarf *dwarf, SondeDie *die, guint64 *offset);
