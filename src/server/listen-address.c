/* listen-address.c: where the program listens, as people write it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/listen-address.h"

#include <string.h>

static gboolean
parse_port (const char *text, guint *port)
{
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &value, NULL))
    return FALSE;
  *port = (guint) value;
  return TRUE;
}

gboolean
sonde_listen_address_parse (const char *text, char **address, guint *port)
{
  const char *colon = strrchr (text, ':');
  gsize size = colon != NULL ? (gsize) (colon - text) : 0;

  if (size == 0 || !parse_port (colon + 1, port))
    return FALSE;
  if (text[0] == '[' && text[size - 1] == ']')
    *address = g_strndup (text + 1, size - 2);
  else if (memchr (text, ':', size) == NULL)
    *address = g_strndup (text, size);
  else
    return FALSE;
  return TRUE;
}

GSocketAddress *
sonde_listen_address_resolve (const char *address, guint port)
{
  const char *numeric = g_ascii_strcasecmp (address, "localhost") == 0 ? "127.0.0.1" : address;
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (numeric);

  if (inet == NULL || !g_inet_address_get_is_loopback (inet))
    return NULL;
  return g_inet_socket_address_new (inet, (guint16) port);
}
