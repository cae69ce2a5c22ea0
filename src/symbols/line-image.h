/* line-image.h: the source line of each address as one flat, position-free, checksummed file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#define SONDE_LINE_IMAGE_MAGIC "SONDELIN"
#define SONDE_LINE_IMAGE_VERSION 1
#define SONDE_LINE_IMAGE_MARK 0x01020304u

/* A row's file that ends what is known: from its address on there is no line. */
#define SONDE_LINE_NO_FILE 0xfffffu
#define SONDE_LINE_MAX_COLUMN 0xfffu

enum
{
  SONDE_LINE_IMAGE_THUMB = 1, /* bit 0 of an address of code says how it runs, not where it is */
};

/* Holds from its address to the next row's. */
typedef struct
{
  guint64 address;
  guint32 line;
  guint32 file : 20;
  guint32 column : 12; /* 0: not told, or more than fits */
} SondeLineRow;

/* The first bytes of the file; rows, files (guint32: text) and texts follow. */
typedef struct
{
  char magic[8];
  guint32 version, mark;
  guint64 size;
  guint32 checksum; /* CRC-32 of everything behind this field */
  guint32 flags;
  guint64 n_rows, n_files, n_bytes;
} SondeLineImageHead;

/* A checked view; the pointers are into @bytes. */
typedef struct
{
  GBytes *bytes;
  const SondeLineRow *rows; /* rising by address */
  const guint32 *files;
  const char *strings;
  guint n_rows, n_files;
  guint flags;
} SondeLineImage;

/**
 * sonde_line_image_open:
 * @bytes: any bytes at all; a reference is kept
 *
 * Checks every number once: order of rows, files, texts (UTF-8 without control characters).
 */
gboolean sonde_line_image_open (SondeLineImage *self, GBytes *bytes, GError **error);
/** sonde_line_image_open_trusted: of bytes that passed the above before and are provably the same:
 * looks at the head only. */
gboolean sonde_line_image_open_trusted (SondeLineImage *self, GBytes *bytes, GError **error);
void sonde_line_image_close (SondeLineImage *self);
/**
 * sonde_line_image_build:
 * @rows: (element-type SondeLineRow): rising by address
 * @files: (element-type utf8): by number; any bytes
 *
 * Returns: (transfer full)
 */
GBytes *sonde_line_image_build (GArray *rows, GPtrArray *files, guint flags);
/** sonde_line_image_seal: writes the checksum into the head. */
void sonde_line_image_seal (guint8 *data, gsize size);
