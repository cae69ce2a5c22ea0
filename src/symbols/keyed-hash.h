/* keyed-hash.h: 122 bits of any content, as fast as memory, that nobody without the key can aim */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define SONDE_HASH_SECRET_SIZE 16
#define SONDE_HASH_WORDS 128
#define SONDE_HASH_BLOCK (SONDE_HASH_WORDS * 8)

typedef struct
{
  guint64 words[SONDE_HASH_WORDS];
  guint64 points[2];
} SondeHashKey;

typedef struct
{
  guint64 values[2];
} SondeHash;

typedef struct
{
  const SondeHashKey *key;
  guint64 sums[2];
  guint64 size; /* bytes seen */
  guint64 block[SONDE_HASH_WORDS];
} SondeHasher;

/** sonde_hash_key_init: @purpose parts the keys that one secret serves. */
void sonde_hash_key_init (SondeHashKey *key, const guint8 *secret, const char *purpose);

/** sonde_hasher_init: @key must outlive it. */
void sonde_hasher_init (SondeHasher *self, const SondeHashKey *key);
/** sonde_hasher_update: in pieces of any size. */
void sonde_hasher_update (SondeHasher *self, gconstpointer data, gsize size);
SondeHash sonde_hasher_finish (SondeHasher *self);
