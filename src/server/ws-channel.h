/* ws-channel.h: a channel over an upgraded stream: whole messages in, a bounded queue out */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wire/channel.h"

#define SONDE_WS_CHANNEL_MAX_QUEUED (8 * 1024 * 1024)

#define SONDE_TYPE_WS_CHANNEL (sonde_ws_channel_get_type ())
G_DECLARE_FINAL_TYPE (SondeWsChannel, sonde_ws_channel, SONDE, WS_CHANNEL, GObject)

typedef enum
{
  SONDE_WS_CHANNEL_BROWSER, /* every frame must be masked */
  SONDE_WS_CHANNEL_DEVICE,  /* unmasked frames are taken */
} SondeWsChannelKind;

/**
 * sonde_ws_channel_new:
 * @stream: (transfer full): upgraded; libsoup's stolen stream, or any pollable one
 * @peer: numeric address without the port
 *
 * Reads on the thread-default context from its next turn on, so that the owner can set a handler
 * first; once a turn, so that no peer starves another.
 */
SondeWsChannel *sonde_ws_channel_new (GIOStream *stream, const char *peer, SondeWsChannelKind kind);

/* Takes a new connection of a board; it keeps a reference if it wants the channel to live. */
typedef void (*SondeAdoptFunc) (SondeChannel *channel, gpointer user_data);
