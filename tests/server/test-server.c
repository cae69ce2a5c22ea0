/* test-server.c: the listener against bare sockets: upgrades, refusals, storms and the stop */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <sys/resource.h>

#include "server/acceptor.h"
#include "server/server.h"
#include "tests/support/raw-client.h"

typedef struct
{
  SondeServer *server;
  GPtrArray *channels; /* owned: adopted and not closed */
  GString *messages;
  guint n_adopted, n_messages, n_closed;
} Rig;

static void
on_message (gpointer owner, const char *data, gsize size)
{
  Rig *rig = owner;

  g_string_append_len (rig->messages, data, (gssize) MIN (size, 64));
  g_string_append_c (rig->messages, '|');
  rig->n_messages++;
}

static void
on_closed (gpointer owner, guint code, const char *reason)
{
  Rig *rig = owner;

  rig->n_closed++;
}

static const SondeChannelHandler handler = { on_message, on_closed };

static void
on_adopt (SondeChannel *channel, gpointer user_data)
{
  Rig *rig = user_data;

  g_assert_cmpstr (sonde_channel_get_peer (channel), ==, "127.0.0.1");
  sonde_channel_set_handler (channel, &handler, rig);
  g_ptr_array_add (rig->channels, g_object_ref (channel));
  rig->n_adopted++;
}

