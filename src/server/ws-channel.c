/* ws-channel.c: a channel over an upgraded stream: whole messages in, a bounded queue out */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-server"
#include "server/ws-channel.h"

#include "server/fair-share.h"
#include "server/loop-source.h"
#include "server/peer-stream.h"
#include "server/send-queue.h"
#include "wire/ws-frame.h"

#define TURNS_A_PLACE 16 /* turns before a channel goes to the end of the loop's list */
#define CLOSE_MS 2000    /* how long a peer may take to answer a close frame */

typedef enum
{
  OPEN,
  CLOSING, /* our close frame is out; its answer is awaited */
  FAILED,  /* the peer broke the rules and was told so; what it sends is thrown away */
  CLOSED,
} State;

struct _SondeWsChannel
{
  GObject parent_instance;
  SondePeerStream stream;
  GMainContext *context;
  GSource *reading, *writing, *timer; /* (nullable) owned */
  guint n_turns;
  SondeFairShare share;
  SondeWsReader reader;
  guint8 *in;
  SondeSendQueue out;
  char *peer;
  const SondeChannelHandler *handler;
  gpointer owner;
  State state;
  SondeWsChannel *hold; /* itself, while a close handshake goes on */
  gboolean in_turn;     /* answers of one turn leave in one write */
  gboolean is_told;     /* closed() was called, or is about to be */
  guint code;           /* for closed(); while CLOSING what we closed with */
  char *reason;
};

static void sonde_ws_channel_iface_init (SondeChannelInterface *iface);
static void flush (SondeWsChannel *self);
static void begin_reading (SondeWsChannel *self);

/* Channels that are open: one that is alone takes nothing from others. */
static int n_open;

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeWsChannel, sonde_ws_channel, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SONDE_TYPE_CHANNEL,
                                                      sonde_ws_channel_iface_init))

static void
attach_source (SondeWsChannel *self, GSource **place, GSource *source, GSourceFunc func)
{
  sonde_loop_source_attach (place, source, func, self, self->context);
}

static gboolean
on_tell (gpointer data)
{
  SondeWsChannel *self = data;

  if (self->handler != NULL)
    g_steal_pointer (&self->handler)->closed (self->owner, self->code, self->reason);
  return G_SOURCE_REMOVE;
}

