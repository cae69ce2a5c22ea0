/* acceptor.h: takes connections in: backlog, limit, deadline for the handshake */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#define SONDE_ACCEPTOR_MAX_CONNECTIONS 1024
#define SONDE_ACCEPTOR_DEADLINE_MS 15000

/* Owned struct: lives on the thread-default context of the one who made it. */
typedef struct _SondeAcceptor SondeAcceptor;

typedef void (*SondeAcceptFunc) (GSocketConnection *connection, gpointer user_data);

/** sonde_acceptor_new: listens at once. Returns: NULL with an error of G_IO_ERROR. */
SondeAcceptor *sonde_acceptor_new (GSocketAddress *address, SondeAcceptFunc func,
                                   gpointer user_data, GError **error);
/** sonde_acceptor_set_deadline: of connections that come from now on. */
void sonde_acceptor_set_deadline (SondeAcceptor *self, guint deadline_ms);
/** sonde_acceptor_free: closes the listening socket; connections live on. */
void sonde_acceptor_free (SondeAcceptor *self);
guint sonde_acceptor_get_port (SondeAcceptor *self);
/** sonde_acceptor_dup_url: (transfer full): "ws://127.0.0.1:8000/". */
char *sonde_acceptor_dup_url (SondeAcceptor *self);

/**
 * sonde_acceptor_release:
 * @socket: of a connection that was upgraded
 *
 * Ends the deadline: from here on silence is the owner's affair.
 */
void sonde_acceptor_release (GSocket *socket);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeAcceptor, sonde_acceptor_free)
