/* ws.c: the client side of one WebSocket connection (RFC 6455), for boards */
/* SPDX-License-Identifier: MIT */
#include "sonde/ws.h"

#include <string.h>

#include "src/utf8.h"
#include "src/ws-shake.h"

enum
{
  OPCODE_MORE = 0,
  OPCODE_TEXT = 1,
  OPCODE_BINARY = 2,
  OPCODE_CLOSE = 8,
  OPCODE_PING = 9,
  OPCODE_PONG = 10,

  CLOSE_NORMAL = 1000,
  CLOSE_PROTOCOL = 1002,
  CLOSE_NO_STATUS = 1005,
  CLOSE_BROKEN = 1006,
  CLOSE_NOT_UTF8 = 1007,
  CLOSE_TOO_BIG = 1009,

  FIN = 0x80,
  MASKED = 0x80,
  MAX_CONTROL = 125,
};

void
sonde_ws_init (sonde_ws *self, const sonde_ws_hooks *hooks, uint8_t *rx, size_t rx_size,
               uint8_t *tx, size_t tx_size)
{
  memset (self, 0, sizeof *self);
  self->hooks = hooks;
  self->rx = rx;
  self->rx_size = rx_size;
  self->tx = tx;
  self->tx_size = tx_size;
}

bool
sonde_ws_connect (sonde_ws *self, const char *host, const char *path, const char *extra)
{
  memset (&self->state, 0, sizeof *self - offsetof (sonde_ws, state));
  if (!sonde_ws_shake_write (self, host, path, extra))
    return false;
  self->state = SONDE_WS_SHAKING;
  sonde_ws_flush (self);
  return true;
}

bool
sonde_ws_flush (sonde_ws *self)
{
  if (self->tx_start < self->tx_end
      && self->hooks->send (self->hooks->user, self->tx + self->tx_start,
                            self->tx_end - self->tx_start))
    self->tx_start = self->tx_end = 0;
  return self->tx_start == self->tx_end;
}

/* The payload stands in tx behind the room for the head already. */
static bool
send_frame (sonde_ws *self, unsigned opcode, size_t size)
{
  uint8_t *payload = self->tx + SONDE_WS_TX_EXTRA;
  uint8_t *mask = payload - 4;
  uint8_t *head = mask - (size <= MAX_CONTROL ? 2 : 4);
  size_t i;

  if (size > 0xffff || size > self->tx_size - SONDE_WS_TX_EXTRA
      || !self->hooks->random (self->hooks->user, mask, 4))
    {
      self->state = SONDE_WS_CLOSED;
      self->close_code = CLOSE_BROKEN;
      return false;
    }
  head[0] = (uint8_t) (FIN | opcode);
  head[1] = (uint8_t) (MASKED | (size <= MAX_CONTROL ? size : 126));
  if (size > MAX_CONTROL)
    {
      head[2] = (uint8_t) (size >> 8);
      head[3] = (uint8_t) size;
    }
  for (i = 0; i < size; i++)
    payload[i] ^= mask[i % 4];
  self->tx_start = (size_t) (head - self->tx);
  self->tx_end = SONDE_WS_TX_EXTRA + size;
  self->has_sent = true;
  sonde_ws_flush (self);
  return true;
}

/* The payload stands in the control buffer. */
static void
send_control (sonde_ws *self, unsigned opcode, size_t size)
{
  memcpy (self->tx + SONDE_WS_TX_EXTRA, self->control, size);
  send_frame (self, opcode, size);
}

/* Says why and is closed. Only called while tx is free. */
static void
fail (sonde_ws *self, uint16_t code)
{
  self->control[0] = (uint8_t) (code >> 8);
  self->control[1] = (uint8_t) code;
  self->close_code = code;
  send_control (self, OPCODE_CLOSE, 2);
  self->state = SONDE_WS_CLOSED;
}

static void
take_close (sonde_ws *self)
{
  if (self->control_size > 1)
    {
      fail (self, (uint16_t) (self->control[0] << 8 | self->control[1]));
      return;
    }
  self->close_code = CLOSE_NO_STATUS;
  send_control (self, OPCODE_CLOSE, 0);
  self->state = SONDE_WS_CLOSED;
}

static void
take_message (sonde_ws *self)
{
  size_t cap = self->tx_size - SONDE_WS_TX_EXTRA;
  size_t size = self->message_size;
  bool is_text = self->message_opcode == OPCODE_TEXT;

  self->message_opcode = 0;
  self->message_size = 0;
  if (is_text && !sonde_utf8_is_valid (self->rx, size))
    {
      fail (self, CLOSE_NOT_UTF8);
      return;
    }
  size = self->hooks->message (self->hooks->user, (const char *) self->rx, size,
                               (char *) self->tx + SONDE_WS_TX_EXTRA, cap);
  if (size > 0)
    send_frame (self, OPCODE_TEXT, size);
}

