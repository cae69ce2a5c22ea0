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
 * sonde_location_of:
 * @value: the DW_AT_location of @die
 * @address: set for FIXED only
 * @address_at: (out) (optional): where the file has that address; NULL where it has none
 */
SondePlace sonde_location_of (const SondeDie *die, const SondeAttribute *value, guint64 *address,
                              const guint8 **address_at);
/** sonde_location_of_member: bytes from the start of its parent, by @value, its
 * DW_AT_data_member_location; FALSE where only a running program knows. */
gboolean sonde_location_of_member (const SondeDie *die, const SondeAttribute *value,
                                   guint64 *offset);
