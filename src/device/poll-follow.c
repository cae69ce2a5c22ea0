/* poll-follow.c: answers to what is read of a watch behind pointers */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/poll-follow.h"

#include "device/answer-bytes.h"

/* What is read as fast as it goes has no due times that could pass. */
static void
count_passed (SondePollEntry *entry, SondePollTally *tally)
{
  if (sonde_watch_get_state (entry->watch)->asked_hz <= 0)
    return;
  tally->n_lost++;
  sonde_watch_count_skipped (entry->watch, 1);
}

static void
skip (SondePollEntry *entry, SondePollTally *tally)
{
  entry->is_open = FALSE;
  count_passed (entry, tally);
}

static void
begin_round (SondePollEntry *entry, guint64 round, SondePollTally *tally)
{
  if (entry->round == round)
    return;
  if (entry->is_open)
    skip (entry, tally);
  sonde_poll_entry_begin_round (entry, round);
  entry->is_open = TRUE;
}

/* That a pointer leads nowhere is an answer, too: it costs no sample and no patience. */
static void
take_step (const SondeFollowed *self, SondeChaseStep step)
{
  SondePollEntry *entry = self->entry;

  entry->is_open = FALSE;
  sonde_poll_entry_recover (entry);
  entry->needs_plan |= sonde_chase_take_news (entry->chase);
  if (step == SONDE_CHASE_AGAIN)
    {
      entry->needs_again = TRUE;
      entry->passed_round = entry->round;
    }
  else if (step == SONDE_CHASE_FAILED)
    sonde_watch_take_error (entry->watch, sonde_chase_get_error (entry->chase));
  else
    sonde_poll_entry_deliver (entry, self->reply, self->time_us, self->tally);
}

/* Returns: which entry of the batch the board refused, -1 unknown. */
static gint
find_refused (const SondeFollowed *self)
{
  guint n = self->read->read.ranges->len;

  if (n == 1)
    return 0;
  return self->reply->at >= 0 && (guint) self->reply->at < n ? self->reply->at : -1;
}

/* Whether the refused entry of the batch is another place of the same watch. */
static gboolean
is_of_same_watch (const SondeFollowed *self, guint range)
{
  for (guint i = 0; i < self->read->slices->len; i++)
    {
      const SondeSlice *slice = &g_array_index (self->read->slices, SondeSlice, i);

      if (slice->range == range && slice->place - self->first < self->n)
        return TRUE;
    }
  return FALSE;
}

static void
isolate (const SondeFollowed *self, SondeMerge merge)
{
  self->entry->merge = MAX (self->entry->merge, merge);
  self->entry->needs_plan = TRUE;
  skip (self->entry, self->tally);
}

static void
take_refusal (const SondeFollowed *self)
{
  const SondeSlice *slice = self->slice;
  const SondeReply *reply = self->reply;
  const gint at = find_refused (self);

  if (at < 0)
    isolate (self, SONDE_MERGE_ALONE);
  else if ((guint) at != slice->range && is_of_same_watch (self, (guint) at))
    return; /* its turn comes, or was */
  else if ((guint) at != slice->range)
    skip (self->entry, self->tally);
  else if (slice->size != g_array_index (self->read->read.ranges, SondeRange, at).size)
    isolate (self, SONDE_MERGE_EXACT);
  else if (slice->place == self->first)
    {
      self->entry->is_open = FALSE;
      sonde_poll_entry_fail (self->entry, reply->error, self->tally);
    }
  else
    take_step (self, sonde_chase_refuse (self->entry->chase, slice->place - self->first,
                                         &self->places[slice->place - self->first], self->reach,
                                         reply->error, reply->received_us));
}

static const char *
store_piece (const SondeFollowed *self)
{
  SondePollEntry *entry = self->entry;
  guint place = self->slice->place - self->first;
  guint8 *bytes = sonde_chase_get_bytes (entry->chase, place);

  return sonde_answer_store (self->reply, self->slice,
                             sonde_chase_get_variable (entry->chase, place),
                             bytes != NULL ? bytes : entry->bytes);
}

static gboolean
is_complete (const SondeFollowed *self)
{
  guint32 size = 0;

  for (guint i = 0; i < self->n; i++)
    size += self->places[i].size;
  return self->entry->filled == size;
}

static void
take_piece (const SondeFollowed *self)
{
  SondePollEntry *entry = self->entry;
  const SondeReply *reply = self->reply;
  const char *error = reply->error;

  if (reply->outcome == SONDE_OUTCOME_REFUSED)
    {
      take_refusal (self);
      return;
    }
  if (reply->outcome == SONDE_OUTCOME_ANSWERED)
    error = store_piece (self);
  if (error != NULL)
    {
      entry->is_open = FALSE;
      sonde_poll_entry_fail (entry, error, self->tally);
      return;
    }
  entry->filled += self->slice->size;
  if (is_complete (self))
    take_step (self,
               sonde_chase_conclude (entry->chase, self->places, self->n, reply->received_us));
}

/* The round that was asked for at once is under way, and will say more than this one. */
static void
pass_round (SondePollEntry *entry, guint64 round, SondePollTally *tally)
{
  if (entry->passed_round != round)
    count_passed (entry, tally);
  entry->passed_round = round;
}

void
sonde_poll_follow_take (const SondeFollowed *self, guint64 round)
{
  SondePollEntry *entry = self->entry;

  if (entry->is_asked_again && self->reach == SONDE_CHASE_KNOWN)
    {
      pass_round (entry, round, self->tally);
      return;
    }
  /* A later round has begun to come in: what this one would say is older. */
  if (round < entry->round)
    return;
  begin_round (entry, round, self->tally);
  if (!entry->is_open)
    return;
  if (self->reply->order < entry->stale_before)
    skip (entry, self->tally);
  else
    take_piece (self);
  if (!entry->is_open && self->reach == SONDE_CHASE_TRIAL)
    entry->is_asked_again = FALSE;
}
