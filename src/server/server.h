/* server.h: the listener: HTTP by libsoup, every upgraded stream ours (device.md 0 and 1.1) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "device/registry.h"
#include "server/ws-channel.h"

#define SONDE_SERVER_ERROR (sonde_server_error_quark ())
GQuark sonde_server_error_quark (void);
typedef enum
{
  SONDE_SERVER_ERROR_TAKEN,   /* the port is in use: message names the holder and --listen */
  SONDE_SERVER_ERROR_ADDRESS, /* not an address, or not loopback */
} SondeServerError;

#define SONDE_SERVER_DEFAULT_PORT 8000

/* Engine thread only. Signal "device-connected" is not needed: channels go to the registry. */
#define SONDE_TYPE_SERVER (sonde_server_get_type ())
G_DECLARE_FINAL_TYPE (SondeServer, sonde_server, SONDE, SERVER, GObject)

SondeServer *sonde_server_new (SondeRegistry *registry);
/** sonde_server_set_adopt: boards go to @adopt instead of the registry. */
void sonde_server_set_adopt (SondeServer *self, SondeAdoptFunc adopt, gpointer user_data);
/** sonde_server_listen: @address "127.0.0.1", "::1" or "localhost"; @port 0 picks a free one.
 * Accepts on the thread-default context. */
gboolean sonde_server_listen (SondeServer *self, const char *address, guint port, GError **error);
guint sonde_server_get_port (SondeServer *self);
/** sonde_server_dup_url: (transfer full): "ws://127.0.0.1:8000/". */
char *sonde_server_dup_url (SondeServer *self);
/** sonde_server_stop: no new connection; open ones are closed by their owners. Idempotent. */
void sonde_server_stop (SondeServer *self);
/** sonde_server_parse_listen: "ADDR:PORT", "[::1]:0". Only loopback until the doors are built. */
gboolean sonde_server_parse_listen (const char *text, char **address, guint *port, GError **error);
/** sonde_server_dup_port_holder: (transfer full) (nullable): "NAME (pid N)" of the process that
 * listens on @port, as far as /proc tells. */
char *sonde_server_dup_port_holder (guint port);
