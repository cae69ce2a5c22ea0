/* log-ring.c: the newest lines of the log, bounded in number and in memory */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log-ring.h"

#define FIRST_SLOTS 1024

struct _SondeLogRing
{
  SondeLogLine **slots; /* owned lines; a power of two of them */
  guint n_slots;
  guint first; /* slot of the oldest line */
  guint n;
  guint64 newest;
  guint max_lines;
  gsize bytes;
  gsize max_bytes;
};

SondeLogRing *
sonde_log_ring_new (guint max_lines, gsize max_bytes)
{
  SondeLogRing *self = g_new0 (SondeLogRing, 1);

  self->n_slots = FIRST_SLOTS;
  self->slots = g_new (SondeLogLine *, self->n_slots);
  self->max_lines = max_lines;
  self->max_bytes = max_bytes;
  return self;
}

/* @index counts from the oldest line. */
static SondeLogLine **
get_slot (const SondeLogRing *self, guint index)
{
  return &self->slots[(self->first + index) & (self->n_slots - 1)];
}

static void
drop_oldest (SondeLogRing *self)
{
  SondeLogLine *oldest = *get_slot (self, 0);

  self->bytes -= sonde_log_line_get_bytes (oldest);
  self->first = (self->first + 1) & (self->n_slots - 1);
  self->n--;
  sonde_log_line_unref (oldest);
}

void
sonde_log_ring_free (SondeLogRing *self)
{
  while (self->n > 0)
    drop_oldest (self);
  g_free (self->slots);
  g_free (self);
}

static void
grow (SondeLogRing *self)
{
  SondeLogLine **slots = g_new (SondeLogLine *, 2 * (gsize) self->n_slots);

  for (guint i = 0; i < self->n; i++)
    slots[i] = *get_slot (self, i);
  g_free (self->slots);
  self->slots = slots;
  self->n_slots *= 2;
  self->first = 0;
}

void
sonde_log_ring_push (SondeLogRing *self, SondeLogLine *line)
{
  const gsize bytes = sonde_log_line_get_bytes (line);

  while (self->n > 0 && (self->n >= self->max_lines || self->bytes + bytes > self->max_bytes))
    drop_oldest (self);
  if (self->n == self->n_slots)
    grow (self);
  line->number = ++self->newest;
  *get_slot (self, self->n) = line;
  self->n++;
  self->bytes += bytes;
}

guint64
sonde_log_ring_get_newest (const SondeLogRing *self)
{
  return self->newest;
}

guint
sonde_log_ring_get_n (const SondeLogRing *self)
{
  return self->n;
}

GPtrArray *
sonde_log_ring_dup_since (const SondeLogRing *self, guint64 number, guint max)
{
  const guint64 n_newer = self->newest > number ? self->newest - number : 0;
  const guint skipped = n_newer < self->n ? self->n - (guint) n_newer : 0;
  const guint n = MIN (self->n - skipped, max);
  GPtrArray *lines = g_ptr_array_new_full (n, (GDestroyNotify) sonde_log_line_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (lines, sonde_log_line_ref (*get_slot (self, skipped + i)));
  return lines;
}
