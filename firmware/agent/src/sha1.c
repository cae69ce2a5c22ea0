/* sha1.c: SHA-1 of the one text that the WebSocket handshake hashes */
/* SPDX-License-Identifier: MIT */
#include "src/sha1.h"

#include <string.h>

static uint32_t
rotate (uint32_t value, unsigned by)
{
  return value << by | value >> (32 - by);
}

/* The textbook's function and constant of each 20 rounds. */
static uint32_t
mix (unsigned phase, const uint32_t *s)
{
  static const uint32_t constants[] = { 0x5a827999u, 0x6ed9eba1u, 0x8f1bbcdcu, 0xca62c1d6u };
  uint32_t f = s[1] ^ s[2] ^ s[3];

  if (phase == 0)
    f = s[3] ^ (s[1] & (s[2] ^ s[3]));
  if (phase == 2)
    f = (s[1] & s[2]) | (s[3] & (s[1] | s[2]));
  return f + constants[phase];
}

/* @w: the block as words; only its last 16 are kept: the 80 of the textbook cost stack. */
static void
take_block (uint32_t *state, uint32_t *w)
{
  uint32_t s[5];
  unsigned i;

  memcpy (s, state, sizeof s);
  for (i = 0; i < 80; i++)
    {
      uint32_t *word = &w[i % 16];
      uint32_t sum;

      if (i >= 16)
        *word = rotate (w[(i + 13) % 16] ^ w[(i + 8) % 16] ^ w[(i + 2) % 16] ^ *word, 1);
      sum = rotate (s[0], 5) + mix (i / 20, s) + s[4] + *word;
      memmove (&s[1], &s[0], 4 * sizeof s[0]);
      s[2] = rotate (s[2], 30);
      s[0] = sum;
    }
  for (i = 0; i < 5; i++)
    state[i] += s[i];
}

void
sonde_sha1 (const uint8_t text[60], uint8_t digest[20])
{
  uint32_t state[5] = { 0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u, 0xc3d2e1f0u };
  uint32_t w[16];
  unsigned i;

  /* Sixty bytes and the padding's first bit fill one block; their size in bits ends a second. */
  for (i = 0; i < 60; i++)
    w[i / 4] = w[i / 4] << 8 | text[i];
  w[15] = 0x80000000u;
  take_block (state, w);
  memset (w, 0, sizeof w);
  w[15] = 60 * 8;
  take_block (state, w);
  for (i = 0; i < 20; i++)
    digest[i] = (uint8_t) (state[i / 4] >> (24 - 8 * (i % 4)));
}
