/* raw-ws.c: the barest WebSocket peers over epoll */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/raw-ws.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROOM 65536
#define WS_GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

typedef struct
{
  int fd;
  gboolean is_open; /* upgraded */
  char in[ROOM];
  gsize n_in;
  guint64 n_answers;
  guint64 seq;
} Peer;

gint64
raw_cpu_us (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gint64) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC
         + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

static void
set_nodelay (int fd)
{
  int on = 1;

  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/* Writes the header of a text frame; clients mask (with a zero key: the bytes stay as they are). */
static gsize
put_header (guint8 *out, gsize size, gboolean is_masked)
{
  gsize n = 0;

  out[n++] = 0x81;
  if (size < 126)
    out[n++] = (guint8) (size | (is_masked ? 0x80 : 0));
  else
    {
      out[n++] = (guint8) (126 | (is_masked ? 0x80 : 0));
      out[n++] = (guint8) (size >> 8);
      out[n++] = (guint8) size;
    }
  if (is_masked)
    {
      memset (out + n, 0, 4);
      n += 4;
    }
  return n;
}

static void
send_text (int fd, const char *text, gsize size, gboolean is_masked)
{
  static guint8 frame[ROOM + 16];
  gsize n = put_header (frame, size, is_masked);

  memcpy (frame + n, text, size);
  if (send (fd, frame, n + size, MSG_NOSIGNAL) < 0 && errno != EPIPE && errno != ECONNRESET)
    perror ("send");
}

/* The payload of the first whole frame in the buffer, unmasked in place; NULL when there is none.
 */
static char *
take_frame (Peer *peer, gsize *size, gsize *used, guint *opcode)
{
  guint8 *data = (guint8 *) peer->in;
  gsize head = 2;
  gsize length = 0;
  guint8 *mask = NULL;

  if (peer->n_in < 2)
    return NULL;
  length = data[1] & 127;
  if (length == 126)
    {
      if (peer->n_in < 4)
        return NULL;
      length = (gsize) data[2] << 8 | data[3];
      head = 4;
    }
  if ((data[1] & 0x80) != 0)
    {
      mask = data + head;
      head += 4;
    }
  if (peer->n_in < head + length)
    return NULL;
  for (gsize i = 0; mask != NULL && i < length; i++)
    data[head + i] ^= mask[i & 3];
  *opcode = data[0] & 15;
  *size = length;
  *used = head + length;
  return (char *) data + head;
}

static void
drop_front (Peer *peer, gsize n)
{
  memmove (peer->in, peer->in + n, peer->n_in - n);
  peer->n_in -= n;
}

/* --- boards
 * -------------------------------------------------------------------------------------------------------
 */

static guint
count_reads (const char *text)
{
  guint n = 0;

  for (const char *at = strstr (text, "[\""); at != NULL; at = strstr (at + 1, "[\""))
    n++;
  return n;
}

static gsize
answer_batch (const char *text, char *out)
{
  static guint32 clock;
  guint8 data[4 * 64];
  guint n = MIN (count_reads (text), 64);
  const char *seq = strstr (text, "\"seq\":");
  g_autofree char *base64 = NULL;

  for (guint i = 0; i < n; i++)
    memcpy (data + 4 * i, &clock, 4);
  clock += 7;
  base64 = g_base64_encode (data, n * 4);
  return (gsize) sprintf (out, "{\"res\":\"mem_read_many\",\"seq\":%lu,\"t\":%u,\"data\":\"%s\"}",
                          seq == NULL ? 0 : strtoul (seq + 6, NULL, 10), clock, base64);
}

static gsize
answer (const RawBoards *boards, guint number, const char *text, char *out)
{
  const char *address = strstr (text, "\"add\":\"");

  if (strstr (text, "\"init\"") != NULL && !boards->has_extensions)
    return (gsize) sprintf (out, "{\"res\":\"init\",\"con_id\":\"01\"}");
  if (strstr (text, "\"init\"") != NULL)
    return (gsize) sprintf (out,
                            "{\"res\":\"init\",\"con_id\":\"01\",\"proto\":1,\"device\":\"bench-%"
                            "u\",\"fw\":\"1\",\"endian\":"
                            "\"little\",\"ptr\":4,\"clock_hz\":1000000,\"boot\":\"b%u\",\"seq\":"
                            "true,\"caps\":{\"bits\":64,"
                            "\"block\":256,\"batch\":64,\"msg\":4096,\"mask\":1,\"log\":1}}",
                            number, number);
  if (strstr (text, "mem_read_many") != NULL)
    return answer_batch (text, out);
  if (strstr (text, "mem_read") != NULL && address != NULL)
    return (gsize) sprintf (
        out,
        "{\"res\":\"mem_read\",\"add\":\"%.10s\",\"value\":\"0b00000000000000000000000000101010\"}",
        address + 7);
  if (strstr (text, "\"end\"") != NULL)
    return (gsize) sprintf (out, "{\"res\":\"end\",\"con_id\":\"01\"}");
  return 0;
}

static int
dial (guint port)
{
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons ((guint16) port) };
  const char *hello
      = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\nSec-WebSocket-Version: 13\r\n\r\n";
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  to.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (connect (fd, (struct sockaddr *) &to, sizeof to) != 0)
    {
      perror ("connect");
      exit (1);
    }
  set_nodelay (fd);
  if (send (fd, hello, strlen (hello), MSG_NOSIGNAL) < 0)
    perror ("send");
  return fd;
}

