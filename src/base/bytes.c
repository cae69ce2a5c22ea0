/* bytes.c: bounded reading and writing of bytes in both byte orders, with a failure that sticks */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"

#include <string.h>

void
sonde_byte_reader_init (SondeByteReader *self, const guint8 *data, gsize size, int byte_order)
{
  self->data = data;
  self->size = data != NULL ? size : 0;
  self->position = 0;
  self->byte_order = byte_order;
  self->failed = FALSE;
}

const guint8 *
sonde_byte_reader_take (SondeByteReader *self, gsize size)
{
  /* Compared with what is left, never with position + size, which could wrap. */
  if (self->failed || size > self->size - self->position)
    {
      self->failed = TRUE;
      return NULL;
    }
  const guint8 *taken = self->data + self->position;
  self->position += size;
  return taken;
}

gboolean
sonde_byte_reader_skip (SondeByteReader *self, gsize size)
{
  if (self->failed || size > self->size - self->position)
    {
      self->failed = TRUE;
      return FALSE;
    }
  self->position += size;
  return TRUE;
}

gboolean
sonde_byte_reader_seek (SondeByteReader *self, gsize position)
{
  if (self->failed || position > self->size)
    {
      self->failed = TRUE;
      return FALSE;
    }
  self->position = position;
  return TRUE;
}

gsize
sonde_byte_reader_left (const SondeByteReader *self)
{
  return self->failed ? 0 : self->size - self->position;
}

static guint64
read_number (SondeByteReader *self, guint size)
{
  const guint8 *data = sonde_byte_reader_take (self, size);

  return data != NULL ? sonde_bytes_load (data, size, self->byte_order) : 0;
}

guint8
sonde_byte_reader_u8 (SondeByteReader *self)
{
  return (guint8) read_number (self, 1);
}

guint16
sonde_byte_reader_u16 (SondeByteReader *self)
{
  return (guint16) read_number (self, 2);
}

guint32
sonde_byte_reader_u32 (SondeByteReader *self)
{
  return (guint32) read_number (self, 4);
}

guint64
sonde_byte_reader_u64 (SondeByteReader *self)
{
  return read_number (self, 8);
}

void
sonde_byte_writer_init (SondeByteWriter *self, GByteArray *bytes, int byte_order)
{
  self->bytes = bytes;
  self->byte_order = byte_order;
}

static void
write_number (SondeByteWriter *self, guint size, guint64 value)
{
  guint8 data[8];

  sonde_bytes_store (data, size, self->byte_order, value);
  g_byte_array_append (self->bytes, data, size);
}

void
sonde_byte_writer_u8 (SondeByteWriter *self, guint8 value)
{
  write_number (self, 1, value);
}

void
sonde_byte_writer_u16 (SondeByteWriter *self, guint16 value)
{
  write_number (self, 2, value);
}

void
sonde_byte_writer_u32 (SondeByteWriter *self, guint32 value)
{
  write_number (self, 4, value);
}

void
sonde_byte_writer_u64 (SondeByteWriter *self, guint64 value)
{
  write_number (self, 8, value);
}

void
sonde_byte_writer_put (SondeByteWriter *self, const void *data, gsize size)
{
  g_return_if_fail (size <= G_MAXUINT - self->bytes->len);

  if (size > 0)
    g_byte_array_append (self->bytes, data, (guint) size);
}

guint64
sonde_bytes_load (const guint8 *data, guint size, int byte_order)
{
  guint64 value = 0;

  for (guint i = 0; i < size; i++)
    {
      const guint at = byte_order == G_BIG_ENDIAN ? i : size - 1 - i;

      value = value << 8 | data[at];
    }
  return value;
}

void
sonde_bytes_store (guint8 *data, guint size, int byte_order, guint64 value)
{
  for (guint i = 0; i < size; i++)
    {
      const guint at = byte_order == G_BIG_ENDIAN ? size - 1 - i : i;

      data[at] = (guint8) value;
      value >>= 8;
    }
}
