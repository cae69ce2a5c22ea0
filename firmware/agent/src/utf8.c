/* utf8.c: tells well-formed UTF-8 */
/* SPDX-License-Identifier: MIT */
#include "src/utf8.h"

static size_t
count_bytes (uint8_t head)
{
  if (head < 0x80)
    return 1;
  if ((head & 0xe0) == 0xc0)
    return 2;
  if ((head & 0xf0) == 0xe0)
    return 3;
  return (head & 0xf8) == 0xf0 ? 4 : 0;
}

size_t
sonde_utf8_next (const uint8_t *text, size_t size)
{
  size_t n = size > 0 ? count_bytes (text[0]) : 0;
  uint32_t code;
  size_t i;

  if (n <= 1 || n > size)
    return n <= 1 ? n : 0;
  code = text[0] & (0x7fu >> n);
  for (i = 1; i < n; i++)
    {
      if ((text[i] & 0xc0) != 0x80)
        return 0;
      code = code << 6 | (text[i] & 0x3fu);
    }
  /* The least that needs so many bytes: a smaller one was written too long. */
  if (code < (n == 2 ? 0x80u : 1u << (5 * n - 4)) || code > 0x10ffff
      || (code >= 0xd800 && code <= 0xdfff))
    return 0;
  return n;
}

bool
sonde_utf8_is_valid (const uint8_t *text, size_t size)
{
  while (size > 0)
    {
      size_t n = sonde_utf8_next (text, size);

      if (n == 0)
        return false;
      text += n;
      size -= n;
    }
  return true;
}
