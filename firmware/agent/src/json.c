/* json.c: a bounded JSON scanner that copies nothing and needs no stack per level */
/* SPDX-License-Identifier: MIT */
#include "src/json.h"

#include <string.h>

enum
{
  MAX_DEPTH = 32, /* one bit each in skip_nested() */
};

static void
skip_blanks (sonde_json_reader *self)
{
  while (self->at < self->end
         && (*self->at == ' ' || *self->at == '\t' || *self->at == '\n' || *self->at == '\r'))
    self->at++;
}

static bool
fail (sonde_json_reader *self)
{
  self->is_bad = true;
  self->at = self->end;
  return false;
}

static int
hex_digit (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  c = (char) (c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* At the character behind a backslash; returns the bytes of the escape without it, 0 for none. */
static size_t
count_escape (const char *at, const char *end)
{
  size_t i;

  if (at == end || *at == '\0' || strchr ("\"\\/bfnrtu", *at) == NULL)
    return 0;
  if (*at != 'u')
    return 1;
  if (end - at < 5)
    return 0;
  for (i = 1; i < 5; i++)
    if (hex_digit (at[i]) < 0)
      return 0;
  return 5;
}

/* At the opening quote. */
static bool
scan_string (sonde_json_reader *self, sonde_json *value)
{
  const char *at = self->at + 1;

  value->kind = SONDE_JSON_STRING;
  value->start = at;
  while (at < self->end && *at != '"')
    {
      size_t escape = 0;

      if ((uint8_t) *at < 0x20)
        return fail (self);
      if (*at == '\\' && (escape = count_escape (at + 1, self->end)) == 0)
        return fail (self);
      at += 1 + escape;
    }
  if (at >= self->end)
    return fail (self);
  value->size = (size_t) (at - value->start);
  self->at = at + 1;
  return true;
}

/* At an opening bracket. Checks that brackets pair and strings end; the rest is checked by whoever
 * enters. A bit a level says which bracket it waits for. */
static bool
skip_nested (sonde_json_reader *self, sonde_json *value)
{
  uint32_t is_array = 0;
  unsigned depth = 0;

  value->kind = *self->at == '[' ? SONDE_JSON_ARRAY : SONDE_JSON_OBJECT;
  value->start = self->at;
  while (self->at < self->end)
    {
      char c = *self->at;
      sonde_json skipped;

      if (c == '"')
        {
          if (!scan_string (self, &skipped))
            return false;
          continue;
        }
      self->at++;
      if (c == '[' || c == '{')
        {
          if (depth++ == MAX_DEPTH)
            return fail (self);
          is_array = is_array << 1 | (c == '[');
        }
      if (c == ']' || c == '}')
        {
          if ((is_array & 1) != (c == ']'))
            return fail (self);
          is_array >>= 1;
          if (--depth == 0)
            break;
        }
    }
  value->size = (size_t) (self->at - value->start);
  return depth == 0 ? true : fail (self);
}

static bool
is_scalar_char (char c)
{
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.'
         || c == 'E';
}

static bool
scan_scalar (sonde_json_reader *self, sonde_json *value)
{
  value->start = self->at;
  while (self->at < self->end && is_scalar_char (*self->at))
    self->at++;
  value->size = (size_t) (self->at - value->start);
  if (value->size == 0)
    return fail (self);
  value->kind = SONDE_JSON_NUMBER;
  if (*value->start == '-' || (*value->start >= '0' && *value->start <= '9'))
    return true;
  value->kind = SONDE_JSON_WORD;
  if (sonde_json_equals (value, "true") || sonde_json_equals (value, "false")
      || sonde_json_equals (value, "null"))
    return true;
  return fail (self);
}

static bool
scan_value (sonde_json_reader *self, sonde_json *value)
{
  skip_blanks (self);
  if (self->at >= self->end)
    return fail (self);
  if (*self->at == '"')
    return scan_string (self, value);
  if (*self->at == '{' || *self->at == '[')
    return skip_nested (self, value);
  return scan_scalar (self, value);
}

/* Before a member or element: TRUE when there is one. Behind the last, nothing may follow. */
static bool
has_more (sonde_json_reader *self, char closing)
{
  bool is_first = self->is_first;

  self->is_first = false;
  skip_blanks (self);
  if (self->at >= self->end)
    return fail (self);
  if (*self->at == closing)
    {
      self->at++;
      skip_blanks (self);
      if (self->at < self->end)
        return fail (self);
      return false;
    }
  if (is_first)
    return true;
  if (*self->at++ != ',')
    return fail (self);
  return true;
}

static void
enter (sonde_json_reader *self, const char *text, size_t size, char opening)
{
  self->at = text;
  self->end = text + size;
  self->is_first = true;
  self->is_bad = false;
  skip_blanks (self);
  if (self->at >= self->end || *self->at != opening)
    fail (self);
  else
    self->at++;
}

void
sonde_json_read_object (sonde_json_reader *self, const char *text, size_t size)
{
  enter (self, text, size, '{');
}

void
sonde_json_read_array (sonde_json_reader *self, const sonde_json *array)
{
  /* A string may hold what looks like an array; its kind says that it is none. */
  enter (self, array->start, array->kind == SONDE_JSON_ARRAY ? array->size : 0, '[');
}

bool
sonde_json_next_member (sonde_json_reader *self, sonde_json *key, sonde_json *value)
{
  if (!has_more (self, '}'))
    return false;
  skip_blanks (self);
  if (self->at >= self->end || *self->at != '"' || !scan_string (self, key))
    return fail (self);
  skip_blanks (self);
  if (self->at >= self->end || *self->at++ != ':')
    return fail (self);
  return scan_value (self, value);
}

bool
sonde_json_next_element (sonde_json_reader *self, sonde_json *value)
{
  return has_more (self, ']') && scan_value (self, value);
}

static int
resolve_escape (const char *escape)
{
  static const char names[] = "bfnrt";
  static const char means[] = "\b\f\n\r\t";
  const char *name = strchr (names, *escape);
  int code = 0;
  size_t i;

  if (name != NULL)
    return means[name - names];
  if (*escape != 'u')
    return *escape;
  for (i = 1; i < 5; i++)
    code = code << 4 | hex_digit (escape[i]);
  return code < 0x80 ? code : 0x80;
}

int
sonde_json_next_char (sonde_json *string)
{
  const char *at = string->start;
  size_t used = 1;
  int c;

  if (string->size == 0)
    return -1;
  c = (uint8_t) *at < 0x80 ? *at : 0x80;
  if (c == '\\' && string->kind == SONDE_JSON_STRING)
    {
      used += count_escape (at + 1, at + string->size);
      c = used > 1 ? resolve_escape (at + 1) : 0x80;
    }
  string->start += used;
  string->size -= used;
  return c;
}

bool
sonde_json_equals (const sonde_json *self, const char *text)
{
  sonde_json rest = *self;

  for (; *text != '\0'; text++)
    if (sonde_json_next_char (&rest) != *text)
      return false;
  return rest.size == 0;
}

bool
sonde_json_is_plain (const sonde_json *self, size_t max)
{
  size_t i;

  if (self->kind != SONDE_JSON_STRING || self->size > max)
    return false;
  for (i = 0; i < self->size; i++)
    if (self->start[i] < 0x20 || self->start[i] > 0x7e)
      return false;
  return true;
}

/* "0x" and "0b" go, and say the base. */
static unsigned
take_prefix (sonde_json *digits, unsigned base)
{
  sonde_json rest = *digits;
  int letter;

  if (sonde_json_next_char (&rest) != '0')
    return base;
  letter = sonde_json_next_char (&rest) | 0x20;
  /* Without a prefix "0b1" is hexadecimal where that is the base. */
  if (letter != 'x' && (letter != 'b' || base == 16))
    return base;
  *digits = rest;
  return letter == 'x' ? 16 : 2;
}

bool
sonde_json_get_number (const sonde_json *self, unsigned base, uint64_t *value)
{
  sonde_json rest = *self;
  uint64_t sum = 0;
  int c;

  if (self->kind == SONDE_JSON_NUMBER)
    base = 10;
  else if (self->kind == SONDE_JSON_STRING)
    base = take_prefix (&rest, base);
  else
    return false;
  if (rest.size == 0)
    return false;
  while ((c = sonde_json_next_char (&rest)) >= 0)
    {
      int digit = c < 0x80 ? hex_digit ((char) c) : -1;
      uint64_t next = sum * base + (unsigned) digit;

      if (digit < 0 || digit >= (int) base)
        return false;
      if (sum > (base == 10 ? UINT64_MAX / 10 : UINT64_MAX >> (base == 16 ? 4 : 1)) || next < sum)
        return false;
      sum = next;
    }
  *value = sum;
  return true;
}
