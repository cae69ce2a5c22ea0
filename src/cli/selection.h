/* selection.h: what a person typed becomes the places to read and the bytes to write */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "symbols/address-map.h"
#include "types/variable.h"

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

/** sonde_assignment_split: @path and @value are set (transfer full); G_OPTION_ERROR where there is
 * no "=" or no path. */
gboolean sonde_assignment_split (const char *text, char **path, char **value, GError **error);
/**
 * sonde_assignment_encode:
 * @variable: a leaf
 *
 * Returns: (transfer full): the bytes to write, or NULL and why the text is no value of this type.
 * A text fills its char array with zeros up to the end, and leaves room for one at least.
 */
GBytes *sonde_assignment_encode (SondeVariable *variable, const char *text, GError **error);
