/* flags.h: enumerations whose names stand for bits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/type.h"

/**
 * sonde_flags_are_in:
 * @type: an enumeration
 *
 * Nothing in a file tells flags from a list of states, so the values have to: at least two are
 * single bits, every other one but 0 is made of such bits or covers all of them (ALL = 0xff; but
 * -1 is an error code), and they do not simply count (0, 1, 2 or 1, 2, 3 are states; 1, 2 and 0, 1,
 * 2, 4 are flags).
 */
gboolean sonde_flags_are_in (const SondeType *type);
/**
 * sonde_flags_dup_text:
 * @bits: of a value that has no name of its own, without sign
 *
 * Returns: (transfer full) (nullable): "A|B", with what has no name in hex behind it: "A|B|0x40";
 * NULL where @type holds no flags or none of its names is in @bits
 */
char *sonde_flags_dup_text (const SondeType *type, guint64 bits);
/**
 * sonde_flags_parse:
 * @type: an enumeration
 * @text: "A|B", "A | 0x40": names and numbers with bars between them, at least one bar
 *
 * Who writes a bar means bits: this holds for every enumeration, whatever its values look like.
 *
 * Returns: FALSE where it is not of this form
 */
gboolean sonde_flags_parse (const SondeType *type, const char *text, guint64 *bits);
