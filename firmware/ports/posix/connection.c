/* connection.c: one TCP connection to the host, with the throttle and the quirks of the wire */
/* SPDX-License-Identifier: MIT */
#include "ports/posix/connection.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ports/posix/board.h"
#include "ports/posix/throttle.h"

enum
{
  BUFFER = 65536,
  SLOW_NS = 200000000,
};

static struct
{
  const struct options *options;
  int fd;
  bool is_connected;
  sonde_ws ws;
  uint8_t rx[BOARD_MSG], tx[BOARD_MSG + SONDE_WS_TX_EXTRA];
  uint8_t in[BUFFER], out[BUFFER];
  size_t in_start, in_end, out_start, out_end;
  struct throttle in_throttle, out_throttle;
  uint64_t hold_until_ns; /* of the slow quirk: nothing leaves before */
  char why[160];
} wire;

/* What leaves unmasked clients: the same frame without its mask, an empty close, no pong. */
static size_t
unmask (uint8_t *frame, size_t size)
{
  size_t head = (frame[1] & 127) == 126 ? 4 : 2;
  const uint8_t mask[4] = { frame[head], frame[head + 1], frame[head + 2], frame[head + 3] };

  if (frame[0] == 0x8a)
    return 0;
  frame[1] &= 127;
  size -= 4;
  for (size_t i = head; i < size; i++)
    frame[i] = frame[i + 4] ^ mask[(i - head) % 4];
  if (frame[0] != 0x88)
    return size;
  frame[1] = 0;
  return 2;
}

static bool
send_bytes (void *unused, const uint8_t *bytes, size_t size)
{
  uint8_t *out;

  if (wire.out_start == wire.out_end)
    wire.out_start = wire.out_end = 0;
  if (size > BUFFER - wire.out_end)
    return false;
  out = wire.out + wire.out_end;
  memcpy (out, bytes, size);
  /* The handshake is no frame. */
  if (wire.options->quirk == QUIRK_UNMASKED && wire.ws.state != SONDE_WS_SHAKING)
    size = unmask (out, size);
  wire.out_end += size;
  return true;
}

static size_t
take_message (void *unused, const char *text, size_t size, char *answer, size_t cap)
{
  size_t answer_size = board_handle (text, size, answer, cap);

  if (answer_size > 0 && wire.options->quirk == QUIRK_SLOW)
    wire.hold_until_ns = board_get_elapsed_ns () + SLOW_NS;
  return answer_size;
}

static const sonde_ws_hooks hooks
    = { .send = send_bytes, .random = board_random, .message = take_message };

void
connection_init (const struct options *options)
{
  wire.options = options;
  wire.fd = -1;
  sonde_ws_init (&wire.ws, &hooks, wire.rx, sizeof wire.rx, wire.tx, sizeof wire.tx);
}

