/* dwarf-cursor.h: numbers of debug information one after another, never read past their end */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

/* Like SondeByteReader, but inline: millions of numbers are read. After the first read past the
 * end every read gives 0 and has_failed stays TRUE. */
typedef struct
{
  const guint8 *at, *end;
  gboolean swap; /* the file's byte order is not the host's */
  gboolean has_failed;
} SondeCursor;

static inline const guint8 *
sonde_cursor_take (SondeCursor *self, guint64 size)
{
  const guint8 *data = self->at;

  if (size > (guint64) (self->end - self->at))
    {
      self->at = self->end;
      self->has_failed = TRUE;
      return NULL;
    }
  self->at += size;
  return data;
}

static inline guint8
sonde_cursor_u8 (SondeCursor *self)
{
  const guint8 *data = sonde_cursor_take (self, 1);

  return data != NULL ? *data : 0;
}

static inline guint16
sonde_cursor_u16 (SondeCursor *self)
{
  const guint8 *data = sonde_cursor_take (self, 2);
  guint16 value = 0;

  if (data != NULL)
    memcpy (&value, data, sizeof value);
  return self->swap ? GUINT16_SWAP_LE_BE (value) : value;
}

static inline guint32
sonde_cursor_u32 (SondeCursor *self)
{
  const guint8 *data = sonde_cursor_take (self, 4);
  guint32 value = 0;

  if (data != NULL)
    memcpy (&value, data, sizeof value);
  return self->swap ? GUINT32_SWAP_LE_BE (value) : value;
}

static inline guint64
sonde_cursor_u64 (SondeCursor *self)
{
  const guint8 *data = sonde_cursor_take (self, 8);
  guint64 value = 0;

  if (data != NULL)
    memcpy (&value, data, sizeof value);
  return self->swap ? GUINT64_SWAP_LE_BE (value) : value;
}

/* Of @size bytes, 1 to 8; an odd one is read byte by byte. */
static inline guint64
sonde_cursor_number (SondeCursor *self, guint size)
{
  const gboolean is_big = (G_BYTE_ORDER == G_BIG_ENDIAN) != self->swap;
  const guint8 *data;
  guint64 value = 0;

  switch (size)
    {
    case 1:
      return sonde_cursor_u8 (self);
    case 2:
      return sonde_cursor_u16 (self);
    case 4:
      return sonde_cursor_u32 (self);
    case 8:
      return sonde_cursor_u64 (self);
    default:
      data = size < 8 ? sonde_cursor_take (self, size) : NULL;
      for (guint i = 0; data != NULL && i < size; i++)
        value |= (guint64) data[i] << 8 * (is_big ? size - 1 - i : i);
      return value;
    }
}

/* LEB128, bits beyond 64 are dropped. */
static inline guint64
sonde_cursor_uleb (SondeCursor *self)
{
  guint64 value = 0;

  for (guint shift = 0; self->at < self->end; shift += 7)
    {
      const guint8 byte = *self->at++;

      if (shift < 64)
        value |= (guint64) (byte & 127) << shift;
      if ((byte & 128) == 0)
        return value;
    }
  self->has_failed = TRUE;
  return 0;
}

static inline gint64
sonde_cursor_sleb (SondeCursor *self)
{
  guint64 value = 0;

  for (guint shift = 0; self->at < self->end;)
    {
      const guint8 byte = *self->at++;

      if (shift < 64)
        value |= (guint64) (byte & 127) << shift;
      shift += 7;
      if ((byte & 128) != 0)
        continue;
      if (shift < 64 && (byte & 64) != 0)
        value |= ~G_GUINT64_CONSTANT (0) << shift;
      return (gint64) value;
    }
  self->has_failed = TRUE;
  return 0;
}

/* NULL where it does not end. */
static inline const char *
sonde_cursor_text (SondeCursor *self)
{
  const guint8 *text = self->at;
  const guint8 *end
      = self->at < self->end ? memchr (self->at, '\0', (gsize) (self->end - self->at)) : NULL;

  if (end == NULL)
    {
      self->at = self->end;
      self->has_failed = TRUE;
      return NULL;
    }
  self->at = end + 1;
  return (const char *) text;
}
