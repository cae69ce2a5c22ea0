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
  sonde_sha1 ((const uint8_t *) text, sizeof text, digest);
  sonde_base64_encode (digest, sizeof digest, accept);
}

bool
sonde_ws_shake_write (sonde_ws *self, const char *host, const char *path, const char *extra)
{
  uint8_t nonce[16];
  char key[KEY_SIZE];
  sonde_text text;

  if (!self->hooks->random (self->hooks->user, nonce, sizeof nonce))
    return false;
  sonde_base64_encode (nonce, sizeof nonce, key);
  make_accept (key, self->accept);
  sonde_text_init (&text, (char *) self->tx, self->tx_size);
  sonde_text_put (&text, "GET ");
  sonde_text_put (&text, path);
  sonde_text_put (&text, " HTTP/1.1\r\nHost: ");
  sonde_text_put (&text, host);
  sonde_text_put (&text, "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ");
  sonde_text_put_bytes (&text, key, sizeof key);
  sonde_text_put (&text, "\r\nSec-WebSocket-Version: 13\r\n");
  sonde_text_put (&text, extra);
  sonde_text_put (&text, "\r\n");
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

static void
trim (const char **text, size_t *size)
{
  while (*size > 0 && (**text == ' ' || **text == '\t'))
    {
      (*text)++;
      (*size)--;
    }
  while (*size > 0 && ((*text)[*size - 1] == ' ' || (*text)[*size - 1] == '\t'))
    (*size)--;
}

/* Whether a comma-separated list names @wanted. */
static bool
list_has (const char *list, size_t size, const char *wanted)
{
  while (size > 0)
    {
      const char *comma = memchr (list, ',', size);
      size_t word_size = comma != NULL ? (size_t) (comma - list) : size;
      const char *word = list;
      size_t step = comma != NULL ? word_size + 1 : word_size;

      trim (&word, &word_size);
      if (equals_ignoring_case (word, word_size, wanted))
        return true;
      list += step;
      size -= step;
    }
  return false;
}

static void
take_status (sonde_ws *self, const char *line, size_t size)
{
  static const char version[] = "HTTP/1.1 ";
  size_t i;

  self->shake_seen = SEEN_STATUS;
  if (size < 12 || memcmp (line, version, 9) != 0 || (size > 12 && line[12] != ' '))
    {
      self->shake_seen |= SEEN_WRONG;
      return;
    }
  for (i = 9; i < 12; i++)
    if (line[i] >= '0' && line[i] <= '9')
      self->http_status = (uint16_t) (self->http_status * 10 + (line[i] - '0'));
  if (memcmp (line + 9, "101", 3) != 0)
    self->shake_seen |= SEEN_WRONG;
}

static void
take_header (sonde_ws *self, const char *line, size_t size)
{
  const char *colon = memchr (line, ':', size);
  size_t name_size = colon != NULL ? (size_t) (colon - line) : size;
  const char *value = line + name_size + 1;
  size_t value_size = colon != NULL ? size - name_size - 1 : 0;

  if (colon == NULL)
    return;
  trim (&value, &value_size);
  if (equals_ignoring_case (line, name_size, "upgrade"))
    self->shake_seen |= equals_ignoring_case (value, value_size, "websocket") ? SEEN_UPGRADE : 0;
  else if (equals_ignoring_case (line, name_size, "connection"))
    self->shake_seen |= list_has (value, value_size, "upgrade") ? SEEN_CONNECTION : 0;
  else if (equals_ignoring_case (line, name_size, "sec-websocket-accept"))
    self->shake_seen
        |= value_size == sizeof self->accept && memcmp (value, self->accept, value_size) == 0
               ? SEEN_ACCEPT
               : SEEN_WRONG;
  else if (equals_ignoring_case (line, name_size, "sec-websocket-extensions")
           || equals_ignoring_case (line, name_size, "sec-websocket-protocol"))
    /* Nothing of the kind was asked for; frames of an extension could not be read. */
    self->shake_seen |= SEEN_WRONG;
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
  if (size > 0 && self->rx[size - 1] == '\r')
    size--;
  if (self->shake_seen == 0)
    take_status (self, (const char *) self->rx, size);
  else if (size == 0)
    return self->shake_seen == SEEN_ALL ? SONDE_WS_SHAKE_DONE : SONDE_WS_SHAKE_FAILED;
  else
    take_header (self, (const char *) self->rx, size);
  return SONDE_WS_SHAKE_MORE;
}
