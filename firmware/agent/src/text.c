/* text.c: writes text into a bounded buffer */
/* SPDX-License-Identifier: MIT */
#include "src/text.h"

#include <string.h>

#include "src/utf8.h"

void
sonde_text_init (sonde_text *self, char *start, size_t cap)
{
  self->start = start;
  self->size = 0;
  self->cap = cap;
  self->is_full = false;
}

void
sonde_text_put_bytes (sonde_text *self, const char *bytes, size_t size)
{
  if (self->is_full || size > self->cap - self->size)
    {
      self->is_full = true;
      return;
    }
  memcpy (self->start + self->size, bytes, size);
  self->size += size;
}

void
sonde_text_put (sonde_text *self, const char *text)
{
  sonde_text_put_bytes (self, text, strlen (text));
}

void
sonde_text_put_dec (sonde_text *self, uint32_t value)
{
  char digits[10];
  size_t at = sizeof digits;

  do
    {
      digits[--at] = (char) ('0' + value % 10);
      value /= 10;
    }
  while (value > 0);
  sonde_text_put_bytes (self, digits + at, sizeof digits - at);
}

static void
put_digits (sonde_text *self, uint64_t value, unsigned digits, const char *alphabet)
{
  char text[16];
  unsigned i;

  for (i = digits; i > 0; i--)
    {
      text[i - 1] = alphabet[value & 15];
      value >>= 4;
    }
  sonde_text_put_bytes (self, text, digits);
}

void
sonde_text_put_hex (sonde_text *self, uint64_t value, unsigned digits)
{
  put_digits (self, value, digits, "0123456789abcdef");
}

void
sonde_text_put_address (sonde_text *self, uintptr_t address)
{
  uint64_t value = address;
  unsigned digits = 8;

  while (digits < 16 && value >> (4 * digits) != 0)
    digits++;
  sonde_text_put (self, "0x");
  put_digits (self, value, digits, "0123456789ABCDEF");
}

/* Writes one character of @text; returns the bytes it took of @text. */
static size_t
put_escaped_char (sonde_text *out, const char *text, size_t left)
{
  uint8_t c = (uint8_t) *text;
  size_t size = sonde_utf8_next ((const uint8_t *) text, left);

  if (size > 1)
    {
      sonde_text_put_bytes (out, text, size);
      return size;
    }
  if (size == 0)
    {
      sonde_text_put (out, "?");
      return 1;
    }
  if (c == '"' || c == '\\')
    sonde_text_put (out, "\\");
  if (c < 0x20)
    {
      sonde_text_put (out, "\\u");
      sonde_text_put_hex (out, c, 4);
      return 1;
    }
  sonde_text_put_bytes (out, text, 1);
  return 1;
}

void
sonde_text_put_escaped (sonde_text *self, const char *text, size_t cap)
{
  size_t left = strlen (text);
  char one[8];

  while (left > 0)
    {
      sonde_text piece;
      size_t used;

      sonde_text_init (&piece, one, sizeof one);
      used = put_escaped_char (&piece, text, left);
      if (piece.size > cap)
        return;
      sonde_text_put_bytes (self, one, piece.size);
      cap -= piece.size;
      text += used;
      left -= used;
    }
}
