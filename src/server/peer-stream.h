/* peer-stream.h: the two ends of an upgraded stream, with libsoup's layer and without */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Owned struct; public only to be embedded. Starts zeroed. */
typedef struct
{
  GIOStream *whole;            /* owned: closing it closes all below */
  GPollableInputStream *input; /* owned */
  GPollableOutputStream *output;
  gboolean is_bare; /* libsoup's layer is left out */
} SondePeerStream;

void sonde_peer_stream_init (SondePeerStream *self, GIOStream *stream); /* (transfer full) */
void sonde_peer_stream_clear (SondePeerStream *self);
void sonde_peer_stream_close (SondePeerStream *self);
/**
 * sonde_peer_stream_bare:
 *
 * libsoup's stream may hold bytes that came with the handshake. Once it has none left and the
 * socket neither, its layer is left out: it costs time at every message.
 */
void sonde_peer_stream_bare (SondePeerStream *self);
/** sonde_peer_stream_watch: (transfer full): calls @func when there may be bytes: in every turn of
 * the loop as long as libsoup's layer, whose own bytes no socket announces, is there. */
GSource *sonde_peer_stream_watch (SondePeerStream *self, GSourceFunc func, gpointer user_data);
