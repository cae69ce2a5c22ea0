/* ws-client.h: the agent's WebSocket client, fed and read by a test */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sonde/ws.h"

typedef struct
{
  sonde_ws ws;
  guint8 rx[200], tx[300];
  GByteArray *sent;
  GString *messages; /* "text|" each */
  gboolean is_full;  /* the connection takes nothing now */
  guint8 next_random;
  const char *fixed_random; /* NULL: counts upwards */
} WsClient;

void ws_client_init (WsClient *self);
void ws_client_clear (WsClient *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WsClient, ws_client_clear)

void ws_client_open (WsClient *self);            /* connected, and its handshake answered */
char *ws_client_compute_accept (WsClient *self); /* what answers the key that it sent */
/* Feeds as a port does, in pieces of @step; returns FALSE when the link is over. */
gboolean ws_client_feed (WsClient *self, const guint8 *bytes, gsize size, gsize step);
gboolean ws_client_feed_text (WsClient *self, const char *text);
/* What was sent, unmasked: "opcode:payload " each; a close shows its code. Every frame must be
 * masked, and no mask be used twice. */
char *ws_client_describe_sent (WsClient *self);
