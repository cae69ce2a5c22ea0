/* number-map.c: a hash table of 64-bit keys to 32-bit numbers, without an allocation per row */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/number-map.h"

#include <string.h>

#define FIRST_SLOTS 256

void
sonde_number_map_clear (SondeNumberMap *self)
{
  g_free (self->slots);
  *self = (SondeNumberMap){ NULL };
}

/* Of the key, or of the free slot where it belongs. Neighbours stay together: addresses and offsets
 * mostly come in their order, and memory far away is slow. */
static guint
find_slot (const SondeNumberMap *self, guint64 key)
{
  guint slot
      = ((guint) sonde_number_mix (0, key >> 6) + (guint) (key >> 2 & 15)) & (self->n_slots - 1);

  while (self->slots[slot].number != SONDE_NUMBER_NONE && self->slots[slot].key != key)
    slot = (slot + 1) & (self->n_slots - 1);
  return slot;
}

guint32
sonde_number_map_get (const SondeNumberMap *self, guint64 key)
{
  return self->n > 0 ? self->slots[find_slot (self, key)].number : SONDE_NUMBER_NONE;
}

static void
grow (SondeNumberMap *self)
{
  const SondeNumberMap old = *self;

  self->n_slots = old.n_slots > 0 ? old.n_slots * 2 : FIRST_SLOTS;
  self->slots = g_new (SondeNumberSlot, self->n_slots);
  for (guint i = 0; i < self->n_slots; i++)
    self->slots[i].number = SONDE_NUMBER_NONE;
  for (guint i = 0; i < old.n_slots; i++)
    if (old.slots[i].number != SONDE_NUMBER_NONE)
      self->slots[find_slot (self, old.slots[i].key)] = old.slots[i];
  g_free (old.slots);
}

static gboolean
put (SondeNumberMap *self, guint64 key, guint32 number, gboolean may_replace)
{
  guint slot;

  if ((self->n + 1) * 4 > self->n_slots * 3)
    grow (self);
  slot = find_slot (self, key);
  if (self->slots[slot].number != SONDE_NUMBER_NONE && !may_replace)
    return FALSE;
  self->n += self->slots[slot].number == SONDE_NUMBER_NONE;
  self->slots[slot] = (SondeNumberSlot){ key, number };
  return TRUE;
}

void
sonde_number_map_set (SondeNumberMap *self, guint64 key, guint32 number)
{
  put (self, key, number, TRUE);
}

gboolean
sonde_number_map_add (SondeNumberMap *self, guint64 key, guint32 number)
{
  return put (self, key, number, FALSE);
}

guint64
sonde_number_hash (const void *data, gsize size)
{
  const guint8 *bytes = data;
  guint64 hash = sonde_number_mix (G_GUINT64_CONSTANT (0xcbf29ce484222325), size), word;

  for (; size >= 8; size -= 8, bytes += 8)
    {
      memcpy (&word, bytes, 8);
      hash = sonde_number_mix (hash, word);
    }
  word = 0;
  memcpy (&word, bytes, size);
  return sonde_number_mix (sonde_number_mix (hash, word), size);
}