static void
set_up (Rig *rig)
{
  g_autoptr (GError) error = NULL;

  *rig = (Rig){ .server = sonde_server_new (NULL),
                .channels = g_ptr_array_new_with_free_func (g_object_unref),
                .messages = g_string_new (NULL) };
  sonde_server_set_adopt (rig->server, on_adopt, rig);
  sonde_server_listen (rig->server, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
}

static void
tear_down (Rig *rig)
{
  sonde_server_stop (rig->server);
  g_ptr_array_unref (rig->channels);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (rig->server);
  g_string_free (rig->messages, TRUE);
}

static int
dial (Rig *rig)
{
  return raw_connect (sonde_server_get_port (rig->server));
}

/* Sends a request and tells the status of the answer. */
static guint
ask (Rig *rig, const char *request)
{
  int fd = dial (rig);
  g_autofree char *head = NULL;

  raw_send_text (fd, request);
  head = raw_read_head (fd);
  close (fd);
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 "));
  return (guint) g_ascii_strtoull (head + 9, NULL, 10);
}

/* A board that is let in. */
static int
dial_device (Rig *rig)
{
  int fd = dial (rig);
  g_autofree char *head = NULL;

  raw_send_text (fd, RAW_UPGRADE ("/ws", ""));
  head = raw_read_head (fd);
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 101 "));
  return fd;
}

typedef struct
{
  const char *name;
  guint status;
  const char *request;
} Case;

#define PLAIN(path, host, more) "GET " path " HTTP/1.1\r\nHost: " host "\r\n" more "\r\n"
#define UPGRADE(path, host, more)                                                                  \
  "GET " path " HTTP/1.1\r\nHost: " host "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"       \
  "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\nSec-WebSocket-Version: 13\r\n" more "\r\n"

// clang-format off
static const Case cases[] = {
  /* Boards: any path, any Host, no Origin or a loopback one. */
  { "root",              101, UPGRADE ("/", "127.0.0.1", "") },
  { "ws",                101, UPGRADE ("/ws", "127.0.0.1:8000", "") },
  { "deep",              101, UPGRADE ("/device/xyz?token=a", "127.0.0.1", "") },
  { "tunnel",            101, UPGRADE ("/", "board.tunnel.example", "") },
  { "own origin",        101, UPGRADE ("/", "127.0.0.1", "Origin: http://127.0.0.1:8000\r\n") },
  { "localhost origin",  101, UPGRADE ("/", "127.0.0.1:1", "Origin: http://localhost\r\n") },
  { "deflate offered",   101, UPGRADE ("/", "127.0.0.1", "Sec-WebSocket-Extensions: permessage-deflate\r\n") },
  /* Pages of other sites: judged before the path. */
  { "evil origin",       403, UPGRADE ("/", "127.0.0.1", "Origin: http://evil.example\r\n") },
  { "rebound name",      403, UPGRADE ("/", "evil.example:8000", "Origin: http://evil.example:8000\r\n") },
  { "null origin",       403, UPGRADE ("/ws", "127.0.0.1", "Origin: null\r\n") },
  { "file origin",       403, UPGRADE ("/ws", "127.0.0.1", "Origin: file://\r\n") },
  { "two origins",       403, UPGRADE ("/", "127.0.0.1", "Origin: http://localhost\r\nOrigin: http://evil.example\r\n") },
  { "evil, later path",  403, UPGRADE ("/ws/live", "127.0.0.1", "Origin: http://evil.example\r\n") },
  { "evil, plain",       403, PLAIN ("/nowhere", "127.0.0.1", "Origin: http://evil.example\r\n") },
  { "evil, post",        403, "POST /api/flash/start HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\nContent-Length: 2\r\n\r\n{}" },
  /* Rebinding without Origin: only names that are ours. */
  { "foreign host",      403, PLAIN ("/", "evil.example", "") },
  { "foreign, later",    403, UPGRADE ("/ws/telemetry/", "evil.example", "") },
  { "foreign, api",      403, PLAIN ("/api/v1/devices", "evil.example:8000", "") },
  /* What comes later is no board, and there are no pages yet. */
  { "telemetry",         404, UPGRADE ("/ws/telemetry/", "127.0.0.1", "") },
  { "telemetry bare",    404, UPGRADE ("/ws/telemetry?device_id=robot_01", "127.0.0.1", "") },
  { "msr data",          404, UPGRADE ("/ws/msr_data/", "127.0.0.1", "") },
  { "live",              404, UPGRADE ("/ws/live", "localhost", "") },
  { "live encoded",      404, UPGRADE ("/ws/%6Cive", "localhost", "") },
  { "flash",             404, UPGRADE ("/flash-progress", "127.0.0.1", "") },
  { "ws flash",          404, UPGRADE ("/ws/flash-progress/", "127.0.0.1", "") },
  { "api",               404, UPGRADE ("/api/v1/stream", "127.0.0.1", "") },
  { "bad path",          400, UPGRADE ("/%zz", "127.0.0.1", "") },
  { "page",              404, PLAIN ("/", "127.0.0.1", "") },
  { "page of localhost", 404, PLAIN ("/index.html", "localhost:8000", "") },
  { "post",              404, "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\nhello" },
  /* Bodies that never come: answered all the same. */
  { "huge post",         413, "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n" },
  { "endless post",      413, "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n" },
  { "huge, evil",        403, "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\nContent-Length: 5000\r\n\r\n" },
  { "huge upgrade",      413, UPGRADE ("/", "127.0.0.1", "Content-Length: 5000\r\n") },
  /* Handshakes that are none. */
  { "no version",        400, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n\r\n" },
  { "no key",            400, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n" },
  { "no host",           400, "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\nSec-WebSocket-Version: 13\r\n\r\n" },
};
// clang-format on

static void
test_case (gconstpointer data)
{
  const Case *item = data;
  Rig rig;

  set_up (&rig);
  g_assert_cmpuint (ask (&rig, item->request), ==, item->status);
  g_assert_cmpuint (rig.n_adopted, ==, item->status == 101 ? 1 : 0);
  tear_down (&rig);
}

static void
test_accept_key (void)
{
  Rig rig;
  int fd;
  g_autofree char *head = NULL;

  set_up (&rig);
  fd = dial (&rig);
  raw_send_text (fd, "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: WebSocket\r\nConnection: keep-alive, "
                     "Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     "Sec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
  head = raw_read_head (fd);
  g_assert_nonnull (strstr (head, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  g_assert_null (strstr (head, "deflate"));
  close (fd);
  tear_down (&rig);
}

/* The bytes of first messages may come in the packet of the handshake. */
static void
test_glued (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  static const char upgrade[] = RAW_UPGRADE ("/", "");
  g_autofree char *head = NULL, *large = g_strnfill (30000, 'x');
  Rig rig;
  int fd;

  set_up (&rig);
  fd = dial (&rig);
  g_byte_array_append (bytes, (const guint8 *) upgrade, sizeof upgrade - 1);
  raw_add_frame (bytes, 0x81, TRUE, "first", 5);
  raw_add_frame (bytes, 0x81, TRUE, large, 30000);
  raw_add_frame (bytes, 0x81, FALSE, "last", 4);
  raw_send (fd, bytes->data, bytes->len - 2);
  head = raw_read_head (fd);
  RAW_WAIT_FOR (rig.n_messages == 2);
  raw_send (fd, bytes->data + bytes->len - 2, 2);
  RAW_WAIT_FOR (rig.n_messages == 3);
  g_assert_true (g_str_has_prefix (rig.messages->str, "first|xxxx"));
  g_assert_true (g_str_has_suffix (rig.messages->str, "x|last|"));
  raw_send_frame (fd, 0x81, TRUE, "later", 5);
  RAW_WAIT_FOR (rig.n_messages == 4);
  close (fd);
  RAW_WAIT_FOR (rig.n_closed == 1);
  tear_down (&rig);
}

static void
test_byte_by_byte (void)
{
  static const char upgrade[] = RAW_UPGRADE ("/", "");
  g_autofree char *head = NULL;
  Rig rig;
  int fd;

  set_up (&rig);
  fd = dial (&rig);
  for (gsize i = 0; i < sizeof upgrade - 1; i++)
    {
      raw_send (fd, upgrade + i, 1);
      for (guint k = 0; k < 3; k++)
        g_main_context_iteration (NULL, FALSE);
    }
  head = raw_read_head (fd);
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 101 "));
  g_assert_true (sonde_channel_send (rig.channels->pdata[0], "{}\n", 3));
  {
    g_autoptr (GByteArray) got = raw_read (fd, 5);

    g_assert_cmpmem (got->data, got->len, "\x81\x03{}\n", 5);
  }
  close (fd);
  tear_down (&rig);
}

/* Silence, half a header, garbage and a flood beside a good board: it must not notice. */
static void
test_bad_company (void)
{
  g_autofree char *flood = g_strnfill (300000, 'A');
  int bad[4];
  Rig rig;
  int fd;

  set_up (&rig);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    bad[i] = dial (&rig);
  raw_send_text (bad[1], "GET / HTTP/1.1\r\nHos");
  raw_send_text (bad[2], "\x16\x03\x01\x02garbage\r\n\r\n\r\n");
  raw_send_text (bad[3], flood);
  fd = dial_device (&rig);
  raw_send_frame (fd, 0x81, TRUE, "good", 4);
  RAW_WAIT_FOR (rig.n_messages == 1);
  g_assert_cmpuint (rig.n_adopted, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    close (bad[i]);
  close (fd);
  tear_down (&rig);
}

static void
test_many (void)
{
  int fds[200];
  Rig rig;

  set_up (&rig);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      fds[i] = dial (&rig);
      raw_send_text (fds[i], RAW_UPGRADE ("/", ""));
    }
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      g_autofree char *head = raw_read_head (fds[i]);

      g_assert_true (g_str_has_prefix (head, "HTTP/1.1 101 "));
      raw_send_frame (fds[i], 0x81, TRUE, "here", 4);
    }
  RAW_WAIT_FOR (rig.n_messages == 200);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  RAW_WAIT_FOR (rig.n_closed == 200);
  tear_down (&rig);
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Boards that come and go leave nothing behind, whether they were let in or not. */
static void
test_no_descriptor_leaks (void)
{
  guint before;
  Rig rig;

  set_up (&rig);
  ask (&rig, PLAIN ("/", "127.0.0.1", ""));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  before = count_descriptors ();
  for (guint i = 0; i < 50; i++)
    {
      close (dial_device (&rig));
      ask (&rig, PLAIN ("/", "127.0.0.1", ""));
      close (dial (&rig));
      RAW_WAIT_FOR (rig.n_closed == i + 1);
      g_ptr_array_set_size (rig.channels, 0);
    }
  RAW_WAIT_FOR (count_descriptors () <= before);
  tear_down (&rig);
}

/* Runs in a process of its own, whose limit it lowers. */
static void
test_out_of_descriptors (void)
{
  struct rlimit limit = { 0, 0 };
  int fds[100], fd;
  guint n = 0;
  Rig rig;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  set_up (&rig);
  close (dial_device (&rig));
  RAW_WAIT_FOR (rig.n_closed == 1);
  g_ptr_array_set_size (rig.channels, 0);
  limit.rlim_cur = limit.rlim_max = count_descriptors () + 40;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  /* The clients' own ends count too: both sides run dry together. */
  while (n < G_N_ELEMENTS (fds) && (fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) >= 0)
    {
      struct sockaddr_in address = { .sin_family = AF_INET };

      address.sin_port = htons ((guint16) sonde_server_get_port (rig.server));
      address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
      g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
      fds[n++] = fd;
    }
  g_assert_cmpuint (n, >, 20);
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  while (n > 0)
    close (fds[--n]);
  fd = dial_device (&rig);
  raw_send_frame (fd, 0x81, TRUE, "alive", 5);
  RAW_WAIT_FOR (rig.n_messages == 1);
  close (fd);
  tear_down (&rig);
}

static void
test_limits (void)
{
  g_autofree char *text = g_strnfill (SONDE_WS_MAX_MESSAGE, 'x');
  g_autoptr (GByteArray) got = NULL;
  Rig rig;
  int fd;

  set_up (&rig);
  fd = dial_device (&rig);
  raw_send_frame (fd, 0x81, TRUE, text, SONDE_WS_MAX_MESSAGE);
  RAW_WAIT_FOR (rig.n_messages == 1);
  raw_send_frame (fd, 0x01, TRUE, text, SONDE_WS_MAX_MESSAGE);
  raw_send_frame (fd, 0x80, TRUE, "y", 1);
  got = raw_read (fd, 4);
  g_assert_cmpmem (got->data, got->len, "\x88\x02\x03\xf1", 4);
  RAW_WAIT_FOR (rig.n_closed == 1);
  close (fd);
  tear_down (&rig);
}

static void
test_stop (void)
{
  g_autofree char *url = NULL;
  Rig rig;
  guint port;
  int half, fd;

  set_up (&rig);
  port = sonde_server_get_port (rig.server);
  g_assert_cmpuint (port, >, 0);
  url = sonde_server_dup_url (rig.server);
  g_assert_true (g_str_has_prefix (url, "ws://127.0.0.1:"));
  g_assert_true (g_str_has_suffix (url, "/"));
  half = dial (&rig);
  raw_send_text (half, "GET / HT");
  fd = dial_device (&rig);
  sonde_server_stop (rig.server);
  sonde_server_stop (rig.server);
  g_assert_cmpuint (sonde_server_get_port (rig.server), ==, 0);
  /* Boards are their owner's: they talk on. The port is free. */
  raw_send_frame (fd, 0x81, TRUE, "still here", 10);
  RAW_WAIT_FOR (rig.n_messages == 1);
  g_assert_true (sonde_server_listen (rig.server, "127.0.0.1", port, NULL));
  close (half);
  close (fd);
  tear_down (&rig);
}

static void
test_taken (void)
{
  g_autoptr (SondeServer) second = sonde_server_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *holder = NULL, *expected = NULL;
  Rig rig;

  set_up (&rig);
  holder = sonde_server_dup_port_holder (sonde_server_get_port (rig.server));
  expected = g_strdup_printf ("(pid %d)", (int) getpid ());
  g_assert_nonnull (holder);
  g_assert_true (g_str_has_suffix (holder, expected));
  g_assert_false (
      sonde_server_listen (second, "127.0.0.1", sonde_server_get_port (rig.server), &error));
  g_assert_error (error, SONDE_SERVER_ERROR, SONDE_SERVER_ERROR_TAKEN);
  g_assert_nonnull (strstr (error->message, expected));
  g_assert_nonnull (strstr (error->message, "--listen"));
  tear_down (&rig);
  g_assert_null (sonde_server_dup_port_holder (1));
}

/* The way of every day: a board says hello, is asked who it is, and is in the registry. */
static void
test_registry (void)
{
  static const char answer[]
      = "{\"res\":\"init\",\"con_id\":\"01\",\"proto\":1,\"device\":\"motor-01\"}";
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (SondeServer) server = sonde_server_new (registry);
  g_autoptr (GByteArray) got = NULL;
  g_autofree char *head = NULL;
  int fd;

  g_assert_true (sonde_server_listen (server, "localhost", 0, NULL));
  fd = raw_connect (sonde_server_get_port (server));
  raw_send_text (fd, RAW_UPGRADE ("/", ""));
  head = raw_read_head (fd);
  raw_send_frame (fd, 0x81, FALSE, "hello", 5);
  got = raw_read (fd, 12);
  g_assert_cmpmem (got->data + 2, 10, "{\"cmd\":\"in", 10);
  raw_send_frame (fd, 0x81, FALSE, answer, sizeof answer - 1);
  RAW_WAIT_FOR (sonde_registry_lookup (registry, "motor-01") != NULL);
  close (fd);
  RAW_WAIT_FOR (!sonde_device_is_connected (sonde_registry_lookup (registry, "motor-01")));
}

static void
test_listen_texts (void)
{
  static const struct
  {
    const char *text, *address;
    guint port;
  } good[] = { { "127.0.0.1:8000", "127.0.0.1", 8000 },
               { "localhost:0", "localhost", 0 },
               { "[::1]:65535", "::1", 65535 },
               { "127.1.2.3:1", "127.1.2.3", 1 } };
  static const char *const bad[]
      = { "",          "8000",        ":8000", "127.0.0.1",  "127.0.0.1:", "127.0.0.1:65536",
          "0.0.0.0:1", "[::]:1",      "::1:1", "10.0.0.1:1", "host:1",     "127.0.0.1:-1",
          "[::1]",     "127.0.0.1:8 " };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *address = NULL;
      guint port = 1;

      g_assert_true (sonde_server_parse_listen (good[i].text, &address, &port, NULL));
      g_assert_cmpstr (address, ==, good[i].address);
      g_assert_cmpuint (port, ==, good[i].port);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      char *address = NULL;
      guint port;

      g_assert_false (sonde_server_parse_listen (bad[i], &address, &port, &error));
      g_assert_error (error, SONDE_SERVER_ERROR, SONDE_SERVER_ERROR_ADDRESS);
      g_assert_null (address);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/server/request/%s", cases[i].name);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/server/accept-key", test_accept_key);
  g_test_add_func ("/server/glued", test_glued);
  g_test_add_func ("/server/byte-by-byte", test_byte_by_byte);
  g_test_add_func ("/server/bad-company", test_bad_company);
  g_test_add_func ("/server/many", test_many);
  g_test_add_func ("/server/no-descriptor-leaks", test_no_descriptor_leaks);
  g_test_add_func ("/server/out-of-descriptors", test_out_of_descriptors);
  g_test_add_func ("/server/limits", test_limits);
  g_test_add_func ("/server/stop", test_stop);
  g_test_add_func ("/server/taken", test_taken);
  g_test_add_func ("/server/registry", test_registry);
  g_test_add_func ("/server/listen-texts", test_listen_texts);
  return g_test_run ();
}
