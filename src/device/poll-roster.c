/* poll-roster.c: the watches of a board, and the groups in which they are read */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/poll-roster.h"

#include "base/clock.h"

/* A watch that joins a slow group is read once at once: nobody waits ten seconds for a value. */
#define SLOW_PERIOD_US 250000
#define SOON_US 2000 /* but one that is due so soon is not worth a read of its own */

struct _SondePollRoster
{
  GPtrArray *entries; /* of SondePollEntry */
  GPtrArray *groups;  /* of SondePollGroup */
  guint turn;         /* the group that is asked first next time */
};

SondePollRoster *
sonde_poll_roster_new (void)
{
  SondePollRoster *self = g_new0 (SondePollRoster, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_poll_entry_unref);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_poll_group_free);
  return self;
}

void
sonde_poll_roster_free (SondePollRoster *self)
{
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static SondePollGroup *
lookup_group (SondePollRoster *self, SondeGroupKind kind, double rate_hz)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      SondePollGroup *group = g_ptr_array_index (self->groups, i);

      if (sonde_poll_group_get_kind (group) == kind && sonde_poll_group_get_rate (group) == rate_hz)
        return group;
    }
  return NULL;
}

static SondePollGroup *
add_group (SondePollRoster *self, SondeGroupKind kind, double rate_hz)
{
  SondePollGroup *group = sonde_poll_group_new (kind, rate_hz, sonde_clock_now_us ());

  g_ptr_array_add (self->groups, group);
  return group;
}

static gboolean
must_wait (const SondePollEntry *entry, const SondePollGroup *group, double rate_hz)
{
  return !entry->is_backed_off && rate_hz > 0 && G_USEC_PER_SEC / rate_hz > SLOW_PERIOD_US
         && sonde_poll_group_get_next_round (group) - sonde_clock_now_us () > SOON_US;
}

static void
enter_group (SondePollRoster *self, SondePollEntry *entry)
{
  double rate_hz = sonde_poll_entry_get_rate (entry);
  SondeGroupKind kind = entry->chase != NULL ? SONDE_GROUP_FOLLOWS : SONDE_GROUP_REPEATS;
  SondePollGroup *group = lookup_group (self, kind, rate_hz);

  entry->needs_move = FALSE;
  if (group == NULL)
    group = add_group (self, kind, rate_hz);
  else if (must_wait (entry, group, rate_hz))
    sonde_poll_group_add (add_group (self, SONDE_GROUP_ONCE, 0), entry);
  sonde_poll_group_add (group, entry);
}

static void
leave_groups (SondePollRoster *self, SondePollEntry *entry)
{
  for (guint i = 0; i < self->groups->len; i++)
    sonde_poll_group_remove (g_ptr_array_index (self->groups, i), entry);
}

static void
move_entry (SondePollRoster *self, SondePollEntry *entry)
{
  leave_groups (self, entry);
  entry->is_asked_again = FALSE;
  enter_group (self, entry);
}

static void
replan_for (SondePollRoster *self, SondePollEntry *entry)
{
  entry->needs_plan = FALSE;
  for (guint i = 0; i < self->groups->len; i++)
    sonde_poll_group_replan_for (g_ptr_array_index (self->groups, i), entry);
}

/* What an answer asked for: other groups, other plans, one more round at once. */
void
sonde_poll_roster_settle (SondePollRoster *self)
{
  SondePollGroup *again = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      SondePollEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->needs_move)
        move_entry (self, entry);
      if (entry->needs_plan)
        replan_for (self, entry);
      if (!entry->needs_again)
        continue;
      entry->needs_again = FALSE;
      entry->is_asked_again = TRUE;
      if (again == NULL)
        again = add_group (self, SONDE_GROUP_ONCE, 0);
      sonde_poll_group_add (again, entry);
    }
}

void
sonde_poll_roster_drop_finished (SondePollRoster *self)
{
  for (guint i = self->groups->len; i-- > 0;)
    if (sonde_poll_group_is_over (g_ptr_array_index (self->groups, i)))
      g_ptr_array_remove_index (self->groups, i);
}

SondePollGroup *
sonde_poll_roster_find_ready (SondePollRoster *self, const SondePollRules *rules, gint64 now_us,
                              SondePollTally *tally)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      guint index = (self->turn + i) % self->groups->len;
      SondePollGroup *group = g_ptr_array_index (self->groups, index);

      if (!sonde_poll_group_is_ready (group, rules, now_us, tally))
        continue;
      self->turn = index + 1;
      return group;
    }
  return NULL;
}

static SondePollEntry *
lookup_entry (SondePollRoster *self, SondeWatch *watch, guint *index)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      SondePollEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->watch != watch)
        continue;
      *index = i;
      return entry;
    }
  return NULL;
}

void
sonde_poll_roster_add (SondePollRoster *self, SondeWatch *watch)
{
  SondePollEntry *entry = sonde_poll_entry_new (watch);

  g_ptr_array_add (self->entries, entry);
  enter_group (self, entry);
}

gboolean
sonde_poll_roster_remove (SondePollRoster *self, SondeWatch *watch)
{
  guint index;
  SondePollEntry *entry = lookup_entry (self, watch, &index);

  if (entry == NULL)
    return FALSE;
  entry->is_removed = TRUE;
  leave_groups (self, entry);
  g_ptr_array_remove_index (self->entries, index);
  return TRUE;
}

gboolean
sonde_poll_roster_is_empty (const SondePollRoster *self)
{
  return self->entries->len == 0;
}

gint64
sonde_poll_roster_get_due (const SondePollRoster *self)
{
  gint64 due_us = G_MAXINT64;

  for (guint i = 0; i < self->groups->len; i++)
    due_us = MIN (due_us, sonde_poll_group_get_due (g_ptr_array_index (self->groups, i)));
  return due_us;
}

void
sonde_poll_roster_replan (SondePollRoster *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    sonde_poll_group_replan (g_ptr_array_index (self->groups, i));
}

void
sonde_poll_roster_forget_failures (SondePollRoster *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      SondePollEntry *entry = g_ptr_array_index (self->entries, i);

      entry->needs_move = entry->is_backed_off || entry->merge != SONDE_MERGE_FREELY;
      sonde_poll_entry_forget (entry);
    }
  sonde_poll_roster_settle (self);
}

void
sonde_poll_roster_restart (SondePollRoster *self)
{
  sonde_poll_roster_forget_failures (self);
  for (guint i = 0; i < self->entries->len; i++)
    ((SondePollEntry *) g_ptr_array_index (self->entries, i))->stale_before = 0;
  for (guint i = 0; i < self->groups->len; i++)
    sonde_poll_group_restart (g_ptr_array_index (self->groups, i), sonde_clock_now_us ());
}

void
sonde_poll_roster_note_write (SondePollRoster *self, guint64 address, guint64 size, guint64 order)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      SondePollEntry *entry = g_ptr_array_index (self->entries, i);

      if (sonde_poll_entry_overlaps (entry, address, size))
        entry->stale_before = order;
    }
}