static gboolean
serve_board (const RawBoards *boards, Peer *peer, guint number)
{
  static char out[ROOM];
  char *text = NULL;
  gsize size = 0, used = 0;
  guint opcode = 0;
  ssize_t got = recv (peer->fd, peer->in + peer->n_in, ROOM - 1 - peer->n_in, 0);

  if (got <= 0)
    return FALSE;
  peer->n_in += (gsize) got;
  if (!peer->is_open)
    {
      char *end = memmem (peer->in, peer->n_in, "\r\n\r\n", 4);

      if (end == NULL)
        return TRUE;
      drop_front (peer, (gsize) (end + 4 - peer->in));
      peer->is_open = TRUE;
    }
  while ((text = take_frame (peer, &size, &used, &opcode)) != NULL)
    {
      char kept = text[size];
      gsize n = 0;

      if (opcode == 8)
        return FALSE;
      text[size] = '\0';
      n = answer (boards, number, text, out);
      text[size] = kept;
      if (n > 0)
        send_text (peer->fd, out, n, TRUE);
      drop_front (peer, used);
    }
  return TRUE;
}

void
raw_boards_run (const RawBoards *boards)
{
  int epoll = epoll_create1 (0);
  g_autofree Peer *peers = g_new0 (Peer, boards->n_boards);
  guint n_left = boards->n_boards;

  for (guint i = 0; i < boards->n_boards; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };

      peers[i].fd = dial (boards->port);
      epoll_ctl (epoll, EPOLL_CTL_ADD, peers[i].fd, &event);
    }
  while (n_left > 0)
    {
      struct epoll_event events[64];
      int n = epoll_wait (epoll, events, 64, 20000);

      if (n <= 0)
        return;
      for (int i = 0; i < n; i++)
        {
          Peer *peer = &peers[events[i].data.u32];

          if (peer->fd >= 0 && !serve_board (boards, peer, events[i].data.u32))
            {
              close (peer->fd);
              peer->fd = -1;
              n_left--;
            }
        }
    }
}

/* --- server
 * -------------------------------------------------------------------------------------------------------
 */

int
raw_server_listen (guint *port)
{
  struct sockaddr_in at = { .sin_family = AF_INET };
  socklen_t size = sizeof at;
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  at.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (bind (fd, (struct sockaddr *) &at, sizeof at) != 0 || listen (fd, 256) != 0)
    g_error ("listen: %s", g_strerror (errno));
  getsockname (fd, (struct sockaddr *) &at, &size);
  *port = ntohs (at.sin_port);
  return fd;
}

