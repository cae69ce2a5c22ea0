/* greeting.c: a new connection until it is known who it is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/greeting.h"

#include "base/clock.h"
#include "base/log.h"

/* Some clients throw away what comes right behind the handshake. */
#define FIRST_WORD_US (300 * G_TIME_SPAN_MILLISECOND)
#define PATIENCE_US (5 * G_USEC_PER_SEC)
/* What it says before it is known is kept, within reason. */
#define MAX_BACKLOG 64
#define MAX_BACKLOG_BYTES 262144

struct _SondeGreeting
{
  SondeJsonLink *link; /* owned; NULL when taken */
  SondeGreetingFunc func;
  gpointer user_data;
  gint64 began_us;
  gint64 asked_us; /* 0: init was not sent yet */
  GPtrArray *backlog;
  gsize backlog_bytes;
  guint n_dropped; /* messages that did not fit */
};

static void
ask (SondeGreeting *self)
{
  if (self->asked_us != 0)
    return;
  self->asked_us = sonde_clock_now_us ();
  sonde_link_greet (SONDE_LINK (self->link));
}

static void
keep (SondeGreeting *self, const char *text, gsize size)
{
  if (self->backlog->len >= MAX_BACKLOG || size > MAX_BACKLOG_BYTES - self->backlog_bytes)
    {
      self->n_dropped++;
      return;
    }
  g_ptr_array_add (self->backlog, g_bytes_new (text, size));
  self->backlog_bytes += size;
}

static void
on_message (gpointer owner, const SondeMessage *message, const char *text, gsize size)
{
  SondeGreeting *self = owner;

  if (message->kind == SONDE_MESSAGE_INIT)
    {
      SondeIdentity identity = message->identity;

      self->func (self, SONDE_GREETING_ANSWERED, &identity, self->user_data);
      return;
    }
  keep (self, text, size);
  ask (self);
}

static void
on_closed (gpointer owner, guint code, const char *reason)
{
  SondeGreeting *self = owner;

  g_clear_object (&self->link);
  self->func (self, SONDE_GREETING_CLOSED, NULL, self->user_data);
}

static void
on_tap (gpointer owner, gboolean outgoing, const char *text, gsize size)
{
}

SondeGreeting *
sonde_greeting_new (SondeChannel *channel, SondeGreetingFunc func, gpointer user_data)
{
  static const SondeLinkHandler handler = { on_message, on_closed, on_tap };
  SondeGreeting *self = g_new0 (SondeGreeting, 1);

  self->func = func;
  self->user_data = user_data;
  self->began_us = sonde_clock_now_us ();
  self->backlog = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->link = sonde_json_link_new (channel);
  sonde_link_set_handler (SONDE_LINK (self->link), &handler, self);
  return self;
}

void
sonde_greeting_free (SondeGreeting *self)
{
  if (self->link != NULL)
    sonde_link_close_and_release (SONDE_LINK (g_steal_pointer (&self->link)), 1005);
  g_clear_pointer (&self->backlog, g_ptr_array_unref);
  g_free (self);
}

gint64
sonde_greeting_get_due (SondeGreeting *self)
{
  return self->asked_us == 0 ? self->began_us + FIRST_WORD_US : self->asked_us + PATIENCE_US;
}

void
sonde_greeting_tick (SondeGreeting *self, gint64 now_us)
{
  if (now_us < sonde_greeting_get_due (self))
    return;
  if (self->asked_us == 0)
    ask (self);
  else
    self->func (self, SONDE_GREETING_SILENT, NULL, self->user_data);
}

SondeJsonLink *
sonde_greeting_take_link (SondeGreeting *self)
{
  sonde_link_set_handler (SONDE_LINK (self->link), NULL, NULL);
  return g_steal_pointer (&self->link);
}

GPtrArray *
sonde_greeting_take_backlog (SondeGreeting *self)
{
  if (self->n_dropped > 0)
    sonde_log_printf (SONDE_LOG_WARNING, NULL, "device",
                      "%u messages that came before a board told its name were dropped",
                      self->n_dropped);
  return g_steal_pointer (&self->backlog);
}
