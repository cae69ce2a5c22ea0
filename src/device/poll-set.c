/* poll-set.c: watches read together by one plan; cuts answers back into them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/poll-set.h"

#include "device/answer-bytes.h"
#include "device/poll-follow.h"

static void
clear_spot (gpointer data)
{
  sonde_poll_entry_unref (((SondeSpot *) data)->entry);
}

static void
clear_set (gpointer data)
{
  SondePollSet *self = data;

  g_clear_pointer (&self->plan, sonde_poll_plan_free);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->spots, g_array_unref);
  g_clear_pointer (&self->order, g_array_unref);
}

/* Returns: how many places the entry has. */
static guint
append_places (SondePollSet *self, SondePollEntry *entry, const SondePollRules *rules)
{
  const SondeVariableInfo *info = sonde_variable_get_info (sonde_watch_get_variable (entry->watch));
  SondeMerge merge = entry->is_backed_off ? SONDE_MERGE_ALONE : entry->merge;
  SondePlace place
      = { .address = info->address, .size = entry->size, .memory = info->memory, .merge = merge };

  if (entry->chase != NULL)
    return sonde_chase_append_places (
        entry->chase, &(SondeChaseRules){ self->reach, merge, rules->memory_of, rules->user_data },
        self->places);
  g_array_append_val (self->places, place);
  return 1;
}

static void
append_entry (SondePollSet *self, SondePollEntry *entry, const SondePollRules *rules)
{
  guint first = self->places->len, n = append_places (self, entry, rules);

  for (guint i = 0; i < n; i++)
    {
      SondeSpot spot = { g_rc_box_acquire (entry), first, n };

      g_array_append_val (self->spots, spot);
    }
}

/* How far down its chain the farthest place of a read stands. */
static guint
find_depth (const SondePollSet *self, guint index)
{
  const SondePlanRead *read = sonde_poll_plan_get_read (self->plan, index);
  guint depth = 0;

  for (guint i = 0; i < read->slices->len; i++)
    {
      guint place = g_array_index (read->slices, SondeSlice, i).place;

      depth = MAX (depth, place - g_array_index (self->spots, SondeSpot, place).first);
    }
  return depth;
}

static gint
compare_depth (gconstpointer a, gconstpointer b, gpointer user_data)
{
  guint x = find_depth (user_data, *(const guint *) a);
  guint y = find_depth (user_data, *(const guint *) b);

  return (x < y) - (x > y);
}

/* Where a round takes several messages, a pointer is read after what it leads to: it led there the
 * round before, and if it does so still, it did when the target was read. */
static void
order_reads (SondePollSet *self)
{
  guint n = sonde_poll_plan_get_n_reads (self->plan);

  if (n < 2)
    return;
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++)
    g_array_append_val (self->order, i);
  g_array_sort_with_data (self->order, compare_depth, self);
}

guint
sonde_poll_set_get_index (const SondePollSet *self, guint nth)
{
  return self->order != NULL ? g_array_index (self->order, guint, nth) : nth;
}

SondePollSet *
sonde_poll_set_new (GPtrArray *entries, SondeChaseReach reach, const SondePollRules *rules)
{
  SondePollSet *self = g_rc_box_new0 (SondePollSet);

  self->reach = reach;
  self->places = g_array_new (FALSE, FALSE, sizeof (SondePlace));
  self->spots = g_array_new (FALSE, FALSE, sizeof (SondeSpot));
  g_array_set_clear_func (self->spots, clear_spot);
  for (guint i = 0; i < entries->len; i++)
    append_entry (self, g_ptr_array_index (entries, i), rules);
  self->plan
      = sonde_poll_plan_new ((const SondePlace *) (gpointer) self->places->data, self->places->len,
                             rules->limits, rules->memory_of, rules->user_data);
  if (self->places->len > entries->len)
    order_reads (self);
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
take_slice (SondePollEntry *entry, const SondeSlice *slice, const SondeReply *reply, gint64 time_us,
            SondePollTally *tally)
{
  const char *error = reply->error;

  if (reply->outcome == SONDE_OUTCOME_ANSWERED)
    error
        = sonde_answer_store (reply, slice, sonde_watch_get_variable (entry->watch), entry->bytes);
  if (error != NULL)
    {
      sonde_poll_entry_fail (entry, error, tally);
      return;
    }
  entry->filled += slice->size;
  if (entry->filled == entry->size && !entry->has_failed)
    sonde_poll_entry_deliver (entry, reply, time_us, tally);
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
  sonde_poll_entry_fail (entry, reply->error, tally);
}

static gboolean
names_culprit (const SondePlanRead *read, const SondeReply *reply)
{
  return reply->outcome == SONDE_OUTCOME_REFUSED && reply->at >= 0
         && (guint) reply->at < read->read.ranges->len && read->slices->len > 1;
}

static void
follow (const SondePollSet *self, const SondePlanRead *read, const SondeSlice *slice, guint64 round,
        const SondeReply *reply, gint64 time_us, SondePollTally *tally)
{
  const SondeSpot *spot = &g_array_index (self->spots, SondeSpot, slice->place);

  sonde_poll_follow_take (
      &(SondeFollowed){ .read = read,
                        .slice = slice,
                        .reply = reply,
                        .entry = spot->entry,
                        .places = &g_array_index (self->places, SondePlace, spot->first),
                        .first = spot->first,
                        .n = spot->n,
                        .reach = self->reach,
                        .time_us = time_us,
                        .tally = tally },
      round);
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
      SondePollEntry *entry = g_array_index (self->spots, SondeSpot, slice->place).entry;

      if (entry->is_removed)
        continue;
      if (entry->chase != NULL)
        {
          follow (self, read, slice, round, reply, time_us, tally);
          continue;
        }
      if (slice->place_offset + slice->size > entry->size)
        continue;
      if (reply->order < entry->stale_before)
        {
          tally->n_lost++;
          continue;
        }
      sonde_poll_entry_begin_round (entry, round);
      if (has_culprit)
        take_refused_entry (entry, slice, read, reply, tally);
      else
        take_slice (entry, slice, reply, time_us, tally);
    }
}
