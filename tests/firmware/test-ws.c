/* test-ws.c: the agent's WebSocket client against good, slow and hostile servers */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "ws-client.h"

typedef struct
{
  const char *name;
  const char *bytes;
  gsize size;
  const char *messages, *sent;
  guint code; /* 0: the link lives on */
} FrameCase;

#define BYTES(text) text, sizeof text - 1

static const FrameCase frame_cases[] = {
  { "text", BYTES ("\x81\x02hi"), "hi|", "", 0 },
  { "binary-is-text-too", BYTES ("\x82\x02hi"), "hi|", "", 0 },
  { "answered", BYTES ("\x81\x03?hi"), "?hi|", "1:?hi ", 0 },
  { "many-at-once", BYTES ("\x81\x02?a\x81\x02?b\x81\x01z\x81\x02?c"), "?a|?b|z|?c|",
    "1:?a 1:?b 1:?c ", 0 },
  { "empty", BYTES ("\x81\x00"), "|", "", 0 },
  { "fragments", BYTES ("\x01\x02?a\x00\x01z\x80\x01x"), "?azx|", "1:?azx ", 0 },
  { "empty-fragments", BYTES ("\x01\x00\x00\x00\x80\x00\x81\x01x"), "|x|", "", 0 },
  { "ping", BYTES ("\x89\x02hi\x81\x01x"), "x|", "10:hi ", 0 },
  { "ping-empty", BYTES ("\x89\x00"), "", "10: ", 0 },
  { "ping-in-fragments", BYTES ("\x01\x02?a\x89\x03yes\x80\x01z"), "?az|", "10:yes 1:?az ", 0 },
  { "pong", BYTES ("\x8a\x02hi\x81\x01x"), "x|", "", 0 },
  { "utf-8", BYTES ("\x81\x05\xc2\xb0\xe2\x82\xac"), "\xc2\xb0\xe2\x82\xac|", "", 0 },
  { "utf-8-over-fragments", BYTES ("\x01\x01\xc2\x80\x01\xb0"), "\xc2\xb0|", "", 0 },
  { "no-utf-8", BYTES ("\x81\x02\xc2x"), "", "8:1007 ", 1007 },
  { "long-form-of-a-short-length", BYTES ("\x81\x7e\x00\x02hi"), "hi|", "", 0 },
  { "longest-form", BYTES ("\x81\x7f\x00\x00\x00\x00\x00\x00\x00\x02hi"), "hi|", "", 0 },
  { "close", BYTES ("\x88\x02\x03\xe8"), "", "8:1000 ", 1000 },
  { "close-with-reason", BYTES ("\x88\x0a\x0f\xa0replaced"), "", "8:4000 ", 4000 },
  { "close-without-code", BYTES ("\x88\x00"), "", "8:0 ", 1005 },
  { "masked", BYTES ("\x81\x82\x01\x02\x03\x04hi"), "", "8:1002 ", 1002 },
  { "rsv", BYTES ("\xc1\x02hi"), "", "8:1002 ", 1002 },
  { "opcode-3", BYTES ("\x83\x02hi"), "", "8:1002 ", 1002 },
  { "opcode-11", BYTES ("\x8b\x02hi"), "", "8:1002 ", 1002 },
  { "ping-in-fragments-itself", BYTES ("\x09\x02hi"), "", "8:1002 ", 1002 },
  { "ping-over-125", BYTES ("\x89\x7e\x00\x7e"), "", "8:1002 ", 1002 },
  { "stray-continuation", BYTES ("\x80\x02hi"), "", "8:1002 ", 1002 },
  { "message-inside-a-message", BYTES ("\x01\x02hi\x81\x02hi"), "", "8:1002 ", 1002 },
  { "oversize", BYTES ("\x81\x7e\x00\xc9"), "", "8:1009 ", 1009 },
  { "oversize-64-bit", BYTES ("\x81\x7f\x00\x00\x00\x01\x00\x00\x00\x01"), "", "8:1009 ", 1009 },
  { "oversize-huge", BYTES ("\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff"), "", "8:1009 ", 1009 },
};

static void
check_frames (const FrameCase *c, gsize step)
{
  g_auto (WsClient) client;
  g_autofree char *sent = NULL;
  gboolean is_alive;

  ws_client_open (&client);
  is_alive = ws_client_feed (&client, (const guint8 *) c->bytes, c->size, step);
  sent = ws_client_describe_sent (&client);
  g_assert_cmpstr (client.messages->str, ==, c->messages);
  g_assert_cmpstr (sent, ==, c->sent);
  g_assert_cmpint (is_alive, ==, c->code == 0);
  g_assert_cmpuint (client.ws.close_code, ==, c->code);
}

static void
test_frames (gconstpointer data)
{
  check_frames (data, 1000);
  check_frames (data, 1);
  check_frames (data, 3);
}

