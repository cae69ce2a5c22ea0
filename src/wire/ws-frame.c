/* ws-frame.c: RFC 6455 frames as a server reads and writes them; no socket, no clock */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/ws-frame.h"

#include <string.h>

#define FIN 0x80
#define RESERVED 0x70
#define OPCODE 0x0f
#define MASKED 0x80
#define LENGTH 0x7f

#define KEEP_BYTES (64 * 1024) /* a message buffer larger than this is given back */

void
sonde_ws_reader_init (SondeWsReader *self, gboolean takes_unmasked)
{
  memset (self, 0, sizeof *self);
  self->takes_unmasked = takes_unmasked;
}

void
sonde_ws_reader_clear (SondeWsReader *self)
{
  g_clear_pointer (&self->message, g_byte_array_unref);
}

gboolean
sonde_ws_is_utf8 (const guint8 *data, gsize size)
{
  const char *text = (const char *) data, *end = text + size;

  /* Nearly all messages are ASCII, which eight bytes at a time tell. */
  while (end - text >= 8)
    {
      guint64 word;

      memcpy (&word, text, 8);
      if ((word & 0x8080808080808080u) != 0)
        break;
      text += 8;
    }
  /* GLib takes NUL for the end of the text; here it is a character like others. */
  while (text < end && !g_utf8_validate_len (text, (gsize) (end - text), &text))
    {
      if (*text != '\0')
        return FALSE;
      text++;
    }
  return TRUE;
}

static SondeWsResult
fail (SondeWsReader *self, SondeWsEvent *event, guint code, const char *reason)
{
  self->has_failed = TRUE;
  event->code = code;
  event->reason = reason;
  return SONDE_WS_FAILED;
}

static SondeWsOpcode
frame_opcode (const SondeWsReader *self)
{
  return (SondeWsOpcode) (self->header[0] & OPCODE);
}

static gboolean
is_control (SondeWsOpcode opcode)
{
  return (opcode & 8) != 0;
}

static guint
header_size (const SondeWsReader *self)
{
  guint length = self->header[1] & LENGTH;

  return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + ((self->header[1] & MASKED) ? 4 : 0);
}

static const guint8 *
frame_mask (const SondeWsReader *self)
{
  static const guint8 none[4];

  return (self->header[1] & MASKED) ? self->header + header_size (self) - 4 : none;
}

static guint64
payload_size (const SondeWsReader *self)
{
  guint length = self->header[1] & LENGTH, n = length == 126 ? 2 : length == 127 ? 8 : 0;
  guint64 size = n == 0 ? length : 0;

  for (guint i = 0; i < n; i++)
    size = size << 8 | self->header[2 + i];
  return size;
}

/* What a control frame must be. */
static const char *
control_problem (const SondeWsReader *self)
{
  SondeWsOpcode opcode = frame_opcode (self);

  if (opcode > SONDE_WS_PONG)
    return "unknown control frame";
  if ((self->header[0] & FIN) == 0)
    return "fragmented control frame";
  return self->left > SONDE_WS_MAX_CONTROL ? "control frame of more than 125 bytes" : NULL;
}

static const char *
data_problem (const SondeWsReader *self)
{
  SondeWsOpcode opcode = frame_opcode (self);

  if (opcode > SONDE_WS_BINARY)
    return "unknown kind of frame";
  if (opcode == SONDE_WS_CONTINUATION && self->message_opcode == SONDE_WS_CONTINUATION)
    return "continuation of no message";
  if (opcode != SONDE_WS_CONTINUATION && self->message_opcode != SONDE_WS_CONTINUATION)
    return "new message inside another";
  return NULL;
}

