/* keyed-hash.c: 122 bits of any content, as fast as memory, that nobody without the key can aim */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/keyed-hash.h"

#include <string.h>

/* Two layers, both universal hashes: who does not know the key cannot make two files that meet but
 * by luck, however the files are chosen.
 *
 * A block of 128 words w with as many key words k becomes the sum of all
 * (w[2i] + k[2i]) * (w[2i+1] + k[2i+1]) in 128 bits: one multiplication for 16 bytes, none waits
 * for another; two blocks meet with a chance of 2^-64. The sums of all blocks are the coefficients
 * of a polynomial over the field of the prime 2^61 - 1, taken at two secret points: two files of n
 * blocks meet there with a chance of (3n / 2^61)^2.
 *
 * The results are no secret-keeping checksum for the world to see: they stay in a folder that only
 * its owner can read. */

#define PRIME ((G_GUINT64_CONSTANT (1) << 61) - 1)
#define PART_BITS 43
#define PART_MASK ((G_GUINT64_CONSTANT (1) << PART_BITS) - 1)

typedef struct
{
  guint64 high, low;
} Wide;

static inline Wide
multiply (guint64 a, guint64 b)
{
#ifdef __SIZEOF_INT128__
  const unsigned __int128 product = (unsigned __int128) a * b;

  return (Wide){ (guint64) (product >> 64), (guint64) product };
#else
  const guint64 a0 = (guint32) a, a1 = a >> 32, b0 = (guint32) b, b1 = b >> 32;
  const guint64 low = a0 * b0, middle = a1 * b0 + (low >> 32);
  const guint64 other = a0 * b1 + (guint32) middle;

  return (Wide){ a1 * b1 + (middle >> 32) + (other >> 32), (other << 32) | (guint32) low };
#endif
}

static inline void
add (Wide *sum, Wide more)
{
  sum->low += more.low;
  sum->high += more.high + (sum->low < more.low);
}

/* a, b < PRIME */
static guint64
multiply_in_field (guint64 a, guint64 b)
{
  const Wide product = multiply (a, b);
  const guint64 sum = (product.low & PRIME) + ((product.high << 3) | (product.low >> 61));

  return sum >= PRIME ? sum - PRIME : sum;
}

static void
take_part (SondeHasher *self, guint64 part)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->sums); i++)
    {
      const guint64 sum = multiply_in_field (self->sums[i], self->key->points[i]) + part;

      self->sums[i] = sum >= PRIME ? sum - PRIME : sum;
    }
}

static void
take_block (SondeHasher *self, const guint8 *data)
{
  const guint64 *key = self->key->words;
  Wide sum = { 0, 0 };

  for (guint i = 0; i < SONDE_HASH_WORDS; i += 2)
    {
      guint64 words[2];

      memcpy (words, data + i * 8, sizeof words);
      add (&sum, multiply (words[0] + key[i], words[1] + key[i + 1]));
    }
  take_part (self, sum.low & PART_MASK);
  take_part (self, ((sum.low >> PART_BITS) | (sum.high << (64 - PART_BITS))) & PART_MASK);
  take_part (self, sum.high >> (2 * PART_BITS - 64));
}

static void
derive (const guint8 *secret, const char *purpose, guint64 counter, gpointer out, gsize size)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, secret, SONDE_HASH_SECRET_SIZE);
  g_checksum_update (checksum, (const guchar *) &counter, sizeof counter);
  g_checksum_update (checksum, (const guchar *) purpose, -1);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (out, digest, MIN (size, sizeof digest));
}

void
sonde_hash_key_init (SondeHashKey *key, const guint8 *secret, const char *purpose)
{
  for (guint i = 0; i < SONDE_HASH_WORDS / 4; i++)
    derive (secret, purpose, i, &key->words[i * 4], 32);
  derive (secret, purpose, SONDE_HASH_WORDS, key->points, sizeof key->points);
  for (guint i = 0; i < G_N_ELEMENTS (key->points); i++)
    key->points[i] %= PRIME;
}

void
sonde_hasher_init (SondeHasher *self, const SondeHashKey *key)
{
  self->key = key;
  self->sums[0] = self->sums[1] = 1;
  self->size = 0;
}

void
sonde_hasher_update (SondeHasher *self, gconstpointer data, gsize size)
{
  const guint8 *bytes = data;
  const gsize filled = self->size % SONDE_HASH_BLOCK;

  self->size += size;
  if (filled > 0)
    {
      const gsize n = MIN (size, SONDE_HASH_BLOCK - filled);

      memcpy ((guint8 *) self->block + filled, bytes, n);
      if (filled + n < SONDE_HASH_BLOCK)
        return;
      take_block (self, (const guint8 *) self->block);
      bytes += n;
      size -= n;
    }
  for (; size >= SONDE_HASH_BLOCK; bytes += SONDE_HASH_BLOCK, size -= SONDE_HASH_BLOCK)
    take_block (self, bytes);
  if (size > 0)
    memcpy (self->block, bytes, size);
}

SondeHash
sonde_hasher_finish (SondeHasher *self)
{
  const gsize filled = self->size % SONDE_HASH_BLOCK;
  SondeHash hash;

  memset ((guint8 *) self->block + filled, 0, SONDE_HASH_BLOCK - filled);
  take_block (self, (const guint8 *) self->block);
  /* The length tells apart what differs by zeros at the end only. */
  take_part (self, self->size & PART_MASK);
  memcpy (hash.values, self->sums, sizeof hash.values);
  return hash;
}