static bool
begin_connect (const struct addrinfo *address)
{
  const int on = 1, idle_s = 10;

  wire.fd = socket (address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (wire.fd < 0)
    return false;
  setsockopt (wire.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt (wire.fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  setsockopt (wire.fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
  setsockopt (wire.fd, IPPROTO_TCP, TCP_KEEPINTVL, &idle_s, sizeof idle_s);
  if (connect (wire.fd, address->ai_addr, address->ai_addrlen) == 0 || errno == EINPROGRESS)
    return true;
  close (wire.fd);
  wire.fd = -1;
  return false;
}

bool
connection_open (const char **why)
{
  const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
  struct addrinfo *found;
  int result = getaddrinfo (wire.options->host, wire.options->port, &hints, &found);

  *why = result != 0 ? gai_strerror (result) : strerror (ECONNREFUSED);
  if (result != 0)
    return false;
  wire.is_connected = false;
  wire.in_start = wire.in_end = wire.out_start = wire.out_end = 0;
  wire.hold_until_ns = 0;
  throttle_init (&wire.in_throttle, wire.options->rate);
  throttle_init (&wire.out_throttle, wire.options->rate);
  for (struct addrinfo *at = found; at != NULL && wire.fd < 0; at = at->ai_next)
    if (!begin_connect (at))
      *why = strerror (errno);
  freeaddrinfo (found);
  return wire.fd >= 0;
}

static bool
is_held (uint64_t now_ns)
{
  return now_ns < wire.hold_until_ns;
}

static bool
has_output (void)
{
  return wire.out_start < wire.out_end;
}

void
connection_prepare_poll (struct pollfd *poll, uint64_t now_ns, int *timeout_ms)
{
  size_t in = throttle_get (&wire.in_throttle, now_ns);
  size_t out = throttle_get (&wire.out_throttle, now_ns);
  bool wants_out = !wire.is_connected || (has_output () && !is_held (now_ns));

  poll->fd = wire.fd;
  poll->events = 0;
  if (wire.fd < 0)
    return;
  if (wire.is_connected && in > 0 && wire.in_start == wire.in_end)
    poll->events |= POLLIN;
  if (wants_out && out > 0)
    poll->events |= POLLOUT;
  /* Held or throttled: nothing on the socket would tell when it goes on. */
  if ((in == 0 || out == 0 || is_held (now_ns)) && *timeout_ms > 5)
    *timeout_ms = 5;
}

static bool
finish_connect (void)
{
  char host[300], token[300] = "";
  int error = 0;
  socklen_t size = sizeof error;
  bool is_v6 = strchr (wire.options->host, ':') != NULL;

  getsockopt (wire.fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0)
    {
      snprintf (wire.why, sizeof wire.why, "%s", strerror (error));
      return false;
    }
  wire.is_connected = true;
  snprintf (host, sizeof host, "%s%s%s:%s", is_v6 ? "[" : "", wire.options->host, is_v6 ? "]" : "",
            wire.options->port);
  if (wire.options->token != NULL)
    snprintf (token, sizeof token, "Authorization: Bearer %s\r\n", wire.options->token);
  snprintf (wire.why, sizeof wire.why, "no randomness, or the URL is too long");
  return sonde_ws_connect (&wire.ws, host, wire.options->path, token);
}

static bool
receive (uint64_t now_ns)
{
  size_t allowed = throttle_get (&wire.in_throttle, now_ns);
  ssize_t n = recv (wire.fd, wire.in, allowed < BUFFER ? allowed : BUFFER, 0);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return true;
  if (n <= 0)
    {
      snprintf (wire.why, sizeof wire.why, "%s", n == 0 ? "the host closed" : strerror (errno));
      return false;
    }
  throttle_use (&wire.in_throttle, (size_t) n);
  wire.in_start = 0;
  wire.in_end = (size_t) n;
  return true;
}

static void
tell_why_closed (void)
{
  if (wire.ws.http_status != 0 && wire.ws.http_status != 101)
    snprintf (wire.why, sizeof wire.why, "the host refused: HTTP status %u", wire.ws.http_status);
  else
    snprintf (wire.why, sizeof wire.why, "closed with code %u", wire.ws.close_code);
}

/* Answers what has arrived, until something is held or the output is full. */
static bool
feed (void)
{
  while (wire.in_start < wire.in_end && !is_held (board_get_elapsed_ns ()))
    {
      bool is_shaking = wire.ws.state == SONDE_WS_SHAKING;
      bool is_lossy = wire.options->quirk == QUIRK_UNMASKED && is_shaking;
      size_t size = is_lossy ? 1 : wire.in_end - wire.in_start;
      long used = sonde_ws_rx (&wire.ws, wire.in + wire.in_start, size);

      if (used < 0)
        {
          tell_why_closed ();
          return false;
        }
      if (used == 0)
        return true;
      wire.in_start += (size_t) used;
      if (is_shaking && wire.ws.state == SONDE_WS_OPEN)
        {
          board_on_connected ();
          if (is_lossy)
            wire.in_start = wire.in_end;
        }
    }
  return true;
}

static void
send_logs (void)
{
  const char *line;
  size_t size, cap;
  char *room;

  while (board_has_been_asked () && (line = board_peek_log (&size)) != NULL
         && (room = sonde_ws_reserve (&wire.ws, &cap)) != NULL)
    {
      memcpy (room, line, size);
      sonde_ws_commit (&wire.ws, size);
      board_drop_log ();
    }
}

static bool
flush (uint64_t now_ns)
{
  size_t allowed = throttle_get (&wire.out_throttle, now_ns);
  size_t left = wire.out_end - wire.out_start;
  ssize_t n;

  if (left == 0 || allowed == 0 || is_held (now_ns))
    return true;
  n = send (wire.fd, wire.out + wire.out_start, left < allowed ? left : allowed, MSG_NOSIGNAL);
  if (n < 0 && errno != EAGAIN && errno != EINTR)
    {
      snprintf (wire.why, sizeof wire.why, "%s", strerror (errno));
      return false;
    }
  if (n > 0)
    {
      throttle_use (&wire.out_throttle, (size_t) n);
      wire.out_start += (size_t) n;
    }
  if (wire.out_start == wire.out_end)
    sonde_ws_flush (&wire.ws);
  return true;
}

static bool
process (short events, uint64_t now_ns)
{
  bool is_alive;

  if (!wire.is_connected)
    {
      if ((events & (POLLOUT | POLLERR | POLLHUP)) == 0)
        return true;
      return finish_connect () && flush (now_ns);
    }
  if ((events & (POLLIN | POLLERR | POLLHUP)) != 0 && wire.in_start == wire.in_end
      && !receive (now_ns))
    return false;
  is_alive = feed ();
  if (is_alive)
    send_logs ();
  /* A goodbye leaves too, if it can. */
  return flush (board_get_elapsed_ns ()) && is_alive;
}

static void
drop (void)
{
  close (wire.fd);
  wire.fd = -1;
}

connection_state
connection_process (short events, uint64_t now_ns, const char **why)
{
  *why = wire.why;
  if (wire.fd < 0)
    return CONNECTION_DOWN;
  if (!process (events, now_ns))
    {
      drop ();
      return CONNECTION_DOWN;
    }
  return wire.is_connected && wire.ws.state == SONDE_WS_OPEN ? CONNECTION_UP : CONNECTION_SHAKING;
}

void
connection_close (void)
{
  if (wire.fd < 0)
    return;
  wire.hold_until_ns = 0;
  if (wire.is_connected && wire.ws.state == SONDE_WS_OPEN)
    {
      sonde_ws_close (&wire.ws);
      flush (board_get_elapsed_ns ());
    }
  drop ();
}
