/* fuzz-map-csv.c: any bytes as a memory map; what is taken is written and read back alike */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/address-map.h"
#include "symbols/map-csv.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_round_trip (const SondeMemoryMap *map, SondeMapFormat format)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) first = sonde_map_csv_write (map, format);
  g_autoptr (SondeMemoryMap) again
      = sonde_map_csv_read (first->str, first->len, "again", refused, NULL);
  g_autoptr (GString) second = sonde_map_csv_write (again, format);

  /* Names of the first column may repeat where paths do not. */
  if (format == SONDE_MAP_ORIGINAL)
    return;
  g_assert_cmpuint (refused->len, ==, 0);
  g_assert_cmpstr (first->str, ==, second->str);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SondeMemoryMap) map
      = sonde_map_csv_read ((const char *) data, size, "fuzz", refused, NULL);
  g_autoptr (SondeAddressMap) addresses = sonde_address_map_new_full (NULL, map);

  for (guint i = 0; i < sonde_memory_map_get_n (map); i++)
    {
      const SondeMapEntry *entry = sonde_memory_map_get (map, i);
      g_autoptr (GPtrArray) found = sonde_address_map_resolve (addresses, entry->path, NULL);
      g_autoptr (SondeType) type = sonde_map_entry_dup_type (entry);

      g_assert_true (g_utf8_validate (entry->path, -1, NULL) && *entry->path != 0);
      g_assert_cmpuint (entry->count, >, 0);
      g_assert_nonnull (type);
      if (found != NULL && found->len == 1)
        g_assert_cmpuint (sonde_variable_get_size (found->pdata[0]), <=, G_MAXUINT64);
    }
  check_round_trip (map, SONDE_MAP_ORIGINAL);
  check_round_trip (map, SONDE_MAP_SONDE);
  return 0;
}
