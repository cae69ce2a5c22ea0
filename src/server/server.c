/* server.c: the listener: HTTP by libsoup, every upgraded stream ours */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-server"
#include "server/server.h"

#include <libsoup/soup.h>
#include <string.h>

#include "server/acceptor.h"
#include "server/device-endpoint.h"
#include "server/listen-address.h"
#include "server/origin-rule.h"
#include "server/port-holder.h"
#include "server/routes.h"

#define MAX_BODY 4096 /* more is not waited for */

struct _SondeServer
{
  GObject parent_instance;
  SoupServer *soup;
  SondeAcceptor *acceptor; /* NULL while not listening */
  SondeRegistry *registry; /* (nullable) owned */
  SondeAdoptFunc adopt;
  gpointer user_data;
};

G_DEFINE_FINAL_TYPE (SondeServer, sonde_server, G_TYPE_OBJECT)

G_DEFINE_QUARK (sonde_server_error, sonde_server_error)

static char *
dup_own_address (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_local_address (message);

  if (address == NULL || !G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("");
  return g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* 0, or why a request is refused before anything else is looked at. Headers that come twice are
 * read joined, so that they match nothing. */
static guint
judge_peer (SoupServerMessage *message, gboolean is_device)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *origin = soup_message_headers_get_list (headers, "Origin");
  const char *host = soup_message_headers_get_list (headers, "Host");
  g_autofree char *own = dup_own_address (message);

  if (!sonde_origin_is_allowed (origin, host != NULL ? host : "", own))
    return SOUP_STATUS_FORBIDDEN;
  /* Boards come through tunnels under any name; pages only under a name that is ours. */
  if (!is_device && !sonde_origin_is_own_host (host != NULL ? host : "", own))
    return SOUP_STATUS_FORBIDDEN;
  return 0;
}

static gboolean
is_upgrade (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_server_message_get_method (message) == SOUP_METHOD_GET
         && soup_message_headers_header_contains (headers, "Upgrade", "websocket");
}

static gboolean
is_device_request (SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  return is_upgrade (message) && sonde_route_of (path) == SONDE_ROUTE_DEVICE;
}

static void
refuse (SoupServerMessage *message, guint status)
{
  static const char forbidden[] = "This address is not open to pages of other sites.\n";
  static const char not_found[] = "Nothing here: boards connect by WebSocket.\n";
  gboolean is_forbidden = status == SOUP_STATUS_FORBIDDEN;

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_STATIC,
                                    is_forbidden ? forbidden : not_found,
                                    is_forbidden ? sizeof forbidden - 1 : sizeof not_found - 1);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "X-Content-Type-Options", "nosniff");
}

/* libsoup knows no socket of a stream that it did not accept itself. The address carries it, for as
 * long as libsoup reads requests from it. */
static GQuark
socket_quark (void)
{
  return g_quark_from_static_string ("sonde-socket");
}

/* A body that libsoup would read past before it answers, until the deadline at worst. */
static gboolean
has_large_body (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED
         || soup_message_headers_get_content_length (headers) > MAX_BODY;
}

/* Answers before the body and ends our direction only: closing with bytes unread would reset the
 * connection, and the answer be lost with it. What still comes is read past until the deadline. */
static void
answer_at_once (SoupServerMessage *message, guint status)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  GSocket *socket = g_object_get_qdata (G_OBJECT (remote), socket_quark ());
  g_autofree char *answer
      = g_strdup_printf ("HTTP/1.1 %u %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status,
                         soup_status_get_phrase (status));

  if (socket == NULL)
    return;
  g_socket_send (socket, answer, strlen (answer), NULL, NULL);
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
}

/* Sees a request when its headers are there, before its body and before any upgrade. */
static void
on_headers (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer data)
{
  gboolean is_device = is_device_request (message);
  guint status = judge_peer (message, is_device);

  /* No request here has a body that anyone wants: what comes is read past, not kept. */
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (status != 0)
    {
      g_message ("%s: refused, as a page of another site speaks",
                 soup_server_message_get_remote_host (message));
      refuse (message, status);
    }
  else if (!is_device)
    refuse (message, SOUP_STATUS_NOT_FOUND);
  if (has_large_body (message))
    {
      refuse (message, status != 0 ? status : SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
      answer_at_once (message, soup_server_message_get_status (message));
    }
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer data)
{
  SondeServer *self = data;

  if (soup_server_message_get_status (message) == 0 && is_device_request (message))
    sonde_device_endpoint_upgrade (message, self->adopt, self->user_data);
}

static void
on_accepted (GSocketConnection *connection, gpointer data)
{
  SondeServer *self = data;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GError) error = NULL;

  /* A peer that is gone again has no address. */
  if (local == NULL || remote == NULL)
    return;
  g_object_set_qdata (G_OBJECT (remote), socket_quark (),
                      g_socket_connection_get_socket (connection));
  if (!soup_server_accept_iostream (self->soup, G_IO_STREAM (connection), local, remote, &error))
    g_debug ("a connection was not taken: %s", error->message);
}

