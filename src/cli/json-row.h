/* json-row.h: one JSON object on one line, keys in the order they are added */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A row is a GString that these calls fill. */
GString *sonde_json_row_new (void);
/** sonde_json_row_text: @text NULL is null; what is no UTF-8 is replaced, control characters are
 * escaped. */
void sonde_json_row_text (GString *row, const char *key, const char *text);
void sonde_json_row_int (GString *row, const char *key, gint64 value);
/** sonde_json_row_double: nan and infinities are null. */
void sonde_json_row_double (GString *row, const char *key, double value);
/** sonde_json_row_raw: @json as it is: "true", "12", "\"nan\"". */
void sonde_json_row_raw (GString *row, const char *key, const char *json);
/** sonde_json_row_end: (transfer full): the finished line without a line feed; frees @row. */
char *sonde_json_row_end (GString *row);
