/* entry.h: what a person typed for a variable, as the bytes to write */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/text.h"
#include "types/variable.h"

/**
 * sonde_entry_to_bytes:
 * @text: as sonde_text_to_value() takes it; for a char array the text itself
 *
 * Returns: (transfer full): the variable's size of bytes (of a bit-field: its unit, other bits
 * clear), or NULL and a SONDE_TYPE_ERROR that says what was allowed
 */
GBytes *sonde_entry_to_bytes (SondeVariable *variable, const char *text, GError **error);
