/* origin-rule.c: which web pages may speak to us, and under which names (device.md 1.1) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/origin-rule.h"

#include <gio/gio.h>
#include <string.h>

/* A port is nothing, or a colon and up to five digits. */
static gboolean
is_port (const char *text)
{
  gsize n = strlen (text);

  if (n == 0)
    return TRUE;
  return text[0] == ':' && n <= 6 && strspn (text + 1, "0123456789") == n - 1;
}

/* The name in "name", "name:port", "[::1]" or "[::1]:port", in lower case; NULL where it is none
 * of them: two headers joined, a path, a user. */
static char *
dup_name (const char *text)
{
  gsize n;

  if (text[0] == '[')
    {
      n = strspn (text + 1, "0123456789abcdefABCDEF:.");
      if (n == 0 || text[1 + n] != ']' || !is_port (text + 2 + n))
        return NULL;
      return g_ascii_strdown (text + 1, (gssize) n);
    }
  n = strspn (text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-_");
  if (n == 0 || !is_port (text + n))
    return NULL;
  return g_ascii_strdown (text, (gssize) n);
}

static gboolean
is_loopback_name (const char *name)
{
  g_autoptr (GInetAddress) address = NULL;

  if (strcmp (name, "localhost") == 0)
    return TRUE;
  /* The resolver also takes "127.1" or "2130706433", which a browser turns into the plain form
   * before it sends them. */
  if (strchr (name, ':') == NULL && !g_hostname_is_ip_address (name))
    return FALSE;
  address = g_inet_address_new_from_string (name);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* The name in "http://name:port"; NULL for "null", "file://" and all that is not from the web. */
static char *
dup_origin_name (const char *origin)
{
  static const char *const schemes[] = { "http://", "https://", "ws://", "wss://" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (origin, schemes[i], strlen (schemes[i])) == 0)
      return dup_name (origin + strlen (schemes[i]));
  return NULL;
}

static gboolean
is_own_name (const char *name, const char *own)
{
  return is_loopback_name (name) || strcmp (name, own) == 0;
}

gboolean
sonde_origin_is_own_host (const char *host, const char *own)
{
  g_autofree char *name = dup_name (host);

  return name != NULL && is_own_name (name, own);
}

gboolean
sonde_origin_is_allowed (const char *origin, const char *host, const char *own)
{
  g_autofree char *from = NULL, *to = NULL;

  if (origin == NULL)
    return TRUE;
  from = dup_origin_name (origin);
  if (from == NULL)
    return FALSE;
  /* A name that equals Host proves nothing unless it is ours: a foreign name may have been
   * pointed at this machine (DNS rebinding). Own loopback listeners take loopback pages. */
  if (is_loopback_name (from) && is_loopback_name (own))
    return TRUE;
  to = dup_name (host);
  return to != NULL && strcmp (from, to) == 0 && is_own_name (to, own);
}
