/* number-map.h: a hash table of 64-bit keys to 32-bit numbers, without an allocation per row */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define SONDE_NUMBER_NONE G_MAXUINT32

typedef struct
{
  guint64 key;
  guint32 number; /* SONDE_NUMBER_NONE: a free slot */
} SondeNumberSlot;

/* Open addressing; of millions of rows each costs about 32 bytes. By value, zeroed at first. */
typedef struct
{
  SondeNumberSlot *slots;
  guint n, n_slots;
} SondeNumberMap;

void sonde_number_map_clear (SondeNumberMap *self);
/** sonde_number_map_get: SONDE_NUMBER_NONE where there is none. */
guint32 sonde_number_map_get (const SondeNumberMap *self, guint64 key);
/** sonde_number_map_set: replaces what was there; @number is not SONDE_NUMBER_NONE. */
void sonde_number_map_set (SondeNumberMap *self, guint64 key, guint32 number);
/** sonde_number_map_add: FALSE, and nothing changed, where @key is there. */
gboolean sonde_number_map_add (SondeNumberMap *self, guint64 key, guint32 number);
/** sonde_number_mix: spreads @value over a hash. */
static inline guint64
sonde_number_mix (guint64 hash, guint64 value)
{
  hash = (hash ^ value) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ (hash >> 32);
}
/** sonde_number_hash: of bytes, 64 bits wide: two texts of one hash are not met by chance. */
guint64 sonde_number_hash (const void *data, gsize size);
