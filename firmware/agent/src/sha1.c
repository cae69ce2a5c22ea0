/* sha1.c: SHA-1 of a short text, as the WebSocket handshake wants it */
/* SPDX-License-Identifier: MIT */
#include "src/sha1.h"

#include <string.h>

static uint32_t
rotate (uint32_t value, unsigned by)
{
  return value << by | value >> (32 - by);
}

static uint32_t
mix (unsigned round, const uint32_t *s)
{
  switch (round / 20)
    {
    case 0:
      return ((s[1] & s[2]) | (~s[1] & s[3])) + 0x5a827999u;
    case 1:
      return (s[1] ^ s[2] ^ s[3]) + 0x6ed9eba1u;
    case 2:
      return ((s[1] & s[2]) | (s[1] & s[3]) | (s[2] & s[3])) + 0x8f1bbcdcu;
    default:
      return (s[1] ^ s[2] ^ s[3]) + 0xca62c1d6u;
    }
}

static void
take_block (uint32_t *state, const uint8_t *block)
{
  uint32_t w[16]; /* the last 16 words of the schedule: the 80 of the textbook cost stack */
  uint32_t s[5];
  unsigned i;

  for (i = 0; i < 16; i++)
    w[i] = (uint32_t) block[4 * i] << 24 | (uint32_t) block[4 * i + 1] << 16
           | (uint32_t) block[4 * i + 2] << 8 | block[4 * i + 3];
  memcpy (s, state, sizeof s);
  for (i = 0; i < 80; i++)
    {
      uint32_t sum;

      if (i >= 16)
        w[i % 16] = rotate (w[(i + 13) % 16] ^ w[(i + 8) % 16] ^ w[(i + 2) % 16] ^ w[i % 16], 1);
      sum = rotate (s[0], 5) + mix (i, s) + s[4] + w[i % 16];
      s[4] = s[3];
      s[3] = s[2];
      s[2] = rotate (s[1], 30);
      s[1] = s[0];
      s[0] = sum;
    }
  for (i = 0; i < 5; i++)
    state[i] += s[i];
}

void
sonde_sha1 (const uint8_t *bytes, size_t size, uint8_t digest[20])
{
  uint32_t state[5] = { 0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u, 0xc3d2e1f0u };
  uint64_t bits = (uint64_t) size * 8;
  uint8_t block[64];
  unsigned i;

  for (; size >= sizeof block; bytes += sizeof block, size -= sizeof block)
    take_block (state, bytes);
  memset (block, 0, sizeof block);
  memcpy (block, bytes, size);
  block[size] = 0x80;
  if (size >= 56)
    {
      take_block (state, block);
      memset (block, 0, sizeof block);
    }
  for (i = 0; i < 8; i++)
    block[56 + i] = (uint8_t) (bits >> (56 - 8 * i));
  take_block (state, block);
  for (i = 0; i < 20; i++)
    digest[i] = (uint8_t) (state[i / 4] >> (24 - 8 * (i % 4)));
}
