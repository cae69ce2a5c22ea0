/* fuzz-address-map.c: any bytes as a path, resolved over a small firmware and a memory map */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/address-map.h"

#include <string.h>

#include "../symbols/small-image.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static SondeSymbolTable *
make_table (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  const guint32 number = small_number (writer, "int", SONDE_ENCODING_SIGNED, 4);
  const guint32 row = small_array (writer, "int[3]", number, 3);
  const guint32 types[] = { number, row };
  const guint32 thing
      = small_struct (writer, "struct thing", (const char *const[]){ "n", "row", NULL }, types);
  const guint32 pointer = small_pointer (writer, "struct thing *", thing);
  const guint32 links[] = { pointer, small_pointer (writer, "void *", 0) };
  const guint32 link
      = small_struct (writer, "ns::Link", (const char *const[]){ "to", "any", NULL }, links);

  small_variable (writer, "n", number, 0x20000000, NULL);
  small_variable (writer, "p", pointer, 0x20000004, NULL);
  small_variable (writer, "pp", small_pointer (writer, "struct thing **", pointer), 0x20000008,
                  NULL);
  small_variable (writer, "link", link, 0x20000010, NULL);
  small_variable (writer, "grid", small_array (writer, "int[2][3]", row, 2), 0x20000020, NULL);
  small_variable (writer, "a.c::x", thing, 0x20000040, NULL);
  small_variable (writer, "b.c::x", thing, 0x20000060, NULL);
  small_variable (writer, "f(int)::s", number, 0x20000080, NULL);
  small_variable (writer, "ns::T<int, 3>::m", number, 0x20000084, NULL);
  small_variable (writer, "gone", number, 0, "optimised away");
  return small_finish (writer);
}

static SondeAddressMap *
make_map (void)
{
  g_autoptr (SondeSymbolTable) table = make_table ();
  g_autoptr (SondeMapBuilder) builder = sonde_map_builder_new ();
  g_autoptr (SondeMemoryMap) entries = NULL;

  sonde_map_builder_add (
      builder,
      &(SondeMapEntry){ .variable = "M.x", .address = 0x40000000, .count = 4, .type = "int" },
      NULL);
  sonde_map_builder_add (
      builder, &(SondeMapEntry){ .variable = "n", .address = 1, .count = 1, .unit = "rpm" }, NULL);
  entries = sonde_map_builder_end (builder);
  return sonde_address_map_new_full (table, entries);
}

/* What a place is called leads to the same place. */
static void
check_again (SondeAddressMap *map, SondeVariable *variable)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) again = sonde_address_map_resolve (map, info->path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpstr (sonde_variable_get_path (again->pdata[0]), ==, info->path);
  g_assert_cmphex (sonde_variable_get_address (again->pdata[0]), ==, info->address);
  g_assert_true ((sonde_variable_get_info (again->pdata[0])->pointer == NULL)
                 == (info->pointer == NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static SondeAddressMap *map;
  g_autofree char *path = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (map == NULL)
    map = make_map ();
  found = sonde_address_map_resolve (map, path, &error);
  g_assert_true ((found == NULL) == (error != NULL));
  for (guint i = 0; found != NULL && i < MIN (found->len, 4); i++)
    if (strlen (sonde_variable_get_path (found->pdata[i])) < 8000)
      check_again (map, found->pdata[i]);
  return 0;
}
