/* json-link.c: the device protocol over a channel: commands out, answers matched to them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/json-link.h"

#include "base/clock.h"
#include "device/in-flight.h"
#include "device/meters.h"

#define CON_ID "01"

struct _SondeJsonLink
{
  GObject parent_instance;
  SondeChannel *channel; /* owned; NULL once closed */
  const SondeLinkHandler *handler;
  gpointer owner;
  SondeLimits limits;
  gboolean has_seq;
  gboolean is_tapped;
  guint64 next_seq;
  SondeInFlight in_flight;
  SondeLinkStatus status;
  SondeRoundTrips round_trips;
  SondeMessage message; /* reused: its data array keeps its memory */
  GString *out;         /* reused */
};

static void link_init (SondeLinkInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (SondeJsonLink, sonde_json_link, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SONDE_TYPE_LINK, link_init))

static gboolean
send_out (SondeJsonLink *self)
{
  if (self->channel == NULL)
    return FALSE;
  if (self->is_tapped && self->handler != NULL)
    self->handler->tap (self->owner, TRUE, self->out->str, self->out->len);
  return self->channel != NULL
         && sonde_channel_send (self->channel, self->out->str, self->out->len);
}

/* The command stands in self->out. */
static gboolean
send_command (SondeJsonLink *self, SondePending *pending, const SondeAsk *ask)
{
  pending->order = self->status.n_sent + 1;
  pending->seq = self->next_seq;
  pending->sent_us = sonde_clock_now_us ();
  pending->ask = *ask;
  if (!send_out (self))
    return FALSE;
  self->status.n_sent++;
  self->next_seq++;
  return sonde_in_flight_add (&self->in_flight, pending);
}

static gint64
seq_to_write (SondeJsonLink *self)
{
  return self->has_seq ? (gint64) self->next_seq : -1;
}

static gboolean
json_link_has_room (SondeLink *link)
{
  SondeJsonLink *self = SONDE_JSON_LINK (link);

  return self->channel != NULL && self->in_flight.n < self->limits.window;
}

/* Batches are the same text every round but for the number at their end, and the text is the
 * expensive half of a request: it is made once and kept with the read. */
static void
render_read (SondeJsonLink *self, SondeRead *read)
{
  const SondeRange *first = &g_array_index (read->ranges, SondeRange, 0);

  g_string_truncate (self->out, 0);
  if (read->kind == SONDE_READ_UNIT)
    sonde_debug_json_read (self->out, first->address, first->size * 8, 0, seq_to_write (self));
  if (read->kind == SONDE_READ_BLOCK)
    sonde_debug_json_read (self->out, first->address, 8, first->size, seq_to_write (self));
  if (read->kind != SONDE_READ_MANY)
    return;
  if (read->rendered == NULL)
    {
      read->rendered = g_string_new (NULL);
      sonde_debug_json_read_many_body (read->rendered, first, read->ranges->len);
    }
  g_string_append_len (self->out, read->rendered->str, (gssize) read->rendered->len);
  sonde_debug_json_read_many_finish (self->out, seq_to_write (self));
}

static gboolean
json_link_read (SondeLink *link, SondeRead *read, const SondeAsk *ask)
{
  SondeJsonLink *self = SONDE_JSON_LINK (link);
  SondePending pending = { 0 };

  if (!json_link_has_room (link))
    return FALSE;
  render_read (self, read);
  pending.kind
      = read->kind == SONDE_READ_MANY ? SONDE_MESSAGE_MEM_READ_MANY : SONDE_MESSAGE_MEM_READ;
  pending.has_address = read->kind != SONDE_READ_MANY;
  pending.address = g_array_index (read->ranges, SondeRange, 0).address;
  pending.size = read->size;
  pending.is_unit = read->kind == SONDE_READ_UNIT;
  return send_command (self, &pending, ask);
}

static gboolean
json_link_write (SondeLink *link, const SondeWrite *write, const SondeAsk *ask)
{
  SondeJsonLink *self = SONDE_JSON_LINK (link);
  SondePending pending = { .kind = SONDE_MESSAGE_MEM_WRITE,
                           .has_address = TRUE,
                           .address = write->address,
                           .size = write->size };

  if (!json_link_has_room (link))
    return FALSE;
  g_string_truncate (self->out, 0);
  if (write->data != NULL)
    sonde_debug_json_write_block (self->out, write->address, 8, write->data, write->size,
                                  seq_to_write (self));
  else
    sonde_debug_json_write (self->out, write->address, write->size * 8, write->bits, write->mask,
                            seq_to_write (self));
  return send_command (self, &pending, ask);
}

