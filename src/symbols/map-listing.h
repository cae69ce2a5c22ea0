/* map-listing.h: the variables of a firmware as a memory map */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/map-csv.h"
#include "symbols/symbol-table.h"

typedef enum
{
  SONDE_LISTING_EVERYTHING,
  SONDE_LISTING_LIKE_ORIGINAL, /* without internals of run-time library and vendor drivers */
} SondeListing;

/** Rows of a listing; what a hostile file opens into has no end. */
#define SONDE_MAP_LISTING_MAX 1000000

/**
 * sonde_map_listing_new:
 * @format: what it will be written as: in the original form a single value is always called
 * "Uint32_t", an array by the type of its elements; in ours both are called what they are
 *
 * Everything with a fixed address, opened down to its values, each by its path: a member
 * "motor.pid.kp", an element of an array of structs "axis[2].id". An array of numbers is one
 * entry, of all its dimensions counted through.
 *
 * Returns: (transfer full): where it has SONDE_MAP_LISTING_MAX rows, more were left out
 */
SondeMemoryMap *sonde_map_listing_new (SondeSymbolTable *table, SondeListing listing,
                                       SondeMapFormat format);
/** sonde_map_listing_is_internal: the original monitor would have left it out. */
gboolean sonde_map_listing_is_internal (const char *path);