/* Always from the main loop: the owner may be in the middle of sending. */
static void
tell_closed (SondeWsChannel *self, guint code, const char *reason)
{
  g_autoptr (GSource) source = NULL;

  if (self->is_told)
    return;
  self->is_told = TRUE;
  self->code = code;
  self->reason = g_strdup (reason);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_tell, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

static void
end (SondeWsChannel *self, guint code, const char *reason)
{
  if (self->state == CLOSED)
    return;
  /* However the wait for the peer's close frame ends: it was we who closed. */
  if (self->state == CLOSING)
    {
      code = self->code;
      reason = "closed here";
    }
  self->state = CLOSED;
  g_atomic_int_add (&n_open, -1);
  sonde_loop_source_drop (&self->reading);
  sonde_loop_source_drop (&self->writing);
  sonde_loop_source_drop (&self->timer);
  sonde_peer_stream_close (&self->stream);
  tell_closed (self, code, reason);
  g_clear_object (&self->hold);
}

static gboolean
on_writable (GObject *stream, gpointer data)
{
  g_autoptr (SondeWsChannel) self = g_object_ref (data);

  sonde_loop_source_drop (&self->writing);
  flush (self);
  return G_SOURCE_REMOVE;
}

/* Gives the kernel what it takes at once; the rest goes when the socket is writable. */
static void
flush (SondeWsChannel *self)
{
  g_autoptr (GError) error = NULL;

  if (self->state == CLOSED || self->writing != NULL || sonde_send_queue_get_size (&self->out) == 0)
    return;
  if (!sonde_send_queue_write (&self->out, self->stream.output, &error))
    end (self, SONDE_WS_ABNORMAL, error->message);
  else if (sonde_send_queue_get_size (&self->out) > 0)
    attach_source (self, &self->writing,
                   g_pollable_output_stream_create_source (self->stream.output, NULL),
                   G_SOURCE_FUNC (on_writable));
}

static gboolean
queue_frame (SondeWsChannel *self, SondeWsOpcode opcode, const void *data, gsize size)
{
  guint8 header[10];
  guint n_header = sonde_ws_frame_header (header, opcode, size);

  if (size > SONDE_WS_CHANNEL_MAX_QUEUED
      || sonde_send_queue_get_size (&self->out) + n_header + size > SONDE_WS_CHANNEL_MAX_QUEUED)
    {
      end (self, SONDE_WS_ABNORMAL, "does not take what it is sent: more than 8 MiB wait");
      return FALSE;
    }
  sonde_send_queue_put (&self->out, header, n_header);
  sonde_send_queue_put (&self->out, data, size);
  if (!self->in_turn)
    flush (self);
  return self->state != CLOSED;
}

static gboolean
on_close_time_out (gpointer data)
{
  end (data, SONDE_WS_ABNORMAL, "no answer to the close frame");
  return G_SOURCE_REMOVE;
}

/* Sends a close frame and waits for the peer's, or its end: closing at once with unread data
 * would reset the connection, and the frame be lost with it. */
static void
begin_close (SondeWsChannel *self, State state, guint code)
{
  guint8 frame[4];

  self->state = state;
  self->hold = g_object_ref (self);
  attach_source (self, &self->timer, g_timeout_source_new (CLOSE_MS), on_close_time_out);
  sonde_send_queue_put (&self->out, frame, sonde_ws_frame_close (frame, code));
  if (!self->in_turn)
    flush (self);
}

static void
fail (SondeWsChannel *self, guint code, const char *reason)
{
  if (self->state != OPEN)
    return;
  g_message ("%s: %s", self->peer, reason);
  tell_closed (self, code, reason);
  begin_close (self, FAILED, code);
}

/* The peer's close frame: the answer to ours, or answered with the same status. */
static void
take_close (SondeWsChannel *self, const SondeWsEvent *event)
{
  g_autofree char *reason = g_strndup ((const char *) event->payload, event->size);

  if (self->state == OPEN)
    {
      guint8 frame[4];

      sonde_send_queue_put (&self->out, frame, sonde_ws_frame_close (frame, event->code));
      flush (self);
    }
  end (self, event->code, *reason != '\0' ? reason : "closed by the peer");
}

static void
take_message (SondeWsChannel *self, const SondeWsEvent *event)
{
  if (self->state != OPEN)
    return;
  /* Boards mix the two kinds of message up; text is text. */
  if (event->opcode == SONDE_WS_BINARY && !sonde_ws_is_utf8 (event->payload, event->size))
    fail (self, SONDE_WS_UNSUPPORTED, "binary message");
  else if (self->handler != NULL)
    self->handler->message (self->owner, (const char *) event->payload, event->size);
}

static void
take_control (SondeWsChannel *self, const SondeWsEvent *event)
{
  if (event->opcode == SONDE_WS_CLOSE)
    take_close (self, event);
  else if (event->opcode == SONDE_WS_PING && self->state == OPEN)
    queue_frame (self, SONDE_WS_PONG, event->payload, event->size);
}

static void
take_bytes (SondeWsChannel *self, gsize size)
{
  SondeWsResult result = SONDE_WS_CONTROL;
  gsize at = 0;

  while (result != SONDE_WS_MORE && (self->state == OPEN || self->state == CLOSING))
    {
      SondeWsEvent event;
      gsize used;

      result = sonde_ws_reader_next (&self->reader, self->in + at, size - at, &used, &event);
      at += used;
      if (result == SONDE_WS_MESSAGE)
        take_message (self, &event);
      else if (result == SONDE_WS_CONTROL)
        take_control (self, &event);
      else if (result == SONDE_WS_FAILED && self->state == CLOSING)
        end (self, SONDE_WS_ABNORMAL, event.reason);
      else if (result == SONDE_WS_FAILED)
        fail (self, event.code, event.reason);
    }
}

static gboolean
on_rested (gpointer data)
{
  begin_reading (data);
  return G_SOURCE_REMOVE;
}

/* The peer that floods rests, so that the loop has time for all others. */
static void
rest_after (SondeWsChannel *self, gsize n_read, gint64 took_us)
{
  guint rest_ms = sonde_fair_share_judge (&self->share, n_read, took_us);

  if (rest_ms > 0 && self->state != CLOSED && g_atomic_int_get (&n_open) > 1)
    attach_source (self, &self->reading, g_timeout_source_new (rest_ms), on_rested);
}

/* Reads once. Returns: FALSE when nothing was there. */
static gboolean
take_turn (SondeWsChannel *self)
{
  g_autoptr (GError) error = NULL;
  gint64 began_us = g_get_monotonic_time ();
  gssize n = g_pollable_input_stream_read_nonblocking (self->stream.input, self->in,
                                                       self->share.bytes, NULL, &error);

  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return FALSE;
  if (n <= 0)
    {
      end (self, SONDE_WS_ABNORMAL, n == 0 ? "connection ended" : error->message);
      return TRUE;
    }
  self->in_turn = TRUE;
  take_bytes (self, (gsize) n);
  self->in_turn = FALSE;
  flush (self);
  rest_after (self, (gsize) n, g_get_monotonic_time () - began_us);
  return TRUE;
}

static gboolean
on_readable (gpointer data)
{
  g_autoptr (SondeWsChannel) self = g_object_ref (data);

  /* A loop inside a handler comes by here again: the turn it is in goes on first. */
  if (!self->in_turn)
    take_turn (self);
  if (self->state == CLOSED)
    return G_SOURCE_REMOVE;
  /* The loop serves whoever was attached first first, every time, and the last ones lose half of
   * their turns by it. Setting the priority moves a source behind its equals. */
  if (++self->n_turns % TURNS_A_PLACE == 0)
    g_source_set_priority (self->reading, G_PRIORITY_DEFAULT);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_first_turns (gpointer data)
{
  g_autoptr (SondeWsChannel) self = g_object_ref (data);

  if (take_turn (self))
    return self->state == CLOSED ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
  sonde_loop_source_drop (&self->writing);
  sonde_peer_stream_bare (&self->stream);
  begin_reading (self);
  flush (self);
  return G_SOURCE_REMOVE;
}

static void
begin_reading (SondeWsChannel *self)
{
  GSourceFunc func = self->stream.is_bare ? on_readable : on_first_turns;

  sonde_loop_source_put (&self->reading, sonde_peer_stream_watch (&self->stream, func, self),
                         self->context);
}

SondeWsChannel *
sonde_ws_channel_new (GIOStream *stream, const char *peer, SondeWsChannelKind kind)
{
  SondeWsChannel *self = g_object_new (SONDE_TYPE_WS_CHANNEL, NULL);

  sonde_peer_stream_init (&self->stream, stream);
  self->peer = g_strdup (peer);
  sonde_ws_reader_init (&self->reader, kind == SONDE_WS_CHANNEL_DEVICE);
  begin_reading (self);
  return self;
}

static void
set_handler (SondeChannel *channel, const SondeChannelHandler *handler, gpointer owner)
{
  SondeWsChannel *self = SONDE_WS_CHANNEL (channel);

  self->handler = handler;
  self->owner = owner;
}

static gboolean
send_message (SondeChannel *channel, const char *text, gsize size)
{
  SondeWsChannel *self = SONDE_WS_CHANNEL (channel);

  return self->state == OPEN && queue_frame (self, SONDE_WS_TEXT, text, size);
}

static void
close_channel (SondeChannel *channel, guint code)
{
  SondeWsChannel *self = SONDE_WS_CHANNEL (channel);

  if (self->state != OPEN)
    return;
  self->code = code;
  begin_close (self, CLOSING, code);
}

static const char *
get_peer (SondeChannel *channel)
{
  return SONDE_WS_CHANNEL (channel)->peer;
}

static gsize
get_queued (SondeChannel *channel)
{
  return sonde_send_queue_get_size (&SONDE_WS_CHANNEL (channel)->out);
}

static gboolean
sends_unmasked (SondeChannel *channel)
{
  return SONDE_WS_CHANNEL (channel)->reader.saw_unmasked;
}

static void
sonde_ws_channel_iface_init (SondeChannelInterface *iface)
{
  iface->set_handler = set_handler;
  iface->send = send_message;
  iface->close = close_channel;
  iface->get_peer = get_peer;
  iface->get_queued = get_queued;
  iface->sends_unmasked = sends_unmasked;
}

static void
sonde_ws_channel_dispose (GObject *object)
{
  SondeWsChannel *self = SONDE_WS_CHANNEL (object);

  self->handler = NULL;
  self->is_told = TRUE;
  if (self->stream.whole != NULL)
    end (self, SONDE_WS_ABNORMAL, "");
  G_OBJECT_CLASS (sonde_ws_channel_parent_class)->dispose (object);
}

static void
sonde_ws_channel_finalize (GObject *object)
{
  SondeWsChannel *self = SONDE_WS_CHANNEL (object);

  sonde_peer_stream_clear (&self->stream);
  sonde_ws_reader_clear (&self->reader);
  sonde_send_queue_clear (&self->out);
  g_main_context_unref (self->context);
  g_free (self->in);
  g_free (self->peer);
  g_free (self->reason);
  G_OBJECT_CLASS (sonde_ws_channel_parent_class)->finalize (object);
}

static void
sonde_ws_channel_class_init (SondeWsChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sonde_ws_channel_dispose;
  object_class->finalize = sonde_ws_channel_finalize;
}

static void
sonde_ws_channel_init (SondeWsChannel *self)
{
  static int n_made;

  /* Channels served in step must not change places in step. */
  self->n_turns = (guint) g_atomic_int_add (&n_made, 1) * 5;
  self->context = g_main_context_ref_thread_default ();
  self->share.bytes = SONDE_FAIR_SHARE_MAX_BYTES;
  self->in = g_malloc (SONDE_FAIR_SHARE_MAX_BYTES);
  g_atomic_int_inc (&n_open);
  sonde_send_queue_init (&self->out);
}