static gboolean
json_link_greet (SondeLink *link)
{
  SondeJsonLink *self = SONDE_JSON_LINK (link);

  g_string_truncate (self->out, 0);
  sonde_debug_json_init (self->out, CON_ID, -1);
  return send_out (self);
}

static gboolean
json_link_end (SondeLink *link)
{
  SondeJsonLink *self = SONDE_JSON_LINK (link);

  g_string_truncate (self->out, 0);
  sonde_debug_json_end (self->out, CON_ID, -1);
  return send_out (self);
}

static gboolean
json_link_send_text (SondeLink *link, const char *text)
{
  SondeJsonLink *self = SONDE_JSON_LINK (link);

  g_string_assign (self->out, text);
  if (self->out->len == 0 || self->out->str[self->out->len - 1] != '\n')
    g_string_append_c (self->out, '\n');
  return send_out (self);
}

static void
give_answer (SondeJsonLink *self, const SondePending *pending)
{
  const SondeMessage *message = &self->message;
  SondeReply reply = { .outcome = SONDE_OUTCOME_ANSWERED,
                       .at = -1,
                       .has_time = message->has_time,
                       .ticks = (guint32) message->time,
                       .order = pending->order,
                       .sent_us = pending->sent_us,
                       .received_us = self->status.received_us };

  sonde_round_trips_add (&self->round_trips, reply.received_us - reply.sent_us);
  self->status.n_answers++;
  sonde_pending_judge (pending, message, &reply);
  self->status.n_refused += reply.outcome == SONDE_OUTCOME_REFUSED;
  pending->ask.func (&reply, pending->ask.owner, pending->ask.data, pending->ask.tag);
}

static void
take_answer (SondeJsonLink *self)
{
  SondePending pending;

  if (!sonde_in_flight_take_match (&self->in_flight, &self->message, self->has_seq, &pending))
    {
      self->status.n_unasked++;
      return;
    }
  give_answer (self, &pending);
}

static void
handle_text (SondeJsonLink *self, const char *data, gsize size)
{
  /* FALSE leaves a FREE message without fields: plain text, for the log. */
  sonde_debug_json_parse (&self->message, data, size);
  switch (self->message.kind)
    {
    case SONDE_MESSAGE_MEM_READ:
    case SONDE_MESSAGE_MEM_READ_MANY:
    case SONDE_MESSAGE_MEM_WRITE:
      take_answer (self);
      break;
    default:
      if (self->handler != NULL)
        self->handler->message (self->owner, &self->message, data, size);
      break;
    }
}

static void
on_channel_message (gpointer owner, const char *data, gsize size)
{
  g_autoptr (SondeJsonLink) self = g_object_ref (SONDE_JSON_LINK (owner));

  self->status.received_us = sonde_clock_now_us ();
  if (self->is_tapped && self->handler != NULL)
    self->handler->tap (self->owner, FALSE, data, size);
  handle_text (self, data, size);
}

void
sonde_json_link_replay (SondeJsonLink *self, const char *text, gsize size)
{
  handle_text (self, text, size);
}

static void
give_up (SondeJsonLink *self, const SondePending *pending, SondeOutcome outcome, const char *error)
{
  SondeReply reply = { .outcome = outcome,
                       .error = error,
                       .at = -1,
                       .order = pending->order,
                       .sent_us = pending->sent_us,
                       .received_us = sonde_clock_now_us () };

  pending->ask.func (&reply, pending->ask.owner, pending->ask.data, pending->ask.tag);
}

static void
json_link_abort (SondeLink *link)
{
  g_autoptr (SondeJsonLink) self = g_object_ref (SONDE_JSON_LINK (link));
  SondePending pending;

  while (sonde_in_flight_take_sent_before (&self->in_flight, G_MAXINT64, &pending))
    give_up (self, &pending, SONDE_OUTCOME_GONE, "the connection is gone");
}

static void
on_channel_closed (gpointer owner, guint code, const char *reason)
{
  g_autoptr (SondeJsonLink) self = g_object_ref (SONDE_JSON_LINK (owner));

  g_clear_object (&self->channel);
  json_link_abort (SONDE_LINK (self));
  if (self->handler != NULL)
    self->handler->closed (self->owner, code, reason);
}

