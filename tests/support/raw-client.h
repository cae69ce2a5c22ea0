/* raw-client.h: a bare socket against code of the same process: the loop runs while it waits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/ws-frame.h"

#define RAW_WAIT_US                                                                                \
  (20 * G_USEC_PER_SEC) /* far beyond what any step takes: only a hang gets here */

/* Runs the loop for a moment. FALSE when the time is over. */
static inline gboolean
raw_pump (gint64 start_us)
{
  if (g_main_context_iteration (NULL, FALSE))
    return TRUE;
  g_usleep (200);
  return g_get_monotonic_time () - start_us < RAW_WAIT_US;
}

#define RAW_WAIT_FOR(condition)                                                                    \
  do                                                                                               \
    {                                                                                              \
      gint64 raw_start = g_get_monotonic_time ();                                                  \
      while (!(condition))                                                                         \
        g_assert_true (raw_pump (raw_start));                                                      \
    }                                                                                              \
  while (0)

static inline int
raw_connect (guint port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((guint16) port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (fcntl (fd, F_SETFL, O_NONBLOCK), ==, 0);
  return fd;
}

static inline void
raw_send (int fd, const void *data, gsize size)
{
  const guint8 *at = data;
  gint64 start = g_get_monotonic_time ();

  while (size > 0)
    {
      gssize n = send (fd, at, size, MSG_NOSIGNAL);

      if (n < 0 && (errno == EPIPE || errno == ECONNRESET))
        return;
      if (n > 0)
        {
          at += n;
          size -= (gsize) n;
        }
      else
        g_assert_true (raw_pump (start));
    }
}

static inline void
raw_send_text (int fd, const char *text)
{
  raw_send (fd, text, strlen (text));
}

/* Reads what is there. Returns: FALSE at the end of the stream, or when it was reset. */
static inline gboolean
raw_read_some (int fd, GByteArray *into)
{
  guint8 bytes[65536];
  gssize n = recv (fd, bytes, sizeof bytes, 0);

  if (n > 0)
    g_byte_array_append (into, bytes, (guint) n);
  return n > 0 || (n < 0 && errno == EAGAIN);
}

/* Reads until @size bytes are there or the stream ends. */
static inline GByteArray *
raw_read (int fd, gsize size)
{
  GByteArray *bytes = g_byte_array_new ();
  gint64 start = g_get_monotonic_time ();

  while (bytes->len < size && raw_read_some (fd, bytes))
    g_assert_true (raw_pump (start));
  return bytes;
}

/* Reads to the end of the stream. Returns: all of it as text. */
static inline char *
raw_read_all (int fd)
{
  g_autoptr (GByteArray) bytes = raw_read (fd, G_MAXUINT);

  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return g_memdup2 (bytes->data, bytes->len);
}

/* Reads the head of an HTTP answer, byte by byte so that nothing behind it is taken. */
static inline char *
raw_read_head (int fd)
{
  g_autoptr (GString) head = g_string_new (NULL);
  gint64 start = g_get_monotonic_time ();

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      char letter;
      gssize n = recv (fd, &letter, 1, 0);

      if (n == 1)
        g_string_append_c (head, letter);
      else if (n == 0)
        break;
      else
        g_assert_true (raw_pump (start));
    }
  return g_string_free (g_steal_pointer (&head), FALSE);
}

/* Appends one frame; a masked one has a fixed mask. */
static inline void
raw_add_frame (GByteArray *out, guint8 first, gboolean is_masked, const void *payload, gsize size)
{
  static const guint8 mask[4] = { 0x11, 0x22, 0x33, 0x44 };
  const guint8 *bytes = payload;
  guint8 header[10];
  guint n = sonde_ws_frame_header (header, SONDE_WS_TEXT, size), start;

  header[0] = first;
  header[1] |= is_masked ? 0x80 : 0;
  g_byte_array_append (out, header, n);
  if (is_masked)
    g_byte_array_append (out, mask, 4);
  start = out->len;
  g_byte_array_append (out, bytes, (guint) size);
  for (gsize i = 0; is_masked && i < size; i++)
    out->data[start + i] ^= mask[i & 3];
}

static inline void
raw_send_frame (int fd, guint8 first, gboolean is_masked, const void *payload, gsize size)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  raw_add_frame (out, first, is_masked, payload, size);
  raw_send (fd, out->data, out->len);
}

#define RAW_UPGRADE(path, more)                                                                    \
  "GET " path " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"      \
  "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\nSec-WebSocket-Version: 13\r\n" more "\r\n"
