/* test-map-listing.c: variables of a firmware as entries of a memory map */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/map-listing.h"

#include <string.h>

#include "small-image.h"
#include "symbols/address-map.h"

static SondeSymbolTable *
make_table (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  const guint32 number = small_number (writer, "int", SONDE_ENCODING_SIGNED, 4);
  const guint32 byte = small_number (writer, "uint8_t", SONDE_ENCODING_UNSIGNED, 1);
  const guint32 row = small_array (writer, "uint8_t[3]", byte, 3);
  const guint32 types[] = { number, row };
  const guint32 motor
      = small_struct (writer, "struct motor", (const char *const[]){ "n", "b", NULL }, types);
  const guint32 empty = small_struct (writer, "struct {}", (const char *const[]){ NULL }, types);

  small_variable (writer, "speed", number, 0x100, NULL);
  small_variable (writer, "grid", small_array (writer, "uint8_t[2][3]", row, 2), 0x104, NULL);
  small_variable (writer, "axis", small_array (writer, "struct motor[2]", motor, 2), 0x200, NULL);
  small_variable (writer, "gone", number, 0, "optimised away");
  small_variable (writer, "nothing", small_array (writer, "e[]", empty, 1ull << 40), 0x300, NULL);
  small_variable (writer, "flexible", small_array (writer, "int[]", number, 0), 0x300, NULL);
  small_variable (writer, "__bss_start__", number, 0x400, NULL);
  small_variable (writer, "_Reserved", number, 0x404, NULL);
  small_variable (writer, "uwTick", number, 0x408, NULL);
  return small_finish (writer);
}

static char *
dup_csv (SondeListing listing, SondeMapFormat format)
{
  g_autoptr (SondeSymbolTable) table = make_table ();
  g_autoptr (SondeMemoryMap) map = sonde_map_listing_new (table, listing, format);

  return g_string_free (sonde_map_csv_write (map, format), FALSE);
}

#define OWN                                                                                        \
  "axis[0].n,0x00000200,1,Uint32_t\naxis[0].b,0x00000204,3,uint8_t\n"                              \
  "axis[1].n,0x00000207,1,Uint32_t\naxis[1].b,0x0000020b,3,uint8_t\n"                              \
  "grid,0x00000104,6,uint8_t\nspeed,0x00000100,1,Uint32_t\n"

static void
test_original (void)
{
  g_autofree char *whole = dup_csv (SONDE_LISTING_EVERYTHING, SONDE_MAP_ORIGINAL);
  g_autofree char *own = dup_csv (SONDE_LISTING_LIKE_ORIGINAL, SONDE_MAP_ORIGINAL);

  g_assert_cmpstr (whole, ==,
                   "Variable,Address,No of Elements,Type\n_Reserved,0x00000404,1,Uint32_t\n"
                   "__bss_start__,0x00000400,1,Uint32_t\n" OWN "uwTick,0x00000408,1,Uint32_t\n");
  g_assert_cmpstr (own, ==, "Variable,Address,No of Elements,Type\n" OWN);
}

/* Our form says what the values are: read alone it finds each where it was. */
static void
test_ours (void)
{
  g_autofree char *csv = dup_csv (SONDE_LISTING_LIKE_ORIGINAL, SONDE_MAP_SONDE);
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SondeMemoryMap) map = sonde_map_csv_read (csv, strlen (csv), "m", refused, NULL);
  g_autoptr (SondeAddressMap) alone = sonde_address_map_new_full (NULL, map);
  g_autoptr (SondeSymbolTable) table = make_table ();
  static const char *const paths[] = { "speed", "axis[1].n", "axis[1].b[2]" };

  g_assert_cmpuint (refused->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GPtrArray) found = sonde_address_map_resolve (alone, paths[i], NULL);
      g_autoptr (SondeVariable) same = sonde_symbol_table_dup_by_path (table, paths[i], NULL);

      g_assert_nonnull (found);
      g_assert_cmphex (sonde_variable_get_address (found->pdata[0]), ==,
                       sonde_variable_get_address (same));
      g_assert_cmpuint (sonde_variable_get_size (found->pdata[0]), ==,
                        sonde_variable_get_size (same));
      g_assert_cmpint (sonde_type_is_signed (sonde_variable_get_type (found->pdata[0])), ==,
                       sonde_type_is_signed (sonde_variable_get_type (same)));
    }
}

static void
test_internal (void)
{
  static const char *const internal[]
      = { "__malloc_av_", "_impure_ptr", "errno", "completed.1", "USART1_IRQn", "_System" };
  static const char *const own[]
      = { "motor", "_speed", "completed_tasks", "main.c::tick", "ticks" };

  for (guint i = 0; i < G_N_ELEMENTS (internal); i++)
    g_assert_true (sonde_map_listing_is_internal (internal[i]));
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    g_assert_false (sonde_map_listing_is_internal (own[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-listing/original", test_original);
  g_test_add_func ("/map-listing/ours", test_ours);
  g_test_add_func ("/map-listing/internal", test_internal);
  return g_test_run ();
}