static void
upgrade (Peer *peer)
{
  char reply[512];
  char key[64] = { 0 };
  guint8 digest[20];
  gsize digest_size = sizeof digest;
  g_autofree char *accept_key = NULL;
  g_autofree char *joined = NULL;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  const char *at = memmem (peer->in, peer->n_in, "Sec-WebSocket-Key: ", 19);
  int n = 0;

  if (at == NULL)
    g_error ("no key");
  memcpy (key, at + 19, 24);
  joined = g_strconcat (key, WS_GUID, NULL);
  g_checksum_update (sum, (const guchar *) joined, -1);
  g_checksum_get_digest (sum, digest, &digest_size);
  accept_key = g_base64_encode (digest, digest_size);
  n = snprintf (reply, sizeof reply,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
                "Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                accept_key);
  if (send (peer->fd, reply, (gsize) n, MSG_NOSIGNAL) < 0)
    perror ("send");
  peer->n_in = 0;
  peer->is_open = TRUE;
}

static void
ask (Peer *peer, const RawServerLoad *load, GString *request)
{
  gsize body = request->len;

  if (load->has_extensions)
    g_string_append_printf (request, ",\"seq\":%" G_GUINT64_FORMAT "}\n", ++peer->seq);
  send_text (peer->fd, request->str, request->len, FALSE);
  g_string_truncate (request, body);
}

/* What any server must do with an answer: find the value and turn it into a number. */
static guint64
take_answer (const RawServerLoad *load, char *text, gsize size)
{
  char *at = memmem (text, size, load->has_extensions ? "\"data\":\"" : "\"value\":\"0b",
                     load->has_extensions ? 8 : 11);
  gsize n = 0;

  if (at == NULL)
    g_error ("%.*s", (int) size, text);
  if (!load->has_extensions)
    return strtoull (at + 11, NULL, 2);
  at += 8;
  at[strcspn (at, "\"")] = '\0';
  g_base64_decode_inplace (at, &n);
  return n;
}

static gboolean
take_from (Peer *peer, const RawServerLoad *load, GString *request)
{
  char *text = NULL;
  gsize size = 0, used = 0;
  guint opcode = 0;
  ssize_t got = recv (peer->fd, peer->in + peer->n_in, ROOM - 1 - peer->n_in, 0);

  if (got <= 0)
    return FALSE;
  peer->n_in += (gsize) got;
  if (!peer->is_open)
    {
      upgrade (peer);
      ask (peer, load, request);
      return TRUE;
    }
  while ((text = take_frame (peer, &size, &used, &opcode)) != NULL)
    {
      take_answer (load, text, size);
      drop_front (peer, used);
      peer->n_answers++;
      ask (peer, load, request);
    }
  return TRUE;
}

static GString *
render_request (const RawServerLoad *load)
{
  GString *request = g_string_new (NULL);

  if (!load->has_extensions)
    return g_string_append (request,
                            "{\"cmd\":\"mem_read\",\"add\":\"0x20000000\",\"size\":\"32\"}\n"),
           request;
  g_string_append (request, "{\"cmd\":\"mem_read_many\",\"reads\":[");
  for (guint i = 0; i < load->n_reads; i++)
    g_string_append_printf (request, "%s[\"0x%08X\",4]", i > 0 ? "," : "", 0x20000000 + i * 64);
  g_string_append_c (request, ']');
  return request;
}

guint64
raw_server_run (int listener, const RawServerLoad *load, gint64 *cpu_us, guint64 *slowest)
{
  int epoll = epoll_create1 (0);
  g_autofree Peer *peers = g_new0 (Peer, load->n_boards);
  GString *request = render_request (load);
  gint64 cpu_start = 0;
  gint64 end_us = 0;
  guint64 total = 0;

  for (guint i = 0; i < load->n_boards; i++)
    {
      struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };

      peers[i].fd = accept (listener, NULL, NULL);
      set_nodelay (peers[i].fd);
      epoll_ctl (epoll, EPOLL_CTL_ADD, peers[i].fd, &event);
    }
  cpu_start = raw_cpu_us ();
  end_us = g_get_monotonic_time () + (gint64) (load->seconds * G_USEC_PER_SEC);
  while (g_get_monotonic_time () < end_us)
    {
      struct epoll_event events[64];
      int n = epoll_wait (epoll, events, 64, 100);

      for (int i = 0; i < n; i++)
        take_from (&peers[events[i].data.u32], load, request);
    }
  *cpu_us = raw_cpu_us () - cpu_start;
  *slowest = G_MAXUINT64;
  for (guint i = 0; i < load->n_boards; i++)
    {
      total += peers[i].n_answers;
      *slowest = MIN (*slowest, peers[i].n_answers);
      close (peers[i].fd);
    }
  close (epoll);
  g_string_free (request, TRUE);
  return total;
}
