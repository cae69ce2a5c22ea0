/* selection.h: what a person named becomes the values to read */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/address-map.h"

/** Most values one command reads: more is a mistake, such as a whole frame buffer. */
#define SONDE_SELECTION_MAX 65536

typedef enum
{
  SONDE_SELECT_OPENED, /* structs and arrays open into their members */
  SONDE_SELECT_EXACT,  /* a struct or an array is an error */
} SondeSelectionRule;

/**
 * sonde_selection_add:
 * @leaves: (element-type SondeVariable): gets what @path means; char arrays
 * stay whole
 * @map: (nullable): without one only raw places ("0x20000100:u32") are known
 *
 * On an error nothing was added.
 */
gboolean sonde_selection_add (GPtrArray *leaves, SondeAddressMap *map, const char *path,
                              SondeSelectionRule rule, GError **error);
