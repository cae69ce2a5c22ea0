/* path-completion.h: what the beginning of a path may become, a segment at a time */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/address-map.h"

/**
 * sonde_path_completion_find:
 * @word: "mot", "motor.", "axis[", "list->", "mode="
 * @max: at most so many
 *
 * What opens further ends with ".", "[" or "::"; a pointer also comes with "->". Behind "=": the
 * names of an enumeration's or truth's values. What cannot be polled is left out.
 *
 * Returns: (element-type utf8) (transfer full): whole words, each once, in the order of the source
 * for members, by name for variables
 */
GPtrArray *sonde_path_completion_find (SondeAddressMap *map, const char *word, guint max);
