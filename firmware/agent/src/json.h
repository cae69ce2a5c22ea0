/* json.h: a bounded JSON scanner that copies nothing and needs no stack per level */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_JSON_H
#define SONDE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum
{
  SONDE_JSON_NONE,
  SONDE_JSON_STRING, /* the text between the quotes, escapes as they came */
  SONDE_JSON_NUMBER,
  SONDE_JSON_WORD, /* true, false, null, and what looks like them */
  SONDE_JSON_OBJECT,
  SONDE_JSON_ARRAY, /* these two with their brackets; their inside is scanned when entered */
} sonde_json_kind;

/* A value inside the message; borrows its bytes. */
typedef struct
{
  sonde_json_kind kind;
  const char *start;
  size_t size;
} sonde_json;

typedef struct
{
  const char *at, *end;
  bool is_first;
  bool is_bad; /* what was read up to here holds, nothing comes after it */
} sonde_json_reader;

/** sonde_json_enter: at the first member or element; what is no object or array reads as bad. */
void sonde_json_enter (sonde_json_reader *self, const sonde_json *value);
/** sonde_json_next_member: FALSE at the end or where the text is bad. */
bool sonde_json_next_member (sonde_json_reader *self, sonde_json *key, sonde_json *value);
bool sonde_json_next_element (sonde_json_reader *self, sonde_json *value);

/** sonde_json_next_char: takes the first character off a string, escapes resolved; -1 at the end.
 * What is not ASCII comes as 0x80. */
int sonde_json_next_char (sonde_json *string);
bool sonde_json_equals (const sonde_json *self, const char *text);
/** sonde_json_is_plain: a string or number that may be repeated as it came: printable ASCII, at
 * most
 * @max bytes. */
bool sonde_json_is_plain (const sonde_json *self, size_t max);
/**
 * sonde_json_get_number:
 * @base: of a string without prefix, 10 or 16; "0x" and "0b" say theirs. A JSON number is decimal.
 *
 * Returns: FALSE for anything but a whole number of at most 64 binary, 16 hexadecimal or 19 decimal
 * digits
 */
bool sonde_json_get_number (const sonde_json *self, unsigned base, uint64_t *value);

/** sonde_json_get_count: decimal unless prefixed; too large a number becomes UINT32_MAX. */
bool sonde_json_get_count (const sonde_json *self, uint32_t *value);

#endif
