/* ws-client.c: the agent's WebSocket client, fed and read by a test */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ws-client.h"

#include <string.h>

static bool
on_send (void *user, const uint8_t *bytes, size_t size)
{
  WsClient *self = user;

  if (!self->is_full)
    g_byte_array_append (self->sent, bytes, (guint) size);
  return !self->is_full;
}

static bool
on_random (void *user, uint8_t *out, size_t size)
{
  WsClient *self = user;

  for (gsize i = 0; i < size; i++)
    out[i] = self->fixed_random != NULL ? (guint8) self->fixed_random[i] : self->next_random++;
  return TRUE;
}

/* Repeats what begins with a question mark; the rest needs no answer. */
static size_t
on_message (void *user, const char *text, size_t size, char *answer, size_t cap)
{
  WsClient *self = user;

  g_string_append_len (self->messages, text, (gssize) size);
  g_string_append_c (self->messages, '|');
  if (size == 0 || text[0] != '?')
    return 0;
  g_assert_cmpuint (size, <=, cap);
  memcpy (answer, text, size);
  return size;
}

static const sonde_ws_hooks *
get_hooks (WsClient *self)
{
  static sonde_ws_hooks hooks;

  hooks = (sonde_ws_hooks){ self, on_send, on_random, on_message };
  return &hooks;
}

void
ws_client_init (WsClient *self)
{
  memset (self, 0, sizeof *self);
  self->sent = g_byte_array_new ();
  self->messages = g_string_new (NULL);
  sonde_ws_init (&self->ws, get_hooks (self), self->rx, sizeof self->rx, self->tx, sizeof self->tx);
}

void
ws_client_clear (WsClient *self)
{
  g_byte_array_unref (self->sent);
  g_string_free (self->messages, TRUE);
}

char *
ws_client_compute_accept (WsClient *self)
{
  g_autofree char *request = g_strndup ((char *) self->sent->data, self->sent->len);
  const char *key = strstr (request, "Sec-WebSocket-Key: ") + strlen ("Sec-WebSocket-Key: ");
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize size = sizeof digest;

  g_checksum_update (sum, (const guchar *) key, 24);
  g_checksum_update (sum, (const guchar *) "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", 36);
  g_checksum_get_digest (sum, digest, &size);
  return g_base64_encode (digest, size);
}

gboolean
ws_client_feed (WsClient *self, const guint8 *bytes, gsize size, gsize step)
{
  gsize at = 0;

  while (at < size)
    {
      long used = sonde_ws_rx (&self->ws, bytes + at, MIN (step, size - at));

      if (used < 0)
        return FALSE;
      g_assert_cmpint (used, >, 0);
      at += (gsize) used;
    }
  return TRUE;
}

gboolean
ws_client_feed_text (WsClient *self, const char *text)
{
  return ws_client_feed (self, (const guint8 *) text, strlen (text), 7);
}

void
ws_client_open (WsClient *self)
{
  g_autofree char *accept = NULL;
  g_autofree char *answer = NULL;

  ws_client_init (self);
  g_assert_true (sonde_ws_connect (&self->ws, "host:8000", "/", ""));
  accept = ws_client_compute_accept (self);
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                            accept);
  g_assert_true (ws_client_feed_text (self, answer));
  g_assert_cmpint (self->ws.state, ==, SONDE_WS_OPEN);
  g_byte_array_set_size (self->sent, 0);
}

char *
ws_client_describe_sent (WsClient *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const guint8 *at = self->sent->data;
  gsize left = self->sent->len;
  guint32 last_mask = 0;

  while (left > 0)
    {
      gsize head = (at[1] & 127) == 126 ? 4 : 2;
      gsize size = head == 4 ? (gsize) at[2] << 8 | at[3] : at[1] & 127u;
      g_autofree char *payload = g_malloc (size + 1);
      guint32 mask;

      g_assert_cmpuint (at[0] & 0xf0, ==, 0x80);
      g_assert_cmpuint (at[1] & 0x80, ==, 0x80);
      g_assert_cmpuint (size + head + 4, <=, left);
      memcpy (&mask, at + head, 4);
      g_assert_cmpuint (mask, !=, last_mask);
      last_mask = mask;
      for (gsize i = 0; i < size; i++)
        payload[i] = (char) (at[head + 4 + i] ^ at[head + i % 4]);
      payload[size] = '\0';
      if ((at[0] & 15) == 8)
        g_string_append_printf (out, "8:%u ",
                                size == 0 ? 0 : (guint8) payload[0] << 8 | (guint8) payload[1]);
      else
        g_string_append_printf (out, "%u:%s ", at[0] & 15, payload);
      left -= head + 4 + size;
      at += head + 4 + size;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
