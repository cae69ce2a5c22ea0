/* poll-set.c: watches read together by one plan; cuts answers back into them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/poll-set.h"

#include "device/answer-bytes.h"

#define MAX_FAILURES 3
#define BACKED_OFF_HZ 1.0

static void
clear_entry (gpointer data)
{
  SondePollEntry *self = data;

  g_clear_object (&self->watch);
  g_free (self->bytes);
}

SondePollEntry *
sonde_poll_entry_new (SondeWatch *watch)
{
  SondePollEntry *self = g_rc_box_new0 (SondePollEntry);

  self->watch = g_object_ref (watch);
  sonde_poll_entry_forget (self);
  return self;
}

void
sonde_poll_entry_unref (SondePollEntry *self)
{
  g_rc_box_release_full (self, clear_entry);
}

double
sonde_poll_entry_get_rate (const SondePollEntry *self)
{
  double asked_hz = sonde_watch_get_state (self->watch)->asked_hz;

  if (!self->is_backed_off)
    return asked_hz;
  return asked_hz > 0 ? MIN (asked_hz, BACKED_OFF_HZ) : BACKED_OFF_HZ;
}

void
sonde_poll_entry_forget (SondePollEntry *self)
{
  self->merge = SONDE_MERGE_FREELY;
  self->n_failures = 0;
  self->is_backed_off = FALSE;
  self->filled = 0;
  self->size = (guint32) sonde_variable_get_size (sonde_watch_get_variable (self->watch));
  self->bytes = g_realloc (self->bytes, MAX (self->size, 1));
}

static void
clear_set (gpointer data)
{
  SondePollSet *self = data;

  g_clear_pointer (&self->plan, sonde_poll_plan_free);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
}

SondePollSet *
sonde_poll_set_new (GPtrArray *entries, const SondePollRules *rules)
{
  SondePollSet *self = g_rc_box_new0 (SondePollSet);
  g_autofree SondePlace *places = g_new0 (SondePlace, MAX (entries->len, 1));

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_poll_entry_unref);
  for (guint i = 0; i < entries->len; i++)
    {
      SondePollEntry *entry = g_ptr_array_index (entries, i);
      const SondeVariableInfo *info
          = sonde_variable_get_info (sonde_watch_get_variable (entry->watch));

      places[i] = (SondePlace){ .address = info->address,
                                .size = entry->size,
                                .memory = info->memory,
                                .merge = entry->is_backed_off ? SONDE_MERGE_ALONE : entry->merge };
      g_ptr_array_add (self->entries, g_rc_box_acquire (entry));
    }
  self->plan = sonde_poll_plan_new (places, entries->len, rules->limits, rules->memory_of,
                                    rules->user_data);
  return self;
}

SondePollSet *
sonde_poll_set_ref (SondePollSet *self)
{
  return g_rc_box_acquire (self);
}

void
sonde_poll_set_unref (SondePollSet *self)
{
  g_rc_box_release_full (self, clear_set);
}

static void
begin_round (SondePollEntry *entry, guint64 round)
{
  if (entry->round == round)
    return;
  entry->round = round;
  entry->filled = 0;
  entry->has_failed = FALSE;
}

/* A place that comes in several reads fails once a round. */
static void
fail_entry (SondePollEntry *entry, const char *error, SondePollTally *tally)
{
  if (entry->has_failed)
    return;
  entry->has_failed = TRUE;
  tally->n_lost++;
  if (++entry->n_failures >= MAX_FAILURES && !entry->is_backed_off)
    entry->is_backed_off = entry->needs_move = TRUE;
  sonde_watch_take_error (entry->watch, error);
}

static void
deliver (SondePollEntry *entry, const SondeReply *reply, gint64 time_us, SondePollTally *tally)
{
  entry->n_failures = 0;
  if (entry->is_backed_off)
    entry->needs_move = TRUE;
  entry->is_backed_off = FALSE;
  tally->n_samples++;
  sonde_watch_take_sample (entry->watch, time_us, reply->received_us, entry->bytes, entry->size);
}

static void
take_slice (SondePollEntry *entry, const SondeSlice *slice, const SondeReply *reply, gint64 time_us,
            SondePollTally *tally)
{
  const char *error = reply->error;

  if (reply->outcome == SONDE_OUTCOME_ANSWERED)
    error
        = sonde_answer_store (reply, slice, sonde_watch_get_variable (entry->watch), entry->bytes);
  if (error != NULL)
    {
      fail_entry (entry, error, tally);
      return;
    }
  entry->filled += slice->size;
  if (entry->filled == entry->size && !entry->has_failed)
    deliver (entry, reply, time_us, tally);
}

/* The board named the entry that it refuses. Where that was merged of several places, or over bytes
 * that nobody asked for, each is asked for by itself from now on; where it was one place, that one
 * gets a command of its own, and what it says is its error. The rest lost this round only. */
static void
take_refused_entry (SondePollEntry *entry, const SondeSlice *slice, const SondePlanRead *read,
                    const SondeReply *reply, SondePollTally *tally)
{
  const SondeRange *range = &g_array_index (read->read.ranges, SondeRange, slice->range);

  if (slice->range != (guint) reply->at)
    {
      sonde_watch_count_skipped (entry->watch, 1);
      tally->n_lost++;
      return;
    }
  entry->needs_move = TRUE;
  if (slice->size != range->size)
    {
      entry->merge = MAX (entry->merge, SONDE_MERGE_EXACT);
      sonde_watch_count_skipped (entry->watch, 1);
      tally->n_lost++;
      return;
    }
  entry->merge = SONDE_MERGE_ALONE;
  fail_entry (entry, reply->error, tally);
}

static gboolean
names_culprit (const SondePlanRead *read, const SondeReply *reply)
{
  return reply->outcome == SONDE_OUTCOME_REFUSED && reply->at >= 0
         && (guint) reply->at < read->read.ranges->len && read->slices->len > 1;
}

void
sonde_poll_set_take (SondePollSet *self, guint index, guint64 round, const SondeReply *reply,
                     gint64 time_us, SondePollTally *tally)
{
  const SondePlanRead *read = sonde_poll_plan_get_read (self->plan, index);
  gboolean has_culprit = names_culprit (read, reply);

  for (guint i = 0; i < read->slices->len; i++)
    {
      const SondeSlice *slice = &g_array_index (read->slices, SondeSlice, i);
      SondePollEntry *entry = g_ptr_array_index (self->entries, slice->place);

      if (entry->is_removed || slice->place_offset + slice->size > entry->size)
        continue;
      if (reply->order < entry->stale_before)
        {
          tally->n_lost++;
          continue;
        }
      begin_round (entry, round);
      if (has_culprit)
        take_refused_entry (entry, slice, read, reply, tally);
      else
        take_slice (entry, slice, reply, time_us, tally);
    }
}
