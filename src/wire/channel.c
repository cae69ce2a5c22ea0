/* channel.c: a two-way pipe of whole text messages */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/channel.h"

G_DEFINE_INTERFACE (SondeChannel, sonde_channel, G_TYPE_OBJECT)

static void
sonde_channel_default_init (SondeChannelInterface *iface)
{
}

void
sonde_channel_set_handler (SondeChannel *self, const SondeChannelHandler *handler, gpointer owner)
{
  g_return_if_fail (SONDE_IS_CHANNEL (self));
  SONDE_CHANNEL_GET_IFACE (self)->set_handler (self, handler, owner);
}

gboolean
sonde_channel_send (SondeChannel *self, const char *text, gsize size)
{
  g_return_val_if_fail (SONDE_IS_CHANNEL (self), FALSE);
  return SONDE_CHANNEL_GET_IFACE (self)->send (self, text, size);
}

void
sonde_channel_close (SondeChannel *self, guint code)
{
  g_return_if_fail (SONDE_IS_CHANNEL (self));
  SONDE_CHANNEL_GET_IFACE (self)->close (self, code);
}

const char *
sonde_channel_get_peer (SondeChannel *self)
{
  g_return_val_if_fail (SONDE_IS_CHANNEL (self), "");
  return SONDE_CHANNEL_GET_IFACE (self)->get_peer (self);
}

gsize
sonde_channel_get_queued (SondeChannel *self)
{
  g_return_val_if_fail (SONDE_IS_CHANNEL (self), 0);
  return SONDE_CHANNEL_GET_IFACE (self)->get_queued (self);
}

gboolean
sonde_channel_sends_unmasked (SondeChannel *self)
{
  SondeChannelInterface *iface;

  g_return_val_if_fail (SONDE_IS_CHANNEL (self), FALSE);
  iface = SONDE_CHANNEL_GET_IFACE (self);
  return iface->sends_unmasked != NULL && iface->sends_unmasked (self);
}
