/* ws-shake.c: the opening handshake of RFC 6455, client side */
/* SPDX-License-Identifier: MIT */
#include "src/ws-shake.h"

#include <string.h>

#include "src/base64.h"
#include "src/sha1.h"
#include "src/text.h"

enum
{
  MAX_ANSWER = 8192,
  KEY_SIZE = 24,

  SEEN_STATUS = 1,
  SEEN_UPGRADE = 2,
  SEEN_CONNECTION = 4,
  SEEN_ACCEPT = 8,
  SEEN_ALL = 15,
  SEEN_WRONG = 16,
};

static void
make_accept (const char *key, char *accept)
{
  char text[KEY_SIZE + 36];
  uint8_t digest[20];

  memcpy (text, key, KEY_SIZE);
  memcpy (text + KEY_SIZE, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", 36);
  sonde_sha1 ((const uint8_t *) text, digest);
  sonde_base64_encode (digest, sizeof digest, accept);
}

bool
sonde_ws_shake_write (sonde_ws *self, const char *host, const char *path, const char *extra)
{
  uint8_t nonce[16];
  char key[KEY_SIZE + 1];
  sonde_text text;

  if (!self->hooks->random (self->hooks->user, nonce, sizeof nonce))
    return false;
  sonde_base64_encode (nonce, sizeof nonce, key);
  key[KEY_SIZE] = '\0';
  make_accept (key, self->accept);
  sonde_text_init (&text, (char *) self->tx, self->tx_size);
  sonde_text_put (&text,
                  "GET $ HTTP/1.1\r\nHost: $\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Key: $\r\nSec-WebSocket-Version: 13\r\n$\r\n",
                  path, host, key, extra);
  self->tx_start = 0;
  self->tx_end = text.is_full ? 0 : text.size;
  return !text.is_full;
}

static char
lower (char c)
{
  return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
}

static bool
equals_ignoring_case (const char *text, size_t size, const char *wanted)
{
  size_t i;

  if (size != strlen (wanted))
    return false;
  for (i = 0; i < size; i++)
    if (lower (text[i]) != wanted[i])
      return false;
  return true;
}

/* Whether a list of words has @wanted in it. */
static bool
mentions (const char *list, size_t size, const char *wanted)
{
  const size_t wanted_size = strlen (wanted);

  for (; size >= wanted_size; list++, size--)
    if (equals_ignoring_case (list, wanted_size, wanted))
      return true;
  return false;
}

static void
take_status (sonde_ws *self, const char *line, size_t size)
{
  size_t i;

  self->shake_seen = SEEN_STATUS | SEEN_WRONG;
  if (size < 12 || memcmp (line, "HTTP/1.1 ", 9) != 0 || (size > 12 && line[12] != ' '))
    return;
  for (i = 9; i < 12; i++)
    self->http_status = (uint16_t) (self->http_status * 10 + (line[i] & 15));
  if (self->http_status == 101)
    self->shake_seen = SEEN_STATUS;
}

static void
take_header (sonde_ws *self, const char *line, size_t size)
{
  static const char prefix[] = "sec-websocket-";
  const size_t prefix_size = sizeof prefix - 1;
  const char *colon = memchr (line, ':', size);
  const char *value;
  size_t name_size, value_size;
  unsigned seen = 0;

  if (colon == NULL)
    return;
  name_size = (size_t) (colon - line);
  value = colon + 1;
  value_size = size - name_size - 1;
  for (; value_size > 0 && (*value == ' ' || *value == '\t'); value_size--)
    value++;
  if (equals_ignoring_case (line, name_size, "upgrade"))
    seen = equals_ignoring_case (value, value_size, "websocket") ? SEEN_UPGRADE : 0;
  else if (equals_ignoring_case (line, name_size, "connection"))
    seen = mentions (value, value_size, "upgrade") ? SEEN_CONNECTION : 0;
  else if (name_size > prefix_size && equals_ignoring_case (line, prefix_size, prefix))
    {
      char kind = lower (line[prefix_size]);

      if (kind == 'a')
        seen = value_size == sizeof self->accept && memcmp (value, self->accept, value_size) == 0
                   ? SEEN_ACCEPT
                   : SEEN_WRONG;
      /* No extension and no protocol was asked for; their frames could not be read. */
      if (kind == 'e' || kind == 'p')
        seen = SEEN_WRONG;
    }
  self->shake_seen = (uint8_t) (self->shake_seen | seen);
}

sonde_ws_shake_result
sonde_ws_shake_take (sonde_ws *self, char byte)
{
  size_t size = self->message_size;

  if (self->shake_size++ >= MAX_ANSWER)
    return SONDE_WS_SHAKE_FAILED;
  if (byte != '\n')
    {
      /* Of a line longer than the buffer the rest is dropped: none that matters is long. */
      if (size < self->rx_size)
        self->rx[self->message_size++] = (uint8_t) byte;
      return SONDE_WS_SHAKE_MORE;
    }
  self->message_size = 0;
  /* The carriage return, and blanks that may stand before it. */
  while (size > 0 && self->rx[size - 1] <= ' ')
    size--;
  if (self->shake_seen == 0)
    take_status (self, (const char *) self->rx, size);
  else if (size == 0)
    return self->shake_seen == SEEN_ALL ? SONDE_WS_SHAKE_DONE : SONDE_WS_SHAKE_FAILED;
  else
    take_header (self, (const char *) self->rx, size);
  return SONDE_WS_SHAKE_MORE;
}
