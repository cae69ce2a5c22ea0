/* poll-entry.c: a watch as the scheduler sees it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/poll-entry.h"

#define MAX_FAILURES 3
#define BACKED_OFF_HZ 1.0

static void
clear_entry (gpointer data)
{
  SondePollEntry *self = data;

  g_clear_object (&self->watch);
  g_clear_pointer (&self->chase, sonde_chase_free);
  g_free (self->bytes);
}

SondePollEntry *
sonde_poll_entry_new (SondeWatch *watch)
{
  SondePollEntry *self = g_rc_box_new0 (SondePollEntry);

  self->watch = g_object_ref (watch);
  self->chase = sonde_chase_new (sonde_watch_get_variable (watch));
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
  self->is_open = FALSE;
  self->is_asked_again = FALSE;
  if (self->chase != NULL)
    sonde_chase_forget (self->chase);
}

gboolean
sonde_poll_entry_overlaps (const SondePollEntry *self, guint64 address, guint64 size)
{
  guint64 place = sonde_variable_get_address (sonde_watch_get_variable (self->watch));

  if (self->chase != NULL)
    return sonde_chase_overlaps (self->chase, address, size);
  return place - address < size || address - place < self->size;
}

void
sonde_poll_entry_begin_round (SondePollEntry *self, guint64 round)
{
  if (self->round == round)
    return;
  self->round = round;
  self->filled = 0;
  self->has_failed = FALSE;
}

/* A place that comes in several reads fails once a round. */
void
sonde_poll_entry_fail (SondePollEntry *self, const char *error, SondePollTally *tally)
{
  if (self->has_failed)
    return;
  self->has_failed = TRUE;
  tally->n_lost++;
  if (++self->n_failures >= MAX_FAILURES && !self->is_backed_off)
    self->is_backed_off = self->needs_move = TRUE;
  sonde_watch_take_error (self->watch, error);
}

void
sonde_poll_entry_recover (SondePollEntry *self)
{
  self->n_failures = 0;
  if (self->is_backed_off)
    self->needs_move = TRUE;
  self->is_backed_off = FALSE;
}

void
sonde_poll_entry_deliver (SondePollEntry *self, const SondeReply *reply, gint64 time_us,
                          SondePollTally *tally)
{
  sonde_poll_entry_recover (self);
  tally->n_samples++;
  sonde_watch_take_sample (self->watch, time_us, reply->received_us, self->bytes, self->size);
}
