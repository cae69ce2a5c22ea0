/* fuzz-agent-ws.c: any bytes from a server to the agent's WebSocket client */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "sonde/ws.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static bool
on_send (void *user, const uint8_t *bytes, size_t size)
{
  guint *n_calls = user;

  /* Refuses now and then, as a full connection does. */
  return (*n_calls)++ % 3 != 0;
}

static bool
on_random (void *user, uint8_t *out, size_t size)
{
  memset (out, 0x5a, size);
  return TRUE;
}

static size_t
on_message (void *user, const char *text, size_t size, char *answer, size_t cap)
{
  g_assert (size <= 128);
  memcpy (answer, text, MIN (size, cap));
  return MIN (size, cap) / 2;
}

/* Pieces of changing size, the refused rest again, until the link is over or all is taken. */
static void
feed (sonde_ws *ws, const guint8 *data, gsize size)
{
  gsize at = 0, step = 1;

  for (guint idle = 0; at < size && idle < 8; step = step % 13 + 1)
    {
      gsize n = MIN (step, size - at);
      g_autofree guint8 *piece = g_memdup2 (data + at, n);
      long used = sonde_ws_rx (ws, piece, n);

      if (used < 0)
        return;
      g_assert ((gsize) used <= n);
      idle = used == 0 ? idle + 1 : 0;
      at += (gsize) used;
    }
  g_assert (at == size);
}

/* The first byte says whether the input is a handshake's answer or what follows a good one. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char good[] = "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Accept: ";
  g_autofree guint8 *rx = g_malloc (128);
  g_autofree guint8 *tx = g_malloc (300);
  guint n_calls = 0;
  const sonde_ws_hooks hooks = { &n_calls, on_send, on_random, on_message };
  sonde_ws ws;

  if (size == 0)
    return 0;
  sonde_ws_init (&ws, &hooks, rx, 128, tx, 300);
  g_assert (sonde_ws_connect (&ws, "h", "/", ""));
  if (data[0] % 2 == 0)
    {
      feed (&ws, (const guint8 *) good, sizeof good - 1);
      feed (&ws, (const guint8 *) ws.accept, sizeof ws.accept);
      feed (&ws, (const guint8 *) "\r\n\r\n", 4);
      g_assert (ws.state == SONDE_WS_OPEN);
    }
  feed (&ws, data + 1, size - 1);
  return 0;
}
