/* test-bytes.c: bounded reads and writes in both byte orders */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"

#include <string.h>

typedef struct
{
  const char *name;
  guint8 data[8];
  gsize size;
  int byte_order;
  guint width;
  guint64 value;
  gboolean failed;
} Case;

static const Case cases[] = {
  { "/bytes/u8", { 0xfe }, 1, G_LITTLE_ENDIAN, 1, 0xfe, FALSE },
  { "/bytes/u8/short", { 0 }, 0, G_LITTLE_ENDIAN, 1, 0, TRUE },
  { "/bytes/u16/little", { 1, 2 }, 2, G_LITTLE_ENDIAN, 2, 0x0201, FALSE },
  { "/bytes/u16/big", { 1, 2 }, 2, G_BIG_ENDIAN, 2, 0x0102, FALSE },
  { "/bytes/u16/short", { 1, 2 }, 1, G_BIG_ENDIAN, 2, 0, TRUE },
  { "/bytes/u32/little", { 1, 2, 3, 4 }, 4, G_LITTLE_ENDIAN, 4, 0x04030201, FALSE },
  { "/bytes/u32/big", { 1, 2, 3, 4 }, 4, G_BIG_ENDIAN, 4, 0x01020304, FALSE },
  { "/bytes/u32/short", { 1, 2, 3 }, 3, G_LITTLE_ENDIAN, 4, 0, TRUE },
  { "/bytes/u64/little",
    { 1, 2, 3, 4, 5, 6, 7, 0x88 },
    8,
    G_LITTLE_ENDIAN,
    8,
    G_GUINT64_CONSTANT (0x8807060504030201),
    FALSE },
  { "/bytes/u64/big",
    { 0x81, 2, 3, 4, 5, 6, 7, 8 },
    8,
    G_BIG_ENDIAN,
    8,
    G_GUINT64_CONSTANT (0x8102030405060708),
    FALSE },
  { "/bytes/u64/short", { 1, 2, 3, 4, 5, 6, 7, 8 }, 7, G_BIG_ENDIAN, 8, 0, TRUE },
};

static guint64
read_width (SondeByteReader *reader, guint width)
{
  switch (width)
    {
    case 1:
      return sonde_byte_reader_u8 (reader);
    case 2:
      return sonde_byte_reader_u16 (reader);
    case 4:
      return sonde_byte_reader_u32 (reader);
    default:
      return sonde_byte_reader_u64 (reader);
    }
}

static void
write_width (SondeByteWriter *writer, guint width, guint64 value)
{
  switch (width)
    {
    case 1:
      sonde_byte_writer_u8 (writer, (guint8) value);
      break;
    case 2:
      sonde_byte_writer_u16 (writer, (guint16) value);
      break;
    case 4:
      sonde_byte_writer_u32 (writer, (guint32) value);
      break;
    default:
      sonde_byte_writer_u64 (writer, value);
    }
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  SondeByteReader reader;
  SondeByteWriter writer;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  sonde_byte_reader_init (&reader, c->data, c->size, c->byte_order);
  g_assert_cmphex (read_width (&reader, c->width), ==, c->value);
  g_assert_cmpint (reader.failed, ==, c->failed);
  if (c->failed)
    return;

  sonde_byte_writer_init (&writer, bytes, c->byte_order);
  write_width (&writer, c->width, c->value);
  g_assert_cmpmem (bytes->data, bytes->len, c->data, c->size);
}

static void
test_failure_sticks (void)
{
  static const guint8 data[] = { 1, 2, 3 };
  SondeByteReader reader;

  sonde_byte_reader_init (&reader, data, sizeof data, G_LITTLE_ENDIAN);
  g_assert_cmpuint (sonde_byte_reader_left (&reader), ==, 3);
  g_assert_cmphex (sonde_byte_reader_u32 (&reader), ==, 0);
  g_assert_true (reader.failed);
  g_assert_cmphex (sonde_byte_reader_u8 (&reader), ==, 0);
  g_assert_cmpuint (sonde_byte_reader_left (&reader), ==, 0);
  g_assert_false (sonde_byte_reader_skip (&reader, 0));
  g_assert_false (sonde_byte_reader_seek (&reader, 0));
  g_assert_null (sonde_byte_reader_take (&reader, 0));
}

static void
test_moves (void)
{
  static const guint8 data[] = { 1, 2, 3, 4 };
  SondeByteReader reader;

  sonde_byte_reader_init (&reader, data, sizeof data, G_LITTLE_ENDIAN);
  g_assert_true (sonde_byte_reader_skip (&reader, 1));
  g_assert_true (sonde_byte_reader_take (&reader, 2) == data + 1);
  g_assert_true (sonde_byte_reader_seek (&reader, 4));
  g_assert_cmpuint (sonde_byte_reader_left (&reader), ==, 0);
  g_assert_true (sonde_byte_reader_seek (&reader, 0));
  g_assert_false (reader.failed);
  g_assert_null (sonde_byte_reader_take (&reader, G_MAXSIZE));
  g_assert_true (reader.failed);

  sonde_byte_reader_init (&reader, data, sizeof data, G_LITTLE_ENDIAN);
  g_assert_false (sonde_byte_reader_seek (&reader, 5));
  g_assert_true (reader.failed);

  sonde_byte_reader_init (&reader, NULL, 0, G_LITTLE_ENDIAN);
  g_assert_cmpint (sonde_byte_reader_u8 (&reader), ==, 0);
  g_assert_true (reader.failed);
}

static void
test_odd_widths (void)
{
  guint8 data[5] = { 0 };

  sonde_bytes_store (data, 3, G_LITTLE_ENDIAN, 0xaabbccdd);
  g_assert_cmphex (sonde_bytes_load (data, 3, G_LITTLE_ENDIAN), ==, 0xbbccdd);
  g_assert_cmphex (sonde_bytes_load (data, 3, G_BIG_ENDIAN), ==, 0xddccbb);
  g_assert_cmphex (data[3], ==, 0);
  sonde_bytes_store (data, 5, G_BIG_ENDIAN, G_GUINT64_CONSTANT (0x0102030405));
  g_assert_cmphex (data[0], ==, 1);
  g_assert_cmphex (data[4], ==, 5);
}

static void
test_put (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  SondeByteWriter writer;

  sonde_byte_writer_init (&writer, bytes, G_BIG_ENDIAN);
  sonde_byte_writer_put (&writer, "ab", 2);
  sonde_byte_writer_put (&writer, NULL, 0);
  sonde_byte_writer_u16 (&writer, 0x6364);
  g_assert_cmpmem (bytes->data, bytes->len, "abcd", 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/bytes/failure-sticks", test_failure_sticks);
  g_test_add_func ("/bytes/moves", test_moves);
  g_test_add_func ("/bytes/odd-widths", test_odd_widths);
  g_test_add_func ("/bytes/put", test_put);
  return g_test_run ();
}
