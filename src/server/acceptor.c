/* acceptor.c: takes connections in: backlog, limit, deadline for the handshake */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-server"
#include "server/acceptor.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#define BACKLOG 256   /* libsoup's own 10 make a burst of boards wait for SYN retries */
#define RETRY_MS 200  /* after a failed accept: descriptors come back, the listener must too */
#define MAX_A_TURN 64 /* connections taken in before others get their turn */

struct _SondeAcceptor
{
  GSocket *listener;
  GSource *source; /* watches the listener, or waits to do so again */
  SondeAcceptFunc func;
  gpointer user_data;
  guint deadline_ms;
  guint *n_live; /* shared with every Guest: sockets outlive the listener */
};

/* Hangs on the socket of a connection for as long as it lives. */
typedef struct
{
  guint *n_live;
  GSource *deadline;
} Guest;

static GQuark
guest_quark (void)
{
  return g_quark_from_static_string ("sonde-guest");
}

static void
end_deadline (Guest *guest)
{
  if (guest->deadline == NULL)
    return;
  g_source_destroy (guest->deadline);
  g_clear_pointer (&guest->deadline, g_source_unref);
}

static void
guest_free (gpointer data)
{
  Guest *guest = data;

  end_deadline (guest);
  --*guest->n_live;
  g_rc_box_release (guest->n_live);
  g_free (guest);
}

void
sonde_acceptor_release (GSocket *socket)
{
  Guest *guest = g_object_get_qdata (G_OBJECT (socket), guest_quark ());

  if (guest != NULL)
    end_deadline (guest);
}

/* Shutting down is enough: whoever reads sees the end of the stream and cleans up. */
static gboolean
on_deadline (gpointer data)
{
  g_debug ("a connection did not finish its handshake in time");
  g_socket_shutdown (data, TRUE, TRUE, NULL);
  return G_SOURCE_REMOVE;
}

static void
add_guest (SondeAcceptor *self, GSocket *socket)
{
  Guest *guest = g_new (Guest, 1);

  guest->n_live = g_rc_box_acquire (self->n_live);
  ++*guest->n_live;
  guest->deadline = g_timeout_source_new (self->deadline_ms);
  g_source_set_callback (guest->deadline, on_deadline, socket, NULL);
  g_source_attach (guest->deadline, g_main_context_get_thread_default ());
  g_object_set_qdata_full (G_OBJECT (socket), guest_quark (), guest, guest_free);
}

static void
take_in (SondeAcceptor *self, GSocket *socket)
{
  g_autoptr (GSocketConnection) connection = NULL;

  if (*self->n_live >= SONDE_ACCEPTOR_MAX_CONNECTIONS)
    {
      g_warning ("more than %u connections: one was turned away", SONDE_ACCEPTOR_MAX_CONNECTIONS);
      return;
    }
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  add_guest (self, socket);
  connection = g_socket_connection_factory_create_connection (socket);
  self->func (connection, self->user_data);
}

static void watch (SondeAcceptor *self);

static gboolean
on_retry (gpointer data)
{
  watch (data);
  return G_SOURCE_REMOVE;
}

static void
replace_source (SondeAcceptor *self, GSource *source)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  self->source = source;
  if (source != NULL)
    g_source_attach (source, g_main_context_get_thread_default ());
}

static gboolean
on_ready (GSocket *listener, GIOCondition condition, gpointer data)
{
  SondeAcceptor *self = data;
  g_autoptr (GError) error = NULL;
  GSource *pause;

  for (guint i = 0; i < MAX_A_TURN; i++)
    {
      g_autoptr (GSocket) socket = g_socket_accept (self->listener, NULL, &error);

      if (socket == NULL)
        break;
      take_in (self, socket);
    }
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  /* Out of descriptors, most of the time. The socket stays readable: watching on would spin. */
  g_debug ("cannot accept: %s", error->message);
  pause = g_timeout_source_new (RETRY_MS);
  g_source_set_callback (pause, on_retry, self, NULL);
  replace_source (self, pause);
  return G_SOURCE_REMOVE;
}

static void
watch (SondeAcceptor *self)
{
  GSource *source = g_socket_create_source (self->listener, G_IO_IN, NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (on_ready), self, NULL);
  replace_source (self, source);
}

static GSocket *
open_listener (GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);
  /* Reuse, so that a restart need not wait for the last connections to be forgotten. */
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

SondeAcceptor *
sonde_acceptor_new (GSocketAddress *address, SondeAcceptFunc func, gpointer user_data,
                    GError **error)
{
  g_autoptr (GSocket) listener = open_listener (address, error);
  SondeAcceptor *self;

  if (listener == NULL)
    return NULL;
  self = g_new0 (SondeAcceptor, 1);
  self->listener = g_steal_pointer (&listener);
  self->func = func;
  self->user_data = user_data;
  self->deadline_ms = SONDE_ACCEPTOR_DEADLINE_MS;
  self->n_live = g_rc_box_new0 (guint);
  watch (self);
  return self;
}

void
sonde_acceptor_set_deadline (SondeAcceptor *self, guint deadline_ms)
{
  self->deadline_ms = deadline_ms;
}

void
sonde_acceptor_free (SondeAcceptor *self)
{
  replace_source (self, NULL);
  g_socket_close (self->listener, NULL);
  g_object_unref (self->listener);
  g_rc_box_release (self->n_live);
  g_free (self);
}

guint
sonde_acceptor_get_port (SondeAcceptor *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->listener, NULL);

  return address != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)) : 0;
}

char *
sonde_acceptor_dup_url (SondeAcceptor *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->listener, NULL);
  g_autofree char *text = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address));

  return g_strdup_printf ("ws://%s/", text);
}