/* Judges a header as soon as it is complete, before any of its payload is taken in. */
static SondeWsResult
begin_frame (SondeWsReader *self, SondeWsEvent *event)
{
  gboolean is_ctrl = is_control (frame_opcode (self));
  gsize before = self->message != NULL ? self->message->len : 0;
  const char *problem;

  self->left = payload_size (self);
  self->mask_at = 0;
  self->in_payload = TRUE;
  if ((self->header[0] & RESERVED) != 0)
    return fail (self, event, SONDE_WS_PROTOCOL_ERROR, "reserved bits are set");
  if ((self->header[1] & MASKED) == 0 && !self->takes_unmasked)
    return fail (self, event, SONDE_WS_PROTOCOL_ERROR, "unmasked frame");
  problem = is_ctrl ? control_problem (self) : data_problem (self);
  if (problem != NULL)
    return fail (self, event, SONDE_WS_PROTOCOL_ERROR, problem);
  self->saw_unmasked |= (self->header[1] & MASKED) == 0;
  if (is_ctrl)
    {
      self->n_control = 0;
      return SONDE_WS_MORE;
    }
  if (self->left > SONDE_WS_MAX_MESSAGE - before)
    return fail (self, event, SONDE_WS_TOO_BIG, "message of more than 1 MiB");
  if (++self->n_fragments > SONDE_WS_MAX_FRAGMENTS)
    return fail (self, event, SONDE_WS_TOO_BIG, "message of too many fragments");
  if (self->message_opcode == SONDE_WS_CONTINUATION)
    self->message_opcode = frame_opcode (self);
  return SONDE_WS_MORE;
}

/* Takes header bytes one by one; two tell how many there are. */
static gsize
take_header (SondeWsReader *self, const guint8 *data, gsize size, gboolean *is_whole)
{
  gsize used = 0;

  *is_whole = FALSE;
  while (used < size && !*is_whole)
    {
      self->header[self->n_header++] = data[used++];
      *is_whole = self->n_header >= 2 && self->n_header == header_size (self);
    }
  return used;
}

static void
unmask (SondeWsReader *self, guint8 *data, gsize size)
{
  const guint8 *mask = frame_mask (self);
  guint8 turned[8];
  guint64 key;
  gsize i = 0;

  if ((self->header[1] & MASKED) == 0)
    return;
  for (guint k = 0; k < 8; k++)
    turned[k] = mask[(self->mask_at + k) & 3];
  memcpy (&key, turned, 8);
  for (; i + 8 <= size; i += 8)
    {
      guint64 word;

      memcpy (&word, data + i, 8);
      word ^= key;
      memcpy (data + i, &word, 8);
    }
  for (; i < size; i++)
    data[i] ^= turned[i & 7];
  self->mask_at = (self->mask_at + (guint) (size & 3)) & 3;
}

static gboolean
is_close_code (guint code)
{
  return (code >= 1000 && code <= 1014 && code != 1004 && code != SONDE_WS_NO_STATUS
          && code != SONDE_WS_ABNORMAL)
         || (code >= 3000 && code <= 4999);
}

static SondeWsResult
end_control (SondeWsReader *self, SondeWsEvent *event)
{
  event->opcode = frame_opcode (self);
  event->payload = self->control;
  event->size = self->n_control;
  if (event->opcode != SONDE_WS_CLOSE)
    return SONDE_WS_CONTROL;
  event->code = SONDE_WS_NO_STATUS;
  if (self->n_control == 0)
    return SONDE_WS_CONTROL;
  event->code = (guint) self->control[0] << 8 | self->control[1];
  if (self->n_control == 1 || !is_close_code (event->code))
    return fail (self, event, SONDE_WS_PROTOCOL_ERROR, "close frame with a bad status");
  event->payload += 2;
  event->size -= 2;
  if (!sonde_ws_is_utf8 (event->payload, event->size))
    return fail (self, event, SONDE_WS_BAD_DATA, "close frame with a reason that is not UTF-8");
  return SONDE_WS_CONTROL;
}

static SondeWsResult
end_message (SondeWsReader *self, SondeWsEvent *event, const guint8 *payload, gsize size)
{
  event->opcode = self->message_opcode;
  event->payload = payload;
  event->size = size;
  self->message_opcode = SONDE_WS_CONTINUATION;
  self->n_fragments = 0;
  if (event->opcode == SONDE_WS_TEXT && !sonde_ws_is_utf8 (payload, size))
    return fail (self, event, SONDE_WS_BAD_DATA, "text message that is not UTF-8");
  return SONDE_WS_MESSAGE;
}

