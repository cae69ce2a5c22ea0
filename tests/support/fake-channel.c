/* fake-channel.c: a channel whose far end is the test */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/fake-channel.h"

#include <string.h>

struct _FakeChannel
{
  GObject parent_instance;
  const SondeChannelHandler *handler;
  gpointer owner;
  char *peer;
  FakeChannelFunc func;
  gpointer user_data;
  GQueue sent; /* of char*, not taken yet */
  guint close_code;
  gboolean is_closed;
  gboolean is_unmasked;
};

static void channel_init (SondeChannelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (FakeChannel, fake_channel, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SONDE_TYPE_CHANNEL, channel_init))

static void
fake_set_handler (SondeChannel *channel, const SondeChannelHandler *handler, gpointer owner)
{
  FakeChannel *self = FAKE_CHANNEL (channel);

  self->handler = handler;
  self->owner = owner;
}

static gboolean
fake_send (SondeChannel *channel, const char *text, gsize size)
{
  FakeChannel *self = FAKE_CHANNEL (channel);
  char *copy = g_strndup (text, size);

  if (self->is_closed)
    {
      g_free (copy);
      return FALSE;
    }
  /* One message, one line: what clients that read by lines rely on. */
  g_assert_true (g_str_has_suffix (copy, "\n"));
  copy[size - 1] = '\0';
  g_queue_push_tail (&self->sent, copy);
  if (self->func != NULL)
    self->func (self, copy, self->user_data);
  return TRUE;
}

static void
end (FakeChannel *self, guint code)
{
  g_autoptr (FakeChannel) hold = g_object_ref (self);

  if (self->is_closed)
    return;
  self->is_closed = TRUE;
  if (self->handler != NULL)
    self->handler->closed (self->owner, code, "");
}

static void
fake_close (SondeChannel *channel, guint code)
{
  FakeChannel *self = FAKE_CHANNEL (channel);

  if (self->close_code == 0)
    self->close_code = code;
  end (self, code);
}

static const char *
fake_get_peer (SondeChannel *channel)
{
  return FAKE_CHANNEL (channel)->peer;
}

static gsize
fake_get_queued (SondeChannel *channel)
{
  return 0;
}

static gboolean
fake_sends_unmasked (SondeChannel *channel)
{
  return FAKE_CHANNEL (channel)->is_unmasked;
}

static void
channel_init (SondeChannelInterface *iface)
{
  iface->set_handler = fake_set_handler;
  iface->send = fake_send;
  iface->close = fake_close;
  iface->get_peer = fake_get_peer;
  iface->get_queued = fake_get_queued;
  iface->sends_unmasked = fake_sends_unmasked;
}

static void
fake_channel_finalize (GObject *object)
{
  FakeChannel *self = FAKE_CHANNEL (object);

  g_queue_clear_full (&self->sent, g_free);
  g_free (self->peer);
  G_OBJECT_CLASS (fake_channel_parent_class)->finalize (object);
}

static void
fake_channel_class_init (FakeChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_channel_finalize;
}

static void
fake_channel_init (FakeChannel *self)
{
  g_queue_init (&self->sent);
}

FakeChannel *
fake_channel_new (const char *peer, FakeChannelFunc func, gpointer user_data)
{
  FakeChannel *self = g_object_new (FAKE_TYPE_CHANNEL, NULL);

  self->peer = g_strdup (peer);
  self->func = func;
  self->user_data = user_data;
  return self;
}

void
fake_channel_push (FakeChannel *self, const char *text)
{
  g_autoptr (FakeChannel) hold = g_object_ref (self);

  if (!self->is_closed && self->handler != NULL)
    self->handler->message (self->owner, text, strlen (text));
}

void
fake_channel_break (FakeChannel *self)
{
  end (self, 1006);
}

char *
fake_channel_take (FakeChannel *self)
{
  return g_queue_pop_head (&self->sent);
}

guint
fake_channel_get_n (FakeChannel *self)
{
  return self->sent.length;
}

guint
fake_channel_get_close_code (FakeChannel *self)
{
  return self->close_code;
}

void
fake_channel_set_unmasked (FakeChannel *self)
{
  self->is_unmasked = TRUE;
}
