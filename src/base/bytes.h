/* bytes.h: bounded reading and writing of bytes in both byte orders, with a failure that sticks */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Reads from memory that it borrows. After the first read past the end every read gives 0 and
 * failed stays TRUE. */
typedef struct
{
  const guint8 *data;
  gsize size;
  gsize position;
  int byte_order; /* G_LITTLE_ENDIAN or G_BIG_ENDIAN */
  gboolean failed;
} SondeByteReader;

void sonde_byte_reader_init (SondeByteReader *self, const guint8 *data, gsize size, int byte_order);
guint8 sonde_byte_reader_u8 (SondeByteReader *self);
guint16 sonde_byte_reader_u16 (SondeByteReader *self);
guint32 sonde_byte_reader_u32 (SondeByteReader *self);
guint64 sonde_byte_reader_u64 (SondeByteReader *self);
/** sonde_byte_reader_take: borrows the next @size bytes, or NULL (and failed) when there are fewer.
 */
const guint8 *sonde_byte_reader_take (SondeByteReader *self, gsize size);
gboolean sonde_byte_reader_skip (SondeByteReader *self, gsize size);
gboolean sonde_byte_reader_seek (SondeByteReader *self, gsize position);
gsize sonde_byte_reader_left (const SondeByteReader *self);

/* Appends to an array it borrows (of guint8). */
typedef struct
{
  GByteArray *bytes;
  int byte_order;
} SondeByteWriter;

void sonde_byte_writer_init (SondeByteWriter *self, GByteArray *bytes, int byte_order);
void sonde_byte_writer_u8 (SondeByteWriter *self, guint8 value);
void sonde_byte_writer_u16 (SondeByteWriter *self, guint16 value);
void sonde_byte_writer_u32 (SondeByteWriter *self, guint32 value);
void sonde_byte_writer_u64 (SondeByteWriter *self, guint64 value);
void sonde_byte_writer_put (SondeByteWriter *self, const void *data, gsize size);

/** sonde_bytes_load: @size (1..8) bytes as an unsigned integer. */
guint64 sonde_bytes_load (const guint8 *data, guint size, int byte_order);
/** sonde_bytes_store: the low @size (1..8) bytes of @value. */
void sonde_bytes_store (guint8 *data, guint size, int byte_order, guint64 value);
