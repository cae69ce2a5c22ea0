/* block-job.c: many bytes read once, piece by piece, behind what is due */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/block-job.h"

#include <string.h>

#include "base/bytes.h"

/* Planned at a time, so that the plan of a large block stays small. */
#define PIECE_BYTES 4096

/* Owns itself until its end. */
typedef struct
{
  SondePollScheduler *scheduler; /* borrowed */
  SondeLimits limits;
  SondeBlock block;
  GCancellable *cancellable; /* owned, nullable */
  guint8 *bytes;
  gsize offset;        /* of the piece in the block */
  SondePollPlan *plan; /* of the piece; NULL: none begun */
  guint32 piece_size;
  guint next_read;
  SondeBlockJobFunc func;
  gpointer user_data;
} Job;

static void ask_next (Job *self);

static void
finish (Job *self, const SondeBlockResult *result)
{
  self->func (result, self->user_data);
  g_clear_pointer (&self->plan, sonde_poll_plan_free);
  g_clear_object (&self->cancellable);
  g_free (self->bytes);
  g_free (self);
}

static void
fail (Job *self, SondeOutcome outcome, const char *error)
{
  const SondePlanRead *read = sonde_poll_plan_get_read (self->plan, self->next_read);

  finish (self,
          &(SondeBlockResult){ .address = g_array_index (read->read.ranges, SondeRange, 0).address,
                               .outcome = outcome,
                               .error = error });
}

static void
succeed (Job *self)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&self->bytes), self->block.size);

  finish (self, &(SondeBlockResult){ .bytes = bytes, .address = self->block.address });
}

/* Returns: FALSE where the board gave a number of its own making, which is not what memory holds.
 */
static gboolean
store (Job *self, const SondeReply *reply, const SondePlanRead *read)
{
  for (guint i = 0; i < read->slices->len; i++)
    {
      const SondeSlice *slice = &g_array_index (read->slices, SondeSlice, i);
      guint8 *target = self->bytes + self->offset + slice->place_offset;

      if (reply->data != NULL)
        memcpy (target, reply->data + slice->read_offset, slice->size);
      else if (reply->form == SONDE_ANSWER_BITS)
        sonde_bytes_store (target, slice->size, self->block.byte_order, reply->bits);
      else
        return FALSE;
    }
  return TRUE;
}

static void
on_reply (const SondeReply *reply, gpointer owner, gpointer data, guint64 tag)
{
  Job *self = owner;
  const SondePlanRead *read = sonde_poll_plan_get_read (self->plan, self->next_read);

  if (reply->outcome != SONDE_OUTCOME_ANSWERED)
    fail (self, reply->outcome, reply->error);
  else if (!store (self, reply, read))
    fail (self, SONDE_OUTCOME_REFUSED, "the board converts what it reads");
  else if (g_cancellable_is_cancelled (self->cancellable))
    fail (self, SONDE_OUTCOME_GONE, "cancelled");
  else
    {
      self->next_read++;
      ask_next (self);
    }
}

static void
plan_piece (Job *self)
{
  SondePlace place = { .address = self->block.address + self->offset,
                       .memory = SONDE_MEMORY_FLASH,
                       .merge = SONDE_MERGE_FREELY };

  g_clear_pointer (&self->plan, sonde_poll_plan_free);
  place.size = self->piece_size = (guint32) MIN (self->block.size - self->offset, PIECE_BYTES);
  self->plan = sonde_poll_plan_new (&place, 1, &self->limits, NULL, NULL);
  self->next_read = 0;
}

static void
ask_next (Job *self)
{
  if (self->plan != NULL && self->next_read == sonde_poll_plan_get_n_reads (self->plan))
    {
      self->offset += self->piece_size;
      if (self->offset == self->block.size)
        {
          succeed (self);
          return;
        }
      g_clear_pointer (&self->plan, sonde_poll_plan_free);
    }
  if (self->plan == NULL)
    plan_piece (self);
  sonde_poll_scheduler_ask_idle_read (self->scheduler,
                                      &sonde_poll_plan_get_read (self->plan, self->next_read)->read,
                                      &(SondeAsk){ .func = on_reply, .owner = self });
}

void
sonde_block_job_start (SondePollScheduler *scheduler, const SondeLimits *limits,
                       const SondeBlock *block, GCancellable *cancellable, SondeBlockJobFunc func,
                       gpointer user_data)
{
  Job *self;

  g_return_if_fail (block->size > 0 && block->size <= SONDE_BLOCK_MAX_SIZE);

  self = g_new0 (Job, 1);
  self->scheduler = scheduler;
  self->limits = *limits;
  self->block = *block;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->bytes = g_malloc (block->size);
  self->func = func;
  self->user_data = user_data;
  ask_next (self);
}