/* Fragments that together are too long, each of them short. */
static void
test_oversize_in_fragments (void)
{
  g_auto (WsClient) client;
  guint8 first[102] = { 0x01, 100 }, more[102] = { 0x00, 100 }, last[3] = { 0x80, 1, 'x' };

  ws_client_open (&client);
  memset (first + 2, 'a', 100);
  memset (more + 2, 'a', 100);
  g_assert_true (ws_client_feed (&client, first, sizeof first, 1000));
  g_assert_true (ws_client_feed (&client, more, sizeof more, 1000));
  g_assert_false (ws_client_feed (&client, last, sizeof last, 1000));
  g_assert_cmpuint (client.ws.close_code, ==, 1009);
}

/* While the connection takes nothing, nothing is taken from it, and no answer is lost. */
static void
test_full_output (void)
{
  g_auto (WsClient) client;
  const guint8 *bytes = (const guint8 *) "\x81\x02?a\x81\x02?b\x89\x01p";
  const gsize size = 11;
  g_autofree char *sent = NULL;
  gsize cap;
  long used;

  ws_client_open (&client);
  client.is_full = TRUE;
  used = sonde_ws_rx (&client.ws, bytes, size);
  g_assert_cmpint (used, ==, 4);
  g_assert_cmpint (sonde_ws_rx (&client.ws, bytes + used, size - (gsize) used), ==, 0);
  g_assert_false (sonde_ws_flush (&client.ws));
  g_assert_null (sonde_ws_reserve (&client.ws, &cap));
  client.is_full = FALSE;
  g_assert_true (ws_client_feed (&client, bytes + used, size - (gsize) used, 1000));
  g_assert_true (sonde_ws_flush (&client.ws));
  sent = ws_client_describe_sent (&client);
  g_assert_cmpstr (sent, ==, "1:?a 1:?b 10:p ");
}

static void
test_own_message (void)
{
  g_auto (WsClient) client;
  g_autofree char *sent = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *xs = NULL;
  g_autofree char *ys = g_strnfill (125, 'y');
  char *room;
  gsize cap;

  ws_client_open (&client);
  room = sonde_ws_reserve (&client.ws, &cap);
  g_assert_cmpuint (cap, ==, sizeof client.tx - SONDE_WS_TX_EXTRA);
  memset (room, 'x', cap);
  g_assert_true (sonde_ws_commit (&client.ws, cap));
  room = sonde_ws_reserve (&client.ws, &cap);
  memset (room, 'y', 125);
  g_assert_true (sonde_ws_commit (&client.ws, 125));
  sonde_ws_close (&client.ws);
  g_assert_null (sonde_ws_reserve (&client.ws, &cap));
  sent = ws_client_describe_sent (&client);
  xs = g_strnfill (sizeof client.tx - SONDE_WS_TX_EXTRA, 'x');
  expected = g_strdup_printf ("1:%s 1:%s 8:1000 ", xs, ys);
  g_assert_cmpstr (sent, ==, expected);
}

typedef struct
{
  const char *name, *answer; /* "%s": the right accept text */
  guint status;
  gboolean is_good;
} ShakeCase;

#define UPGRADE "Upgrade: websocket\r\nConnection: Upgrade\r\n"
#define ACCEPT "Sec-WebSocket-Accept: %s\r\n"

static const ShakeCase shake_cases[] = {
  { "plain", "HTTP/1.1 101 Switching Protocols\r\n" UPGRADE ACCEPT "\r\n", 101, TRUE },
  { "no-reason", "HTTP/1.1 101\r\n" UPGRADE ACCEPT "\r\n", 101, TRUE },
  { "case-and-blanks",
    "HTTP/1.1 101 x\r\nDate: today\r\nUPGRADE:WebSocket \r\nconnection:  keep-alive, upgrade\r\n"
    "sec-websocket-accept:\t%s  \r\nNo colon here\r\n\r\n",
    101, TRUE },
  { "bare-line-feeds", "HTTP/1.1 101 x\nUpgrade: websocket\nConnection: Upgrade\n" ACCEPT "\n", 101,
    TRUE },
  { "bad-accept",
    "HTTP/1.1 101 x\r\n" UPGRADE "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n%.0s",
    101, FALSE },
  { "two-accepts", "HTTP/1.1 101 x\r\n" UPGRADE ACCEPT "Sec-WebSocket-Accept: AAAA\r\n\r\n", 101,
    FALSE },
  { "no-accept", "HTTP/1.1 101 x\r\n" UPGRADE "\r\n%.0s", 101, FALSE },
  { "no-upgrade", "HTTP/1.1 101 x\r\nConnection: Upgrade\r\n" ACCEPT "\r\n", 101, FALSE },
  { "no-connection", "HTTP/1.1 101 x\r\nUpgrade: websocket\r\n" ACCEPT "\r\n", 101, FALSE },
  { "extension", "HTTP/1.1 101 x\r\n" UPGRADE ACCEPT "Sec-WebSocket-Extensions: x\r\n\r\n", 101,
    FALSE },
  { "protocol", "HTTP/1.1 101 x\r\n" UPGRADE ACCEPT "Sec-WebSocket-Protocol: x\r\n\r\n", 101,
    FALSE },
  { "refused", "HTTP/1.1 401 Unauthorized\r\n" UPGRADE ACCEPT "\r\n", 401, FALSE },
  { "ok-is-no-upgrade", "HTTP/1.1 200 OK\r\n" UPGRADE ACCEPT "\r\n", 200, FALSE },
  { "http-1.0", "HTTP/1.0 101 x\r\n" UPGRADE ACCEPT "\r\n", 0, FALSE },
  { "no-http", "SSH-2.0-OpenSSH_9.2\r\n\r\n%.0s", 0, FALSE },
};

