/* text-input.h: what a person types as a value */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "types/value.h"

#define SONDE_TYPE_ERROR (sonde_type_error_quark ())
GQuark sonde_type_error_quark (void);
typedef enum
{
  SONDE_TYPE_ERROR_SYNTAX, /* not a number, not a name: type it again */
  SONDE_TYPE_ERROR_RANGE,  /* well formed but does not fit the type */
  SONDE_TYPE_ERROR_PATH,   /* no such member, index out of range */
} SondeTypeError;

/**
 * sonde_text_to_value:
 * @text: decimal, 0x.., 0b.., enum name or several ("A|B|0x40"), function name for a pointer to
 * code, true/false, 'c', 1k5, 1.5k, 2M, 10m, 1e3, nan, inf; blanks round it are ignored
 *
 * 0x.. and 0b.. are bits: 0xff is -1 for an int8_t, as it is shown. Decimal forms are exact to the
 * last bit of 64.
 *
 * Type- and range-checked. The message says what was allowed ("300: out of range, uint8_t takes 0
 * .. 255").
 */
gboolean sonde_text_to_value (const SondeType *type, const char *text, SondeValue *value,
                              GError **error);

/**
 * sonde_text_to_chars:
 * @text: taken as it is, with no escapes
 * @data: gets @size bytes: the text and zeros behind it; a text of @size bytes fits without a NUL
 *
 * The way back of sonde_text_from_chars(). Returns: FALSE and RANGE where it is too long
 */
gboolean sonde_text_to_chars (const char *text, guint8 *data, gsize size, GError **error);