static void
end_frame (sonde_ws *self)
{
  unsigned opcode = self->head[0] & 15;

  self->head_size = 0;
  self->is_in_payload = false;
  if (opcode == OPCODE_PING)
    send_control (self, OPCODE_PONG, self->control_size);
  else if (opcode == OPCODE_CLOSE)
    take_close (self);
  else if (opcode != OPCODE_PONG && (self->head[0] & FIN) != 0)
    take_message (self);
}

/* What may never stand in the first two bytes, whatever follows. */
static bool
is_lawful (const sonde_ws *self)
{
  unsigned opcode = self->head[0] & 15;
  bool is_control = (opcode & 8) != 0;

  if ((self->head[0] & 0x70) != 0 || (self->head[1] & MASKED) != 0)
    return false;
  if (is_control)
    return opcode <= OPCODE_PONG && (self->head[0] & FIN) != 0
           && (self->head[1] & 127) <= MAX_CONTROL;
  if (opcode > OPCODE_BINARY)
    return false;
  /* A continuation needs a message that has begun, a beginning one that has ended. */
  return (opcode == OPCODE_MORE) == (self->message_opcode != 0);
}

static void
begin_frame (sonde_ws *self)
{
  unsigned opcode = self->head[0] & 15;
  uint32_t size = self->head[1] & 127;
  size_t i;

  if (size > MAX_CONTROL)
    for (size = 0, i = 2; i < self->head_size; i++)
      /* Once it is beyond all bounds it stays there, however many bytes follow. */
      size = size > 0xffffff ? UINT32_MAX : size << 8 | self->head[i];
  self->frame_left = size;
  self->control_size = 0;
  self->is_in_payload = true;
  if ((opcode & 8) != 0)
    return;
  if (opcode != OPCODE_MORE)
    self->message_opcode = (uint8_t) opcode;
  if (size > self->rx_size - self->message_size)
    fail (self, CLOSE_TOO_BIG);
}

static void
take_head (sonde_ws *self, uint8_t byte)
{
  unsigned length;

  self->head[self->head_size++] = byte;
  length = self->head[1] & 127u;
  if (self->head_size < 2)
    return;
  if (self->head_size == 2 && !is_lawful (self))
    fail (self, CLOSE_PROTOCOL);
  else if (self->head_size == (length == 127 ? 10 : length == 126 ? 4 : 2))
    begin_frame (self);
}

static size_t
take_payload (sonde_ws *self, const uint8_t *bytes, size_t size)
{
  uint32_t n = self->frame_left < size ? self->frame_left : (uint32_t) size;

  if ((self->head[0] & 8) != 0)
    {
      memcpy (self->control + self->control_size, bytes, n);
      self->control_size = (uint8_t) (self->control_size + n);
    }
  else
    {
      memcpy (self->rx + self->message_size, bytes, n);
      self->message_size += n;
    }
  self->frame_left -= n;
  return n;
}

static void
take_shake (sonde_ws *self, uint8_t byte)
{
  sonde_ws_shake_result result = sonde_ws_shake_take (self, (char) byte);

  if (result == SONDE_WS_SHAKE_DONE)
    self->state = SONDE_WS_OPEN;
  if (result == SONDE_WS_SHAKE_FAILED)
    {
      self->state = SONDE_WS_CLOSED;
      self->close_code = CLOSE_BROKEN;
    }
}

long
sonde_ws_rx (sonde_ws *self, const uint8_t *bytes, size_t size)
{
  size_t used = 0;

  if (!sonde_ws_flush (self))
    return 0;
  self->has_sent = false;
  while (used < size && self->state != SONDE_WS_CLOSED && !self->has_sent)
    {
      if (self->state == SONDE_WS_SHAKING)
        take_shake (self, bytes[used++]);
      else if (self->is_in_payload)
        used += take_payload (self, bytes + used, size - used);
      else
        take_head (self, bytes[used++]);
      if (self->is_in_payload && self->frame_left == 0)
        end_frame (self);
    }
  return self->state == SONDE_WS_CLOSED ? -1 : (long) used;
}

char *
sonde_ws_reserve (sonde_ws *self, size_t *cap)
{
  if (self->state != SONDE_WS_OPEN || !sonde_ws_flush (self))
    return NULL;
  *cap = self->tx_size - SONDE_WS_TX_EXTRA;
  return (char *) self->tx + SONDE_WS_TX_EXTRA;
}

bool
sonde_ws_commit (sonde_ws *self, size_t size)
{
  return send_frame (self, OPCODE_TEXT, size);
}

void
sonde_ws_close (sonde_ws *self)
{
  if (self->state == SONDE_WS_OPEN && sonde_ws_flush (self))
    fail (self, CLOSE_NORMAL);
  self->state = SONDE_WS_CLOSED;
}