static void
hand_to_registry (SondeChannel *channel, gpointer user_data)
{
  SondeServer *self = user_data;

  if (self->registry != NULL)
    sonde_registry_adopt (self->registry, channel);
}

SondeServer *
sonde_server_new (SondeRegistry *registry)
{
  SondeServer *self = g_object_new (SONDE_TYPE_SERVER, NULL);

  g_set_object (&self->registry, registry);
  return self;
}

void
sonde_server_set_adopt (SondeServer *self, SondeAdoptFunc adopt, gpointer user_data)
{
  self->adopt = adopt;
  self->user_data = user_data;
}

static void
set_taken_error (GError **error, guint port)
{
  g_autofree char *holder = sonde_port_holder_dup (port);

  g_set_error (error, SONDE_SERVER_ERROR, SONDE_SERVER_ERROR_TAKEN,
               "port %u is used by %s; use --listen 127.0.0.1:0", port,
               holder != NULL ? holder : "another program");
}

gboolean
sonde_server_listen (SondeServer *self, const char *address, guint port, GError **error)
{
  g_autoptr (GSocketAddress) place = sonde_listen_address_resolve (address, port);
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (self->acceptor == NULL, FALSE);
  if (place == NULL)
    {
      g_set_error (error, SONDE_SERVER_ERROR, SONDE_SERVER_ERROR_ADDRESS,
                   "%s: not an address of this machine alone; use 127.0.0.1", address);
      return FALSE;
    }
  self->acceptor = sonde_acceptor_new (place, on_accepted, self, &problem);
  if (self->acceptor != NULL)
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    set_taken_error (error, port);
  else
    g_propagate_prefixed_error (error, g_steal_pointer (&problem), "%s:%u: ", address, port);
  return FALSE;
}

guint
sonde_server_get_port (SondeServer *self)
{
  return self->acceptor != NULL ? sonde_acceptor_get_port (self->acceptor) : 0;
}

char *
sonde_server_dup_url (SondeServer *self)
{
  return self->acceptor != NULL ? sonde_acceptor_dup_url (self->acceptor) : NULL;
}

void
sonde_server_stop (SondeServer *self)
{
  if (self->acceptor == NULL)
    return;
  g_clear_pointer (&self->acceptor, sonde_acceptor_free);
  soup_server_disconnect (self->soup);
}

gboolean
sonde_server_parse_listen (const char *text, char **address, guint *port, GError **error)
{
  g_autofree char *host = NULL;
  g_autoptr (GSocketAddress) place = NULL;

  if (!sonde_listen_address_parse (text, &host, port))
    {
      g_set_error (error, SONDE_SERVER_ERROR, SONDE_SERVER_ERROR_ADDRESS,
                   "%s: not an address; write ADDR:PORT, as in 127.0.0.1:8000", text);
      return FALSE;
    }
  place = sonde_listen_address_resolve (host, *port);
  if (place == NULL)
    {
      g_set_error (error, SONDE_SERVER_ERROR, SONDE_SERVER_ERROR_ADDRESS,
                   "%s: not an address of this machine alone; use 127.0.0.1:%u", text, *port);
      return FALSE;
    }
  *address = g_steal_pointer (&host);
  return TRUE;
}

char *
sonde_server_dup_port_holder (guint port)
{
  return sonde_port_holder_dup (port);
}

static void
sonde_server_dispose (GObject *object)
{
  SondeServer *self = SONDE_SERVER (object);

  sonde_server_stop (self);
  g_clear_object (&self->soup);
  g_clear_object (&self->registry);
  G_OBJECT_CLASS (sonde_server_parent_class)->dispose (object);
}

static void
sonde_server_class_init (SondeServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sonde_server_dispose;
}

static void
sonde_server_init (SondeServer *self)
{
  self->adopt = hand_to_registry;
  self->user_data = self;
  self->soup = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_early_handler (self->soup, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
}
