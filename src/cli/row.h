/* row.h: the rows that scripts read: values of boards as text and JSON */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "types/value.h"
#include "types/variable.h"

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

/* A value on the stack; all is borrowed. */
typedef struct
{
  gint64 time_us; /* epoch */
  const char *device;
  gboolean is_one_of_many; /* plain rows then say "board:path" */
  SondeVariable *variable;
  const char *unit;        /* NULL: the variable's own */
  const SondeValue *value; /* NULL with an error, and for a char array */
  const char *chars;       /* content of a char array, else NULL */
  const char *error;       /* NULL where there is a value */
} SondeRow;

/** sonde_row_set_bytes: decodes @bytes into @value, or into a new *@chars, and points the sample
 * at it. */
void sonde_row_set_bytes (SondeRow *self, GBytes *bytes, SondeValue *value, char **chars);
/** sonde_row_dup_json: (transfer full): time_us,device,path,value,text[,error]. */
char *sonde_row_dup_json (const SondeRow *self);
/** sonde_row_dup_row: (transfer full): PATH, value, unit, parted by tabs. */
char *sonde_row_dup_row (const SondeRow *self);
/** sonde_row_dup_timed_row: (transfer full): time, PATH, value, unit. */
char *sonde_row_dup_timed_row (const SondeRow *self);
/** sonde_row_dup_name: (transfer full): "path" or "board:path", safe for a terminal. */
char *sonde_row_dup_name (const SondeRow *self);
/** sonde_row_dup_text: (transfer full): the value as a person reads it, safe; "" for an error.
 */
char *sonde_row_dup_text (const SondeRow *self);
/** sonde_row_dup_number: (transfer full): the value as a number (enums and bools too), or the
 * text of a char array; "" for an error. */
char *sonde_row_dup_number (const SondeRow *self);
/** sonde_row_get_unit: "" where there is none. */
const char *sonde_row_get_unit (const SondeRow *self);
/** sonde_time_dup_text: (transfer full): local time, "2026-11-21T13:24:53.123456+00:00". */
char *sonde_time_dup_text (gint64 time_us);
