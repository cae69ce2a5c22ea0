/* checksum.c: CRC-32 as of IEEE 802.3, zlib and PNG */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/checksum.h"

#include "base/bytes.h"

#define POLYNOMIAL 0xedb88320u /* bits in the order of sending */
#define N_SLICES 8

/* tables[k][b]: what byte b does to the checksum when k more bytes follow it. Eight bytes are taken
 * at once, because images of a hundred megabytes are checked at start. */
static guint32 tables[N_SLICES][256];

static guint32
shift_byte (guint32 crc)
{
  for (guint bit = 0; bit < 8; bit++)
    crc = crc & 1 ? crc >> 1 ^ POLYNOMIAL : crc >> 1;
  return crc;
}

static void
make_tables (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;
  for (guint i = 0; i < 256; i++)
    tables[0][i] = shift_byte (i);
  for (guint k = 1; k < N_SLICES; k++)
    for (guint i = 0; i < 256; i++)
      tables[k][i] = tables[k - 1][i] >> 8 ^ tables[0][tables[k - 1][i] & 0xff];
  g_once_init_leave (&once, 1);
}

static guint32
take_eight (guint32 crc, const guint8 *bytes)
{
  const guint32 first = (guint32) sonde_bytes_load (bytes, 4, G_LITTLE_ENDIAN) ^ crc;

  return tables[7][first & 0xff] ^ tables[6][first >> 8 & 0xff] ^ tables[5][first >> 16 & 0xff]
         ^ tables[4][first >> 24] ^ tables[3][bytes[4]] ^ tables[2][bytes[5]] ^ tables[1][bytes[6]]
         ^ tables[0][bytes[7]];
}

guint32
sonde_checksum_crc32 (guint32 before, const void *data, gsize size)
{
  const guint8 *bytes = data;
  guint32 crc = ~before;

  make_tables ();
  for (; size >= 8; size -= 8, bytes += 8)
    crc = take_eight (crc, bytes);
  for (; size > 0; size--, bytes++)
    crc = crc >> 8 ^ tables[0][(crc ^ *bytes) & 0xff];
  return ~crc;
}
