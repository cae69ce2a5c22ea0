/* mark-list.c: gaps and boots of a trace, rising by time */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/mark-list.h"

#include <stdatomic.h>

#define FIRST_CAPACITY 8

typedef struct
{
  SondeMarkKind kind;
  gint64 time_us;
  _Atomic (gint64) end_us; /* of a gap: 0 while it is open */
} Mark;

/* Marks below n never change but for the end of the newest gap. */
typedef struct
{
  guint capacity;
  _Atomic (guint) n;
  Mark marks[];
} Buffer;

static Buffer *
new_buffer (guint capacity)
{
  Buffer *buffer = g_malloc0 (sizeof *buffer + capacity * sizeof buffer->marks[0]);

  buffer->capacity = capacity;
  return buffer;
}

void
sonde_mark_list_init (SondeMarkList *self, SondeReclaim *reclaim)
{
  self->reclaim = reclaim;
  atomic_init (&self->buffer, new_buffer (FIRST_CAPACITY));
}

void
sonde_mark_list_release (SondeMarkList *self)
{
  g_free (atomic_exchange (&self->buffer, NULL));
}

static void
replace_buffer (SondeMarkList *self, Buffer *fresh)
{
  Buffer *old = atomic_exchange (&self->buffer, fresh);

  sonde_reclaim_retire (self->reclaim, old, g_free);
}

static gboolean
is_over (Mark *mark, gint64 oldest_us)
{
  const gint64 end_us = mark->kind == SONDE_MARK_GAP ? atomic_load (&mark->end_us) : mark->time_us;

  return end_us != 0 && end_us < oldest_us;
}

/* Room is made by forgetting what lies before the oldest sample, else by doubling. */
static Buffer *
make_room (SondeMarkList *self, Buffer *full, gint64 oldest_us)
{
  const guint n = atomic_load (&full->n);
  guint n_over = 0;
  Buffer *fresh;

  while (n_over < n && is_over (&full->marks[n_over], oldest_us))
    n_over++;
  fresh = new_buffer (n_over > n / 2 ? full->capacity : full->capacity * 2);
  for (guint i = n_over; i < n; i++)
    {
      fresh->marks[i - n_over].kind = full->marks[i].kind;
      fresh->marks[i - n_over].time_us = full->marks[i].time_us;
      atomic_init (&fresh->marks[i - n_over].end_us, atomic_load (&full->marks[i].end_us));
    }
  atomic_init (&fresh->n, n - n_over);
  replace_buffer (self, fresh);
  return fresh;
}

void
sonde_mark_list_add (SondeMarkList *self, SondeMarkKind kind, gint64 time_us, gint64 oldest_us)
{
  Buffer *buffer = atomic_load (&self->buffer);

  if (atomic_load (&buffer->n) == buffer->capacity)
    buffer = make_room (self, buffer, oldest_us);

  const guint n = atomic_load (&buffer->n);

  buffer->marks[n].kind = kind;
  buffer->marks[n].time_us = time_us;
  atomic_store (&buffer->marks[n].end_us, 0);
  atomic_store_explicit (&buffer->n, n + 1, memory_order_release);
}

void
sonde_mark_list_close_gap (SondeMarkList *self, gint64 end_us)
{
  Buffer *buffer = atomic_load (&self->buffer);

  for (guint i = atomic_load (&buffer->n); i > 0; i--)
    if (buffer->marks[i - 1].kind == SONDE_MARK_GAP)
      {
        atomic_store (&buffer->marks[i - 1].end_us, end_us);
        return;
      }
}

void
sonde_mark_list_reset (SondeMarkList *self)
{
  replace_buffer (self, new_buffer (FIRST_CAPACITY));
}

gsize
sonde_mark_list_get_bytes (const SondeMarkList *self)
{
  const Buffer *buffer = atomic_load (&self->buffer);

  return sizeof *buffer + buffer->capacity * sizeof buffer->marks[0];
}

/* The first mark that can touch a span from @start_us on: gaps follow one another, so of those that
 * began earlier only the last one can reach into it. */
static guint
find_first (Buffer *buffer, guint n, gint64 start_us)
{
  guint low = 0, high = n;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (buffer->marks[middle].time_us < start_us)
        low = middle + 1;
      else
        high = middle;
    }
  for (guint i = low; i > 0; i--)
    if (buffer->marks[i - 1].kind == SONDE_MARK_GAP)
      return i - 1;
  return low;
}

guint
sonde_mark_list_read (SondeMarkList *self, gint64 start_us, gint64 end_us, GArray *marks)
{
  Buffer *buffer = atomic_load (&self->buffer);
  const guint n = atomic_load_explicit (&buffer->n, memory_order_acquire);
  guint n_read = 0;

  for (guint i = find_first (buffer, n, start_us); i < n; i++)
    {
      const SondeMark mark = { buffer->marks[i].kind, buffer->marks[i].time_us,
                               atomic_load (&buffer->marks[i].end_us) };

      if (mark.time_us >= end_us)
        break;
      if (is_over (&buffer->marks[i], start_us))
        continue;
      g_array_append_val (marks, mark);
      n_read++;
    }
  return n_read;
}
