/* test-size-map.c: files and symbols of RAM and flash add up, largest first */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/size-map.h"

#include <string.h>

#include "tests/workbench/browser-fixture.h"

static SondeSymbolTable *table;

static void
check_sums (SondeSizeMemory memory)
{
  g_autoptr (SondeSizeMap) map = sonde_size_map_new (table, memory);
  g_autoptr (SondeSizeReport) report = sonde_size_report_new (table);
  guint n_files = 0, n_tiles = 0, at = 0;
  const SondeSizeFile *files = sonde_size_map_get_files (map, &n_files);
  const SondeSizeTile *tiles = sonde_size_map_get_tiles (map, &n_tiles);
  guint64 flash = 0, ram = 0, sum = 0, shares = 0;

  sonde_size_report_get_totals (report, &flash, &ram);
  for (guint i = 0; i < n_files; i++)
    {
      guint64 bytes = 0;

      g_assert_cmpuint (files[i].first, ==, at);
      if (i > 0)
        g_assert_cmpuint (files[i].bytes, <=, files[i - 1].bytes);
      for (guint j = 0; j < files[i].n; j++)
        {
          bytes += tiles[at + j].bytes;
          if (j > 0)
            g_assert_cmpuint (tiles[at + j].bytes, <=, tiles[at + j - 1].bytes);
        }
      g_assert_cmpuint (bytes, ==, files[i].bytes);
      at += files[i].n;
      sum += bytes;
    }
  for (guint i = 0; i < SONDE_N_SECTION_KINDS; i++)
    shares += sonde_size_map_get_share (map, i);
  g_assert_cmpuint (at, ==, n_tiles);
  g_assert_cmpuint (sum, ==, sonde_size_map_get_total (map));
  g_assert_cmpuint (shares, ==, sum);
  g_assert_cmpuint (sum, ==, memory == SONDE_SIZE_OF_RAM ? ram : flash);
}

static void
test_sums (void)
{
  check_sums (SONDE_SIZE_OF_RAM);
  check_sums (SONDE_SIZE_OF_FLASH);
}

static void
test_find (void)
{
  g_autoptr (SondeSizeMap) map = sonde_size_map_new (table, SONDE_SIZE_OF_RAM);
  g_autoptr (SondeSizeMap) shared = sonde_size_map_ref (map);
  guint n = 0, tile = 0;
  const SondeSizeTile *tiles = sonde_size_map_get_tiles (map, &n);
  const SondeSizeFile *files = sonde_size_map_get_files (map, &n);

  g_assert_true (g_str_has_suffix (files[0].file, "browser.c"));
  g_assert_cmpstr (tiles[0].name, ==, "g_bomb");
  g_assert_cmpuint (tiles[0].bytes, ==, 8 << 20);
  g_assert_cmpint (tiles[0].kind, ==, SONDE_SECTION_ZEROED);
  g_assert_true (sonde_size_map_find (map, tiles[0].address, "g_bomb", &tile));
  g_assert_cmpuint (tile, ==, 0);
  g_assert_true (sonde_size_map_find (map, tiles[0].address, "also_g_bomb", &tile));
  g_assert_cmpuint (tile, ==, 0);
  g_assert_false (sonde_size_map_find (map, 1, "g_bomb", &tile));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  table = load_browser_fixture ();
  g_test_add_func ("/size-map/sums", test_sums);
  g_test_add_func ("/size-map/find", test_find);
  status = g_test_run ();
  sonde_symbol_table_unref (table);
  return status;
}
