/* device-endpoint.c: a board's request for a WebSocket becomes a channel */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-server"
#include "server/device-endpoint.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "server/acceptor.h"
#include "server/stream-watch.h"

/* A board that was switched off is noticed after 20 s even if nobody sends anything. */
#define KEEP_ALIVE_IDLE_S 10
#define KEEP_ALIVE_INTERVAL_S 5
#define KEEP_ALIVE_PROBES 2

typedef struct
{
  SondeAdoptFunc adopt;
  gpointer user_data;
} Upgrade;

/* From now on the peer may be silent for as long as it is there. */
static void
settle_socket (GIOStream *stream)
{
  g_autoptr (GIOStream) base = sonde_stream_dup_base (stream);
  g_autoptr (GSocket) socket = sonde_stream_dup_socket (base);

  if (socket == NULL)
    return;
  sonde_acceptor_release (socket);
  g_socket_set_keepalive (socket, TRUE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPIDLE, KEEP_ALIVE_IDLE_S, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPINTVL, KEEP_ALIVE_INTERVAL_S, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPCNT, KEEP_ALIVE_PROBES, NULL);
}

static void
on_switched (SoupServerMessage *message, gpointer data)
{
  const Upgrade *upgrade = data;
  g_autofree char *peer = g_strdup (soup_server_message_get_remote_host (message));
  GIOStream *stream = soup_server_message_steal_connection (message);
  g_autoptr (SondeWsChannel) channel = NULL;

  settle_socket (stream);
  channel = sonde_ws_channel_new (stream, peer != NULL ? peer : "?", SONDE_WS_CHANNEL_DEVICE);
  g_debug ("a board from %s", peer);
  upgrade->adopt (SONDE_CHANNEL (channel), upgrade->user_data);
}

static void
free_upgrade (gpointer data, GClosure *closure)
{
  g_free (data);
}

void
sonde_device_endpoint_upgrade (SoupServerMessage *message, SondeAdoptFunc adopt, gpointer user_data)
{
  Upgrade *upgrade;

  if (!soup_websocket_server_process_handshake (message, NULL, NULL, NULL, NULL))
    return;
  upgrade = g_new (Upgrade, 1);
  *upgrade = (Upgrade){ adopt, user_data };
  g_signal_connect_data (message, "wrote-informational", G_CALLBACK (on_switched), upgrade,
                         free_upgrade, 0);
}
