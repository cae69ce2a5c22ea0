/* reclaim.c: memory that readers may still look at is freed once none of them can */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/reclaim.h"

#include <stdatomic.h>

typedef struct
{
  guint64 generation; /* readers that entered in it or later cannot see the data */
  gpointer data;
  GDestroyNotify free_data;
} Waiting;

void
sonde_reclaim_init (SondeReclaim *self)
{
  atomic_init (&self->generation, 1);
  for (guint i = 0; i < SONDE_RECLAIM_SLOTS; i++)
    atomic_init (&self->slots[i], 0);
  g_queue_init (&self->waiting);
}

static void
free_waiting (Waiting *waiting)
{
  waiting->free_data (waiting->data);
  g_free (waiting);
}

void
sonde_reclaim_clear (SondeReclaim *self)
{
  g_queue_clear_full (&self->waiting, (GDestroyNotify) free_waiting);
}

/* The generation may be an old one by the time the slot holds it: then memory waits a little
 * longer than it had to, which is the safe side. */
guint
sonde_reclaim_enter (SondeReclaim *self)
{
  while (TRUE)
    {
      const guint64 generation = atomic_load (&self->generation);

      for (guint i = 0; i < SONDE_RECLAIM_SLOTS; i++)
        {
          guint64 expected = 0;

          if (atomic_compare_exchange_strong (&self->slots[i], &expected, generation))
            return i;
        }
      g_thread_yield ();
    }
}

void
sonde_reclaim_leave (SondeReclaim *self, guint slot)
{
  atomic_store (&self->slots[slot], 0);
}

void
sonde_reclaim_retire (SondeReclaim *self, gpointer data, GDestroyNotify free_data)
{
  Waiting *waiting = g_new (Waiting, 1);

  waiting->generation = atomic_fetch_add (&self->generation, 1) + 1;
  waiting->data = data;
  waiting->free_data = free_data;
  g_queue_push_tail (&self->waiting, waiting);
}

static guint64
oldest_reader (SondeReclaim *self)
{
  guint64 oldest = G_MAXUINT64;

  for (guint i = 0; i < SONDE_RECLAIM_SLOTS; i++)
    {
      const guint64 entered = atomic_load (&self->slots[i]);

      if (entered != 0)
        oldest = MIN (oldest, entered);
    }
  return oldest;
}

guint
sonde_reclaim_collect (SondeReclaim *self)
{
  const guint64 oldest = g_queue_is_empty (&self->waiting) ? G_MAXUINT64 : oldest_reader (self);
  Waiting *first;

  while ((first = g_queue_peek_head (&self->waiting)) != NULL && first->generation <= oldest)
    free_waiting (g_queue_pop_head (&self->waiting));
  return g_queue_get_length (&self->waiting);
}
