/* channel.h: a two-way pipe of whole text messages */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/* Who listens. Both calls come on the engine thread; the owner may close or unref the channel
 * inside them. */
typedef struct
{
  /* @data is borrowed for the call, @size bytes, and not NUL-terminated */
  void (*message) (gpointer owner, const char *data, gsize size);
  /* once, last. @code: RFC 6455 status, 1005 none was given, 1006 the link broke; @reason: for a
   * person */
  void (*closed) (gpointer owner, guint code, const char *reason);
} SondeChannelHandler;

#define SONDE_TYPE_CHANNEL (sonde_channel_get_type ())
G_DECLARE_INTERFACE (SondeChannel, sonde_channel, SONDE, CHANNEL, GObject)

struct _SondeChannelInterface
{
  GTypeInterface parent;
  void (*set_handler) (SondeChannel *self, const SondeChannelHandler *handler, gpointer owner);
  gboolean (*send) (SondeChannel *self, const char *text, gsize size);
  void (*close) (SondeChannel *self, guint code);
  const char *(*get_peer) (SondeChannel *self);
  gsize (*get_queued) (SondeChannel *self);
  gboolean (*sends_unmasked) (SondeChannel *self); /* (nullable): FALSE */
};

/** sonde_channel_set_handler: replaces the listener; NULL detaches it. @handler must be static. */
void sonde_channel_set_handler (SondeChannel *self, const SondeChannelHandler *handler,
                                gpointer owner);
/** sonde_channel_send: one whole message, copied. FALSE when closed or when more than 8 MiB wait
 * (the channel then closes). */
gboolean sonde_channel_send (SondeChannel *self, const char *text, gsize size);
/** sonde_channel_close: @code 1005 sends a close frame without status (device.md 2.2). Idempotent;
 * closed() still comes. */
void sonde_channel_close (SondeChannel *self, guint code);
/** sonde_channel_get_peer: numeric address without the port: "127.0.0.1". */
const char *sonde_channel_get_peer (SondeChannel *self);
/** sonde_channel_get_queued: bytes given and not yet taken by the kernel. */
gsize sonde_channel_get_queued (SondeChannel *self);
/** sonde_channel_sends_unmasked: the peer has broken the masking rule of RFC 6455 (device.md 2.2).
 * Costs nothing to ask. */
gboolean sonde_channel_sends_unmasked (SondeChannel *self);
