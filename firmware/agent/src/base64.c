/* base64.c: bytes as base64 and back, without a buffer of its own */
/* SPDX-License-Identifier: MIT */
#include "src/base64.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

size_t
sonde_base64_get_size (size_t size)
{
  return (size + 2) / 3 * 4;
}

void
sonde_base64_encode (const uint8_t *bytes, size_t size, char *out)
{
  while (size > 0)
    {
      size_t n = size < 3 ? size : 3;
      /* All three are read before the first is written: the buffers may be one. */
      uint32_t bits = (uint32_t) bytes[0] << 16 | (n > 1 ? (uint32_t) bytes[1] << 8 : 0)
                      | (n > 2 ? bytes[2] : 0);

      out[0] = alphabet[bits >> 18];
      out[1] = alphabet[bits >> 12 & 63];
      out[2] = n > 1 ? alphabet[bits >> 6 & 63] : '=';
      out[3] = n > 2 ? alphabet[bits & 63] : '=';
      out += 4;
      bytes += n;
      size -= n;
    }
}

void
sonde_base64_init (sonde_base64 *self, const sonde_json *text)
{
  self->text = *text;
  self->bits = 0;
  self->n_bits = 0;
  self->is_bad = text->kind != SONDE_JSON_STRING;
}

/* At a "=" or the end: what is left must be the padding to four characters. */
static int
finish (sonde_base64 *self, int c)
{
  unsigned wanted = self->n_bits / 2;

  while (c == '=' && wanted > 0)
    {
      wanted--;
      c = sonde_json_next_char (&self->text);
    }
  if (c >= 0 || wanted > 0 || self->n_bits > 4)
    self->is_bad = true;
  self->text.size = 0;
  self->n_bits = 0;
  return -1;
}

int
sonde_base64_next (sonde_base64 *self)
{
  while (!self->is_bad && self->n_bits < 8)
    {
      int c = sonde_json_next_char (&self->text);
      const char *place = c > 0 ? strchr (alphabet, c) : NULL;

      if (c < 0 || c == '=')
        return finish (self, c);
      if (place == NULL)
        {
          self->is_bad = true;
          break;
        }
      self->bits = self->bits << 6 | (uint32_t) (place - alphabet);
      self->n_bits += 6;
    }
  if (self->is_bad)
    return -1;
  self->n_bits -= 8;
  return (int) (self->bits >> self->n_bits & 0xff);
}
