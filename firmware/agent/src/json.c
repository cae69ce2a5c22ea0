/* json.c: a bounded JSON scanner that copies nothing and needs no stack per level */
/* SPDX-License-Identifier: MIT */
#include "src/json.h"

#include <string.h>

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
hex_digit (int c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Bytes of the escape at a backslash, 0 where it breaks off or is no such number. */
static size_t
count_escape (const char *at, const char *end)
{
  size_t i;

  if (end - at < 2 || at[1] != 'u')
    return end - at < 2 ? 0 : 2;
  for (i = 2; i < 6; i++)
    if (end - at < 6 || hex_digit (at[i]) < 0)
      return 0;
  return 6;
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
      size_t size = *at == '\\' ? count_escape (at, self->end) : 1;

      if (size == 0 || (uint8_t) at[size - 1] < 0x20)
        return fail (self);
      at += size;
    }
  if (at >= self->end)
    return fail (self);
  value->size = (size_t) (at - value->start);
  self->at = at + 1;
  return true;
}

/* At an opening bracket. Counts brackets and ends strings; whether they pair is seen by whoever
 * enters. */
static bool
skip_nested (sonde_json_reader *self, sonde_json *value)
{
  unsigned depth = 0;

  value->kind = *self->at == '[' ? SONDE_JSON_ARRAY : SONDE_JSON_OBJECT;
  value->start = self->at;
  do
    {
      char c = self->at < self->end ? *self->at : '\0';
      sonde_json skipped;

      if (c == '\0' || (c == '"' && !scan_string (self, &skipped)))
        return fail (self);
      if (c == '"')
        continue;
      self->at++;
      /* With that bit "[" is "{" and "]" is "}". */
      if ((c | 0x20) == '{')
        depth++;
      if ((c | 0x20) == '}')
        depth--;
    }
  while (depth > 0);
  value->size = (size_t) (self->at - value->start);
  return true;
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
  value->kind = *value->start <= '9' ? SONDE_JSON_NUMBER : SONDE_JSON_WORD;
  return true;
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

void
sonde_json_enter (sonde_json_reader *self, const sonde_json *value)
{
  self->at = value->start;
  self->end = value->start + value->size;
  self->is_first = true;
  self->is_bad = false;
  skip_blanks (self);
  /* A string may begin with a bracket as well: its kind says that it is none. */
  if (value->kind < SONDE_JSON_OBJECT || self->at >= self->end
      || *self->at++ != (value->kind == SONDE_JSON_OBJECT ? '{' : '['))
    fail (self);
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

/* Control characters count as no ASCII: no key, name or number has them. */
static int
resolve_escape (const char *escape)
{
  int code = 0;
  size_t i;

  if (*escape == '"' || *escape == '\\' || *escape == '/')
    return *escape;
  if (*escape != 'u')
    return 0x80;
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
      used = at[1] == 'u' ? 6 : 2; /* checked when it was scanned */
      c = resolve_escape (at + 1);
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

  if (self->kind > SONDE_JSON_NUMBER || self->size > max)
    return false;
  for (i = 0; i < self->size; i++)
    if (self->start[i] < 0x20 || self->start[i] > 0x7e)
      return false;
  return true;
}

bool
sonde_json_get_number (const sonde_json *self, unsigned base, uint64_t *value)
{
  const char *at = self->start;
  size_t size = self->size;
  uint64_t sum = 0;
  size_t most; /* digits that fit into 64 bits, whatever they are */

  if (self->kind == SONDE_JSON_NUMBER)
    base = 10;
  else if (size > 2 && at[0] == '0' && ((at[1] | 0x20) == 'x' || (base == 10 && at[1] == 'b')))
    {
      /* Where digits are hexadecimal anyway, "0b1" is three of them. */
      base = at[1] == 'b' ? 2 : 16;
      at += 2;
      size -= 2;
    }
  most = base == 10 ? 19 : base == 16 ? 16 : 64;
  if (self->kind == SONDE_JSON_NONE || self->kind > SONDE_JSON_NUMBER || size - 1 >= most)
    return false;
  for (; size > 0; size--)
    {
      unsigned digit = (unsigned) hex_digit (*at++);

      if (digit >= base)
        return false;
      sum = sum * base + digit;
    }
  *value = sum;
  return true;
}

bool
sonde_json_get_count (const sonde_json *self, uint32_t *value)
{
  uint64_t number;

  if (!sonde_json_get_number (self, 10, &number))
    return false;
  *value = number < UINT32_MAX ? (uint32_t) number : UINT32_MAX;
  return true;
}