/* A finished frame: a control frame, the last of a message, or one of several. */
static SondeWsResult
end_frame (SondeWsReader *self, SondeWsEvent *event)
{
  static const guint8 nothing[1];

  self->in_payload = FALSE;
  self->n_header = 0;
  if (is_control (frame_opcode (self)))
    return end_control (self, event);
  if ((self->header[0] & FIN) == 0)
    return SONDE_WS_MORE;
  if (self->message == NULL || self->message->len == 0)
    return end_message (self, event, nothing, 0);
  return end_message (self, event, self->message->data, self->message->len);
}

static void
keep_payload (SondeWsReader *self, const guint8 *data, gsize size)
{
  if (is_control (frame_opcode (self)))
    {
      memcpy (self->control + self->n_control, data, size);
      self->n_control += (guint) size;
      return;
    }
  if (self->message == NULL)
    self->message = g_byte_array_new ();
  g_byte_array_append (self->message, data, (guint) size);
}

/* The message before was handed out from this buffer: only now is it certain to be used. */
static void
drop_old_message (SondeWsReader *self)
{
  if (self->message == NULL || self->message_opcode != SONDE_WS_CONTINUATION)
    return;
  if (self->message->len > KEEP_BYTES)
    g_clear_pointer (&self->message, g_byte_array_unref);
  else
    g_byte_array_set_size (self->message, 0);
}

static gboolean
is_whole_message (const SondeWsReader *self, gsize available)
{
  return (self->header[0] & FIN) != 0 && !is_control (frame_opcode (self)) && self->n_fragments == 1
         && self->left <= available && (self->message == NULL || self->message->len == 0);
}

static SondeWsResult
take_payload (SondeWsReader *self, guint8 *data, gsize size, gsize *used, SondeWsEvent *event)
{
  gsize n = (gsize) MIN (self->left, size);

  unmask (self, data, n);
  *used += n;
  if (is_whole_message (self, size))
    {
      self->in_payload = FALSE;
      self->n_header = 0;
      return end_message (self, event, data, n);
    }
  if (n > 0)
    keep_payload (self, data, n);
  self->left -= n;
  return self->left == 0 ? end_frame (self, event) : SONDE_WS_MORE;
}

SondeWsResult
sonde_ws_reader_next (SondeWsReader *self, guint8 *data, gsize size, gsize *used,
                      SondeWsEvent *event)
{
  SondeWsResult result = SONDE_WS_MORE;

  *used = 0;
  memset (event, 0, sizeof *event);
  drop_old_message (self);
  /* An empty frame ends with its header, so the loop may have no byte left and still go on. */
  while (result == SONDE_WS_MORE && !self->has_failed)
    {
      gboolean is_whole = FALSE;

      if (self->in_payload)
        {
          if (*used == size && self->left > 0)
            return SONDE_WS_MORE;
          result = take_payload (self, data + *used, size - *used, used, event);
          continue;
        }
      *used += take_header (self, data + *used, size - *used, &is_whole);
      if (!is_whole)
        return SONDE_WS_MORE;
      result = begin_frame (self, event);
    }
  if (self->has_failed)
    *used = size;
  return result == SONDE_WS_MORE ? SONDE_WS_FAILED : result;
}

guint
sonde_ws_frame_header (guint8 header[10], SondeWsOpcode opcode, gsize size)
{
  guint n = size < 126 ? 0 : size <= G_MAXUINT16 ? 2 : 8;

  header[0] = (guint8) (FIN | opcode);
  header[1] = (guint8) (n == 0 ? size : n == 2 ? 126 : 127);
  for (guint i = 0; i < n; i++)
    header[2 + i] = (guint8) ((guint64) size >> (8 * (n - 1 - i)));
  return 2 + n;
}

guint
sonde_ws_frame_close (guint8 frame[4], guint code)
{
  frame[0] = FIN | SONDE_WS_CLOSE;
  frame[1] = code == SONDE_WS_NO_STATUS ? 0 : 2;
  frame[2] = (guint8) (code >> 8);
  frame[3] = (guint8) code;
  return 2u + frame[1];
}