static void
test_shake (gconstpointer data)
{
  const ShakeCase *c = data;
  g_auto (WsClient) client;
  g_autofree char *accept = NULL;
  g_autofree char *answer = NULL;

  ws_client_init (&client);
  g_assert_true (sonde_ws_connect (&client.ws, "host", "/x", "X-Y: z\r\n"));
  accept = ws_client_compute_accept (&client);
  answer = g_strdup_printf (c->answer, accept);
  g_assert_cmpint (ws_client_feed_text (&client, answer), ==, c->is_good);
  g_assert_cmpint (client.ws.state, ==, c->is_good ? SONDE_WS_OPEN : SONDE_WS_CLOSED);
  g_assert_cmpuint (client.ws.http_status, ==, c->status);
}

/* RFC 6455 1.3 gives a key and its accept text; what follows the blank line is a frame already. */
static void
test_shake_example (void)
{
  g_auto (WsClient) client;
  const char *answer = "HTTP/1.1 101 Switching Protocols\r\n" UPGRADE
                       "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n\x81\x01x";
  g_autofree char *request = NULL;

  ws_client_init (&client);
  client.fixed_random = "the sample nonce";
  g_assert_true (sonde_ws_connect (&client.ws, "h", "/", ""));
  request = g_strndup ((char *) client.sent->data, client.sent->len);
  g_assert_cmpstr (request, ==,
                   "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                   "Sec-WebSocket-Version: 13\r\n\r\n");
  g_assert_true (ws_client_feed_text (&client, answer));
  g_assert_cmpstr (client.messages->str, ==, "x|");
}

/* The key is fresh for each connection. */
static void
test_fresh_keys (void)
{
  g_auto (WsClient) client;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  ws_client_init (&client);
  g_assert_true (sonde_ws_connect (&client.ws, "h", "/", ""));
  first = ws_client_compute_accept (&client);
  g_byte_array_set_size (client.sent, 0);
  g_assert_true (sonde_ws_connect (&client.ws, "h", "/", ""));
  second = ws_client_compute_accept (&client);
  g_assert_cmpstr (first, !=, second);
}

static void
test_endless_shake (void)
{
  g_auto (WsClient) client;
  guint n = 0;

  ws_client_init (&client);
  g_assert_true (sonde_ws_connect (&client.ws, "h", "/", ""));
  while (ws_client_feed_text (&client, "X-Filler: 0123456789\r\n"))
    g_assert_cmpuint (n++, <, 1000);
  g_assert_cmpint (client.ws.state, ==, SONDE_WS_CLOSED);
}

static void
test_request_too_long (void)
{
  g_auto (WsClient) client;
  g_autofree char *path = g_strnfill (200, '/');

  ws_client_init (&client);
  g_assert_false (sonde_ws_connect (&client.ws, "h", path, ""));
  g_assert_cmpuint (client.sent->len, ==, 0);
}

/* Random bytes from a server never break anything but the link, and it opens again afterwards. */
static void
test_noise (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      g_auto (WsClient) client;
      guint8 bytes[64];

      ws_client_open (&client);
      for (gsize i = 0; i < sizeof bytes; i++)
        bytes[i] = (guint8) g_test_rand_int_range (0, 256);
      if (round % 2 == 0)
        {
          bytes[0] &= 0x8f;
          bytes[1] &= 0x1f;
        }
      ws_client_feed (&client, bytes, sizeof bytes, 1 + round % 9);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (frame_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/firmware/ws/frames/%s", frame_cases[i].name);

      g_test_add_data_func (path, &frame_cases[i], test_frames);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shake_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/firmware/ws/handshake/%s", shake_cases[i].name);

      g_test_add_data_func (path, &shake_cases[i], test_shake);
    }
  g_test_add_func ("/firmware/ws/oversize-in-fragments", test_oversize_in_fragments);
  g_test_add_func ("/firmware/ws/full-output", test_full_output);
  g_test_add_func ("/firmware/ws/own-message", test_own_message);
  g_test_add_func ("/firmware/ws/handshake/example", test_shake_example);
  g_test_add_func ("/firmware/ws/handshake/fresh-keys", test_fresh_keys);
  g_test_add_func ("/firmware/ws/handshake/endless", test_endless_shake);
  g_test_add_func ("/firmware/ws/handshake/too-long", test_request_too_long);
  g_test_add_func ("/firmware/ws/noise", test_noise);
  return g_test_run ();
}
