/* poll-group.c: the watches of one rate: due times on an absolute grid, rounds of reads */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/poll-group.h"

/* How late a due read is still worth sending: long enough for a busy machine's hiccup. */
#define MAX_LATE_US (250 * 1000)
/* Above this a line drawn over what was skipped would be a guess. */
#define HOLE_US G_USEC_PER_SEC

struct _SondePollGroup
{
  SondeGroupKind kind;
  double rate_hz;
  gint64 start_us;
  guint64 n_due;      /* number of the due time that is next or being read */
  guint64 round;      /* the one that is being sent */
  SondePollSet *set;  /* owned; NULL before the first round */
  guint cursor;       /* reads of this round already sent; 0 between rounds */
  gboolean is_dirty;  /* the set does not hold these entries */
  GPtrArray *entries; /* of SondePollEntry, owned references */
};

/* Groups begin on whole milliseconds: rates that divide each other then fall due together, and
 * share a wake-up and often a batch. */
static gint64
round_up (gint64 start_us)
{
  return (start_us + 999) / 1000 * 1000;
}

SondePollGroup *
sonde_poll_group_new (SondeGroupKind kind, double rate_hz, gint64 start_us)
{
  SondePollGroup *self = g_new0 (SondePollGroup, 1);

  self->kind = kind;
  self->rate_hz = rate_hz;
  self->start_us = rate_hz > 0 ? round_up (start_us) : start_us;
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_poll_entry_unref);
  self->is_dirty = TRUE;
  return self;
}

void
sonde_poll_group_free (SondePollGroup *self)
{
  g_clear_pointer (&self->set, sonde_poll_set_unref);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

double
sonde_poll_group_get_rate (const SondePollGroup *self)
{
  return self->rate_hz;
}

SondeGroupKind
sonde_poll_group_get_kind (const SondePollGroup *self)
{
  return self->kind;
}

gboolean
sonde_poll_group_is_over (const SondePollGroup *self)
{
  return self->entries->len == 0 || (self->kind == SONDE_GROUP_ONCE && self->n_due > 0);
}

void
sonde_poll_group_add (SondePollGroup *self, SondePollEntry *entry)
{
  g_ptr_array_add (self->entries, g_rc_box_acquire (entry));
  self->is_dirty = TRUE;
}

void
sonde_poll_group_remove (SondePollGroup *self, SondePollEntry *entry)
{
  if (g_ptr_array_remove (self->entries, entry))
    self->is_dirty = TRUE;
}

void
sonde_poll_group_restart (SondePollGroup *self, gint64 start_us)
{
  self->start_us = self->rate_hz > 0 ? round_up (start_us) : start_us;
  self->n_due = 0;
  self->cursor = 0;
  self->is_dirty = TRUE;
}

void
sonde_poll_group_replan (SondePollGroup *self)
{
  self->is_dirty = TRUE;
}

void
sonde_poll_group_replan_for (SondePollGroup *self, SondePollEntry *entry)
{
  if (g_ptr_array_find (self->entries, entry, NULL))
    self->is_dirty = TRUE;
}

/* Counted from the start every time, so that no rounding adds up. */
static gint64
due_of (const SondePollGroup *self, guint64 n_due)
{
  return self->start_us + (gint64) ((double) n_due * G_USEC_PER_SEC / self->rate_hz);
}

gint64
sonde_poll_group_get_next_round (const SondePollGroup *self)
{
  if (self->rate_hz <= 0)
    return self->start_us;
  /* A round that is being sent has its reads already. */
  return due_of (self, self->cursor > 0 ? self->n_due + 1 : self->n_due);
}

/* All of it waits for rounds that were asked for at once: its own would only be in their way. */
static gboolean
is_resting (const SondePollGroup *self)
{
  if (self->kind != SONDE_GROUP_FOLLOWS || self->cursor > 0)
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    if (!((SondePollEntry *) g_ptr_array_index (self->entries, i))->is_asked_again)
      return FALSE;
  return TRUE;
}

gint64
sonde_poll_group_get_due (const SondePollGroup *self)
{
  if (self->entries->len == 0 || (self->rate_hz <= 0 && is_resting (self)))
    return G_MAXINT64;
  if (self->cursor > 0 || self->rate_hz <= 0)
    return self->start_us;
  return due_of (self, self->n_due);
}

static void
skip_old (SondePollGroup *self, gint64 now_us, SondePollTally *tally)
{
  gint64 due_us = sonde_poll_group_get_due (self);
  double period_us = G_USEC_PER_SEC / self->rate_hz;
  guint64 n_newest, n_skipped;

  if ((double) (now_us - due_us) <= MAX (period_us, (double) MAX_LATE_US))
    return;
  n_newest = (guint64) ((double) (now_us - self->start_us) / period_us);
  if (n_newest <= self->n_due)
    return;
  n_skipped = n_newest - self->n_due;
  self->n_due = n_newest;
  for (guint i = 0; i < self->entries->len; i++)
    {
      SondePollEntry *entry = g_ptr_array_index (self->entries, i);

      sonde_watch_count_skipped (entry->watch, n_skipped);
      if (now_us - due_us > HOLE_US && n_skipped > 1)
        sonde_watch_take_gap (entry->watch);
      tally->n_lost += n_skipped;
    }
}

static void
pass_due_time (SondePollGroup *self, SondePollTally *tally)
{
  self->n_due++;
  tally->n_lost += self->entries->len;
  for (guint i = 0; i < self->entries->len; i++)
    sonde_watch_count_skipped (((SondePollEntry *) g_ptr_array_index (self->entries, i))->watch, 1);
}

/* Rounds are numbered over all groups: an entry may move from one to another. */
static void
begin_round (SondePollGroup *self, const SondePollRules *rules, SondePollTally *tally)
{
  self->round = ++tally->n_rounds;
  if (!self->is_dirty && self->set != NULL)
    return;
  g_clear_pointer (&self->set, sonde_poll_set_unref);
  self->set = sonde_poll_set_new (
      self->entries, self->kind == SONDE_GROUP_ONCE ? SONDE_CHASE_TRIAL : SONDE_CHASE_KNOWN, rules);
  self->is_dirty = FALSE;
}

gboolean
sonde_poll_group_is_ready (SondePollGroup *self, const SondePollRules *rules, gint64 now_us,
                           SondePollTally *tally)
{
  if (self->cursor > 0)
    return TRUE;
  if (sonde_poll_group_is_over (self) || now_us < sonde_poll_group_get_due (self))
    return FALSE;
  if (self->rate_hz > 0)
    skip_old (self, now_us, tally);
  if (is_resting (self))
    {
      pass_due_time (self, tally);
      return FALSE;
    }
  begin_round (self, rules, tally);
  return sonde_poll_plan_get_n_reads (self->set->plan) > 0;
}

SondePollSet *
sonde_poll_group_get_next (SondePollGroup *self, guint *index, guint64 *round)
{
  *index = sonde_poll_set_get_index (self->set, self->cursor);
  *round = self->round;
  return self->set;
}

void
sonde_poll_group_advance (SondePollGroup *self)
{
  self->cursor++;
  if (self->cursor < sonde_poll_plan_get_n_reads (self->set->plan))
    return;
  self->cursor = 0;
  self->n_due++;
}
