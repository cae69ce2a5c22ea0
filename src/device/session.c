/* session.c: the connection of one board: link, polling, silence, boots, end */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/session.h"

#include <string.h>

#include "base/clock.h"
#include "device/vigil.h"

#define TICK_US 250000
#define END_US G_USEC_PER_SEC
#define CLOSE_PLAIN 1005
#define CLOSE_REPLACED 4000

struct _SondeSession
{
  const SondeSessionHandler *handler;
  gpointer owner;
  SondeLink *link;        /* owned; NULL while there is no connection */
  SondeLinkStatus before; /* counters of earlier connections */
  SondeIdentity identity;
  SondeDeviceState state;
  gboolean had_link;
  gboolean is_tapped;
  SondeBoardClock clock;
  SondePollScheduler *scheduler;
  SondeVigil vigil;
  gint64 end_us; /* monotonic: waiting for the answer to end until then; 0: not ending */
};

SondeSession *
sonde_session_new (const SondeSessionHandler *handler, gpointer owner)
{
  SondeSession *self = g_new0 (SondeSession, 1);

  self->handler = handler;
  self->owner = owner;
  self->state = SONDE_DEVICE_GREETING;
  self->scheduler = sonde_poll_scheduler_new (&self->clock);
  return self;
}

static void
set_state (SondeSession *self, SondeDeviceState state, const char *why)
{
  gboolean was_lost = self->state == SONDE_DEVICE_LOST;

  self->state = state;
  if (state == SONDE_DEVICE_LOST && !was_lost)
    self->handler->gap (self->owner);
  self->handler->state (self->owner, why);
}

/* Connection */

static void
add_counters (SondeLinkStatus *sum, const SondeLinkStatus *status)
{
  sum->n_sent += status->n_sent;
  sum->n_answers += status->n_answers;
  sum->n_timeouts += status->n_timeouts;
  sum->n_refused += status->n_refused;
  sum->n_unasked += status->n_unasked;
  sum->sends_unmasked |= status->sends_unmasked;
}

static SondeLink *
detach_link (SondeSession *self)
{
  SondeLinkStatus status;

  if (self->link == NULL)
    return NULL;
  sonde_link_get_status (self->link, &status);
  add_counters (&self->before, &status);
  sonde_link_set_handler (self->link, NULL, NULL);
  self->vigil = (SondeVigil){ 0 };
  sonde_poll_scheduler_set_link (self->scheduler, NULL);
  return g_steal_pointer (&self->link);
}

void
sonde_session_free (SondeSession *self)
{
  SondeLink *link = detach_link (self);

  if (link != NULL)
    sonde_link_close_and_release (link, CLOSE_PLAIN);
  sonde_poll_scheduler_free (self->scheduler);
  g_free (self);
}

static void
finish_end (SondeSession *self)
{
  if (self->end_us == 0)
    return;
  self->end_us = 0;
  if (self->link != NULL)
    sonde_link_close (self->link, CLOSE_PLAIN);
  self->handler->ended (self->owner);
}

static void
on_message (gpointer owner, const SondeMessage *message, const char *text, gsize size)
{
  SondeSession *self = owner;

  if (message->kind == SONDE_MESSAGE_END)
    finish_end (self);
  else
    self->handler->message (self->owner, message, text, size);
}

static void
on_closed (gpointer owner, guint code, const char *reason)
{
  SondeSession *self = owner;
  g_autoptr (SondeLink) link = detach_link (self);
  g_autofree char *why = g_strdup_printf ("connection ended: %u %s", code, reason ? reason : "");

  set_state (self, SONDE_DEVICE_LOST, g_strchomp (why));
  finish_end (self);
}

static void
on_tap (gpointer owner, gboolean outgoing, const char *text, gsize size)
{
  SondeSession *self = owner;

  self->handler->tap (self->owner, outgoing, text, size);
}

SondeLink *
sonde_session_release_link (SondeSession *self)
{
  SondeLink *link = detach_link (self);

  set_state (self, SONDE_DEVICE_LOST, "the connection belongs to another board");
  return link;
}

SondeLink *
sonde_session_get_link (SondeSession *self)
{
  return self->link;
}

/* Identity */

/* The same start of the board, as far as it tells: without a boot number each connection counts as
 * one. */
static gboolean
is_same_boot (SondeSession *self, const SondeIdentity *identity, gboolean is_new_link)
{
  if (identity->boot[0] == '\0' && self->identity.boot[0] == '\0')
    return !is_new_link;
  return strcmp (self->identity.boot, identity->boot) == 0;
}

static void
adopt_identity (SondeSession *self, const SondeIdentity *identity, gboolean is_new_link)
{
  gboolean is_same = is_same_boot (self, identity, is_new_link);

  if (!is_same || self->identity.clock_hz != identity->clock_hz)
    sonde_board_clock_reset (&self->clock, identity->clock_hz);
  self->identity = *identity;
  sonde_link_set_identity (self->link, identity);
  if (is_same || !self->had_link)
    return;
  self->handler->boot (self->owner);
}

