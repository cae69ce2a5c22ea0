/* text.c: writes text into a bounded buffer */
/* SPDX-License-Identifier: MIT */
#include "src/text.h"

#include <stdarg.h>
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

static void
put_decimal (sonde_text *self, uint32_t value)
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

void
sonde_text_put_hex (sonde_text *self, uintptr_t value, unsigned digits)
{
  char text[2 * sizeof value];
  unsigned i;

  for (i = digits; i > 0; i--, value >>= 4)
    text[i - 1] = "0123456789abcdef"[value & 15];
  sonde_text_put_bytes (self, text, digits);
}

static void
put_address (sonde_text *self, uintptr_t address)
{
  unsigned digits = 8;

  /* In two steps: shifting by the whole width of a 32-bit address would mean nothing. */
  while (digits < 2 * sizeof address && address >> (4 * digits - 1) >> 1 != 0)
    digits++;
  sonde_text_put_hex (self, address, digits);
}

void
sonde_text_put (sonde_text *self, const char *template, ...)
{
  const char *text;
  va_list arguments;

  va_start (arguments, template);
  for (; *template != '\0'; template ++)
    if (*template == '$')
      {
        text = va_arg (arguments, const char *);
        sonde_text_put_bytes (self, text, strlen (text));
      }
    else if (*template == '#')
      put_decimal (self, va_arg (arguments, uint32_t));
    else if (*template == '&')
      put_address (self, va_arg (arguments, uintptr_t));
    else
      sonde_text_put_bytes (self, template, 1);
  va_end (arguments);
}

void
sonde_text_put_escaped (sonde_text *self, const char *text, size_t cap)
{
  uint8_t c;

  while ((c = (uint8_t) *text) != '\0')
    {
      /* The NUL is no part of any character, so nothing behind it is looked at. */
      size_t found = sonde_utf8_next ((const uint8_t *) text, 4);
      size_t size = found > 0 ? found : 1;
      bool is_escaped = c < 0x20 || c == '"' || c == '\\';
      size_t need = is_escaped ? 6 : size;

      if (need > cap)
        return;
      cap -= need;
      if (is_escaped)
        {
          sonde_text_put (self, "\\u00");
          sonde_text_put_hex (self, c, 2);
        }
      else
        sonde_text_put_bytes (self, found > 0 ? text : "?", size);
      text += size;
    }
}
