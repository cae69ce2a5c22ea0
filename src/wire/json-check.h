/* json-check.h: is a text JSON, and small enough to be made into a tree */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define SONDE_JSON_MAX_DEPTH 32
#define SONDE_JSON_MAX_VALUES (64 * 1024)

/* Where the number of a top-level "value" member stands: json-glib has no unsigned 64 bits and
 * would change it, and it knows no NaN. Borrowed from the text; NULL where "value" is absent or no
 * number. */
typedef struct
{
  const char *value;
  gsize value_size;
} SondeJsonFacts;

/**
 * sonde_json_check:
 * @facts: (out): valid when TRUE was returned
 *
 * RFC 8259, without recursion and without memory; a top-level "value" may also be NaN, Infinity or
 * -Infinity, as Python's writer has them and json-glib has not. json-glib takes more than JSON
 * (comments, assignments), so nothing but what passed here is shown to it.
 *
 * Returns: FALSE where @text is not one JSON value, or too deep, or has too many values
 */
gboolean sonde_json_check (const char *text, gsize size, SondeJsonFacts *facts);
