/* test-checksum.c: CRC-32 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/checksum.h"

#include <string.h>

static void
test_known (void)
{
  static const struct
  {
    const char *text;
    guint32 crc;
  } cases[] = {
    { "", 0 },
    { "a", 0xe8b7be43 },
    { "123456789", 0xcbf43926 },
    { "The quick brown fox jumps over the lazy dog", 0x414fa339 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmphex (sonde_checksum_crc32 (0, cases[i].text, strlen (cases[i].text)), ==,
                     cases[i].crc);
}

/* Wherever the data is cut, eight at a time or one by one. */
static void
test_pieces (void)
{
  guint8 data[100];

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) (i * 37);
  const guint32 whole = sonde_checksum_crc32 (0, data, sizeof data);
  for (guint cut = 0; cut <= sizeof data; cut++)
    {
      const guint32 head = sonde_checksum_crc32 (0, data, cut);

      g_assert_cmphex (sonde_checksum_crc32 (head, data + cut, sizeof data - cut), ==, whole);
    }
  data[50] ^= 1;
  g_assert_cmphex (sonde_checksum_crc32 (0, data, sizeof data), !=, whole);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checksum/known", test_known);
  g_test_add_func ("/checksum/pieces", test_pieces);
  return g_test_run ();
}
