/* text.h: a value as what a person reads and types */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "types/text-input.h"
#include "types/value.h"

typedef enum
{
  SONDE_FORMAT_AUTO, /* enum name or "A|B", true/false, 'c', a function's name, other pointers as
                        hex, number as decimal */
  SONDE_FORMAT_DECIMAL,
  SONDE_FORMAT_HEX,
  SONDE_FORMAT_BINARY,
  SONDE_FORMAT_CHAR,
  SONDE_FORMAT_ENUM,
} SondeFormat;

/** sonde_text_from_value: (transfer full): "" for NONE. An enum value without a name is its number;
 * floats are decimal in every format. Locale-proof. */
char *sonde_text_from_value (const SondeType *type, const SondeValue *value, SondeFormat format);

/**
 * sonde_text_from_double:
 * @is_single: shortest text that reads back to the same float, else to the same double
 *
 * Writes "nan", "inf", "-inf" likewise. Returns: length
 */
gsize sonde_text_from_double (double f, gboolean is_single, char buffer[static 40]);

/** sonde_text_json_value: (transfer full): cli.md section 3: a JSON number; a quoted decimal where
 * a double cannot hold it; "nan" and its kin quoted; null for NONE. */
char *sonde_text_json_value (const SondeValue *value);

/** sonde_text_from_chars: (transfer full): a char array up to its first NUL as safe UTF-8. */
char *sonde_text_from_chars (const guint8 *data, gsize size);
/** sonde_format_name / from_name: "auto", "dec", "hex", "bin", "char", "enum". */
const char *sonde_format_name (SondeFormat format);
gboolean sonde_format_from_name (const char *name, SondeFormat *format);