static void
json_link_expire (SondeLink *link, gint64 now_us)
{
  g_autoptr (SondeJsonLink) self = g_object_ref (SONDE_JSON_LINK (link));
  SondePending pending;

  while (sonde_in_flight_take_sent_before (&self->in_flight, now_us - SONDE_LINK_TIMEOUT_US + 1,
                                           &pending))
    {
      self->status.n_timeouts++;
      give_up (self, &pending, SONDE_OUTCOME_TIMEOUT, "no answer in 5 s");
    }
}

static void
json_link_set_handler (SondeLink *link, const SondeLinkHandler *handler, gpointer owner)
{
  SondeJsonLink *self = SONDE_JSON_LINK (link);

  self->handler = handler;
  self->owner = owner;
}

static void
json_link_set_identity (SondeLink *link, const SondeIdentity *identity)
{
  SondeJsonLink *self = SONDE_JSON_LINK (link);

  self->limits = sonde_limits_from_identity (identity);
  self->has_seq = identity->has_seq;
}

static const SondeLimits *
json_link_get_limits (SondeLink *link)
{
  return &SONDE_JSON_LINK (link)->limits;
}

static void
json_link_get_status (SondeLink *link, SondeLinkStatus *status)
{
  SondeJsonLink *self = SONDE_JSON_LINK (link);

  if (self->channel != NULL && !self->status.sends_unmasked)
    self->status.sends_unmasked = sonde_channel_sends_unmasked (self->channel);
  *status = self->status;
  status->n_outstanding = self->in_flight.n;
  status->oldest_us = self->in_flight.n > 0 ? self->in_flight.slots[0].sent_us : 0;
  status->rtt_us = sonde_round_trips_get_median (&self->round_trips);
}

static const char *
json_link_get_peer (SondeLink *link)
{
  SondeJsonLink *self = SONDE_JSON_LINK (link);

  return self->channel != NULL ? sonde_channel_get_peer (self->channel) : "";
}

static void
json_link_set_tapped (SondeLink *link, gboolean is_tapped)
{
  SONDE_JSON_LINK (link)->is_tapped = is_tapped;
}

static void
json_link_close (SondeLink *link, guint code)
{
  SondeJsonLink *self = SONDE_JSON_LINK (link);

  if (self->channel != NULL)
    sonde_channel_close (self->channel, code);
}

static void
link_init (SondeLinkInterface *iface)
{
  iface->set_handler = json_link_set_handler;
  iface->set_identity = json_link_set_identity;
  iface->get_limits = json_link_get_limits;
  iface->get_status = json_link_get_status;
  iface->get_peer = json_link_get_peer;
  iface->has_room = json_link_has_room;
  iface->greet = json_link_greet;
  iface->read = json_link_read;
  iface->write = json_link_write;
  iface->end = json_link_end;
  iface->send_text = json_link_send_text;
  iface->expire = json_link_expire;
  iface->abort = json_link_abort;
  iface->set_tapped = json_link_set_tapped;
  iface->close = json_link_close;
}

static void
sonde_json_link_finalize (GObject *object)
{
  SondeJsonLink *self = SONDE_JSON_LINK (object);

  if (self->channel != NULL)
    {
      sonde_channel_set_handler (self->channel, NULL, NULL);
      sonde_channel_close (self->channel, 1005);
    }
  g_clear_object (&self->channel);
  sonde_message_clear (&self->message);
  g_string_free (self->out, TRUE);
  G_OBJECT_CLASS (sonde_json_link_parent_class)->finalize (object);
}

static void
sonde_json_link_class_init (SondeJsonLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_json_link_finalize;
}

static void
sonde_json_link_init (SondeJsonLink *self)
{
  sonde_message_init (&self->message);
  self->out = g_string_new (NULL);
  self->next_seq = 1;
  self->limits = sonde_limits_from_identity (&(SondeIdentity){ 0 });
  self->status.received_us = sonde_clock_now_us ();
}

SondeJsonLink *
sonde_json_link_new (SondeChannel *channel)
{
  static const SondeChannelHandler handler = { on_channel_message, on_channel_closed };
  SondeJsonLink *self = g_object_new (SONDE_TYPE_JSON_LINK, NULL);

  self->channel = g_object_ref (channel);
  sonde_channel_set_handler (channel, &handler, self);
  return self;
}