gboolean
sonde_session_take_identity (SondeSession *self, const SondeIdentity *identity)
{
  gboolean was_known = self->state == SONDE_DEVICE_READY || sonde_session_is_silent (self);

  g_return_val_if_fail (self->link != NULL, FALSE);

  if (was_known && memcmp (&self->identity, identity, sizeof *identity) == 0)
    return FALSE;
  adopt_identity (self, identity, FALSE);
  sonde_poll_scheduler_set_link (self->scheduler, self->link);
  set_state (self, SONDE_DEVICE_READY, "answered init");
  return TRUE;
}

static void
replace_link (SondeSession *self)
{
  guint code = self->identity.proto > 0 ? CLOSE_REPLACED : CLOSE_PLAIN;
  SondeLink *old = detach_link (self);

  if (old == NULL)
    return;
  set_state (self, SONDE_DEVICE_LOST, "replaced by a newer connection of the same name");
  sonde_link_close_and_release (old, code);
}

void
sonde_session_take_link (SondeSession *self, SondeLink *link, const SondeIdentity *identity)
{
  static const SondeLinkHandler handler = { on_message, on_closed, on_tap };
  const SondeIdentity nobody = { 0 };

  replace_link (self);
  self->link = link;
  sonde_link_set_handler (link, &handler, self);
  sonde_link_set_tapped (link, self->is_tapped);
  adopt_identity (self, identity != NULL ? identity : &nobody, TRUE);
  self->had_link = TRUE;
  if (identity == NULL)
    {
      set_state (self, SONDE_DEVICE_STREAM, "connected; it answers no init and can only push");
      return;
    }
  sonde_poll_scheduler_set_link (self->scheduler, link);
  set_state (self, SONDE_DEVICE_READY, "connected");
}

const SondeIdentity *
sonde_session_get_identity (SondeSession *self)
{
  return &self->identity;
}

SondeDeviceState
sonde_session_get_state (SondeSession *self)
{
  return self->state;
}

gboolean
sonde_session_is_silent (SondeSession *self)
{
  return self->link != NULL && self->state == SONDE_DEVICE_LOST;
}

SondePollScheduler *
sonde_session_get_scheduler (SondeSession *self)
{
  return self->scheduler;
}

SondeBoardClock *
sonde_session_get_clock (SondeSession *self)
{
  return &self->clock;
}

void
sonde_session_get_status (SondeSession *self, SondeLinkStatus *status)
{
  *status = (SondeLinkStatus){ .rtt_us = -1 };
  if (self->link != NULL)
    sonde_link_get_status (self->link, status);
  add_counters (status, &self->before);
}

void
sonde_session_set_tapped (SondeSession *self, gboolean is_tapped)
{
  self->is_tapped = is_tapped;
  if (self->link != NULL)
    sonde_link_set_tapped (self->link, is_tapped);
}

/* Time */

void
sonde_session_end (SondeSession *self)
{
  gboolean is_asked;

  self->end_us = sonde_clock_now_us () + END_US;
  sonde_poll_scheduler_set_link (self->scheduler, NULL);
  is_asked
      = self->link != NULL && self->state != SONDE_DEVICE_STREAM && sonde_link_end (self->link);
  if (!is_asked)
    finish_end (self);
}

static void
take_vigil_step (SondeSession *self, SondeVigilStep step)
{
  switch (step)
    {
    case SONDE_VIGIL_SILENT:
      set_state (self, SONDE_DEVICE_LOST, "does not answer");
      break;
    case SONDE_VIGIL_BACK:
      /* What failed while it slept is no fault of an address. */
      sonde_poll_scheduler_forget_failures (self->scheduler);
      set_state (self, SONDE_DEVICE_READY, "answers again");
      break;
    case SONDE_VIGIL_GREET:
      sonde_link_greet (self->link);
      break;
    case SONDE_VIGIL_CLOSE:
      sonde_link_close (self->link, CLOSE_PLAIN);
      break;
    default:
      break;
    }
}

static void
keep_vigil (SondeSession *self, gint64 now_us)
{
  SondeVigilStep step = SONDE_VIGIL_BACK;
  SondeLinkStatus status;

  while (self->link != NULL && self->end_us == 0 && self->state != SONDE_DEVICE_STREAM
         && step != SONDE_VIGIL_NOTHING && step != SONDE_VIGIL_CLOSE)
    {
      sonde_link_get_status (self->link, &status);
      step = sonde_vigil_step (&self->vigil, &status, self->identity.proto > 0, now_us);
      take_vigil_step (self, step);
    }
}

gint64
sonde_session_tick (SondeSession *self, gint64 now_us)
{
  if (self->end_us != 0 && now_us >= self->end_us)
    finish_end (self);
  keep_vigil (self, now_us);
  if (self->link != NULL)
    sonde_link_expire (self->link, now_us);
  if (self->link == NULL)
    return self->end_us != 0 ? self->end_us : G_MAXINT64;
  return self->end_us != 0 ? MIN (self->end_us, now_us + TICK_US) : now_us + TICK_US;
}
