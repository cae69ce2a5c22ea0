/* test-address-map.c: a path becomes variables, or a reason */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "symbols/address-map.h"
#include "symbols/symbol-cage.h"
#include "types/text.h"

static SondeAddressMap *
make_map (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), "kinds-dwarf5.elf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return sonde_address_map_new (table);
}

typedef struct
{
  const char *name, *path;
  guint n;
  const char *first, *last;
} Resolved;

/* clang-format off */
static const Resolved resolved[] = {
  { "/map/one",       "motor.speed",            1, "motor.speed",   "motor.speed" },
  { "/map/slice",     "message[0..3]",          4, "message[0]",    "message[3]" },
  { "/map/middle",    "axis[1..2].motor.speed", 2, "axis[1].motor.speed", "axis[2].motor.speed" },
  { "/map/two",       "matrix[0..2][1..3]",     9, "matrix[0][1]",  "matrix[2][3]" },
  { "/map/static",    "kinds.c::counter",       1, "kinds.c::counter", "kinds.c::counter" },
  { "/map/raw",       "0x20000100:u32",         1, "0x20000100:u32", "0x20000100:u32" },
};

typedef struct
{
  const char *name, *path, *part;
} Refused;

static const Refused refused[] = {
  { "/map/refused/unknown",   "moter.speed",       "did you mean motor.speed" },
  { "/map/refused/member",    "motor.sped",        "speed" },
  { "/map/refused/range",     "matrix[0..3][0]",   "out of range" },
  { "/map/refused/backwards", "message[3..1]",     "[1..3]" },
  { "/map/refused/huge",      "message[0..99999999999]", "out of range" },
  { "/map/refused/type",      "0x20000100",        ":u32" },
  { "/map/refused/raw-type",  "0x20000100:float",  ":f32" },
  { "/map/refused/digits",    "0x:u32",            "not an address" },
  { "/map/refused/long",      "0x11223344556677889:u8", "not an address" },
  { "/map/refused/beyond",    "0xffffffffffffffff:u32", "beyond" },
  { "/map/refused/empty",     "",                  "no such variable" },
};
/* clang-format on */

static void
test_resolved (gconstpointer data)
{
  const Resolved *row = data;
  g_autoptr (SondeAddressMap) map = make_map ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = sonde_address_map_resolve (map, row->path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, row->n);
  g_assert_cmpstr (sonde_variable_get_path (found->pdata[0]), ==, row->first);
  g_assert_cmpstr (sonde_variable_get_path (found->pdata[row->n - 1]), ==, row->last);
}

static void
test_refused (gconstpointer data)
{
  const Refused *row = data;
  g_autoptr (SondeAddressMap) map = make_map ();
  g_autoptr (GError) error = NULL;

  g_assert_null (sonde_address_map_resolve (map, row->path, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == SONDE_SYMBOL_ERROR || error->domain == SONDE_TYPE_ERROR);
  if (strstr (error->message, row->part) == NULL)
    g_error ("\"%s\" says nothing of \"%s\"", error->message, row->part);
}

static void
test_raw (void)
{
  g_autoptr (SondeAddressMap) map = sonde_address_map_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = sonde_address_map_resolve (map, "0xE000ED00:s16", &error);
  const SondeVariableInfo *info;

  g_assert_no_error (error);
  info = sonde_variable_get_info (found->pdata[0]);
  g_assert_cmphex (info->address, ==, 0xe000ed00);
  g_assert_cmpstr (sonde_type_get_name (info->type), ==, "int16_t");
  g_assert_cmpint (info->memory, ==, SONDE_MEMORY_PERIPHERAL);
  g_assert_true (info->is_writable);
  g_assert_null (sonde_address_map_resolve (map, "motor", &error));
  g_assert_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_NOT_FOUND);
}

static void
test_memory (void)
{
  g_autoptr (SondeAddressMap) map = make_map ();
  SondeSymbolTable *table = sonde_address_map_get_table (map);
  g_autoptr (SondeVariable) motor = sonde_symbol_table_dup_by_path (table, "motor", NULL);
  g_autoptr (SondeVariable) version = sonde_symbol_table_dup_by_path (table, "version", NULL);
  const guint64 ram = sonde_variable_get_address (motor);

  g_assert_cmpint (sonde_address_map_get_memory (map, ram, 24), ==, SONDE_MEMORY_RAM);
  g_assert_cmpint (sonde_address_map_get_memory (map, sonde_variable_get_address (version), 4), ==,
                   SONDE_MEMORY_FLASH);
  g_assert_cmpint (sonde_address_map_get_memory (map, 0xe000ed00, 4), ==, SONDE_MEMORY_PERIPHERAL);
  /* From RAM into nothing, and beyond the end of all addresses. */
  g_assert_cmpint (sonde_address_map_get_memory (map, ram, 1 << 20), ==, SONDE_MEMORY_PERIPHERAL);
  g_assert_cmpint (sonde_address_map_get_memory (map, G_MAXUINT64 - 1, 8), ==,
                   SONDE_MEMORY_PERIPHERAL);
}

/* -- with a memory map -- */

static SondeMemoryMap *
make_entries (void)
{
  static const SondeMapEntry entries[] = {
    { .variable = "Pressure", .address = 0x40000010, .count = 1, .type = "float", .unit = "bar" },
    { .variable = "Buffer", .address = 0x40000020, .count = 4, .type = "uint16_t" },
    { .variable = "Speed",
      .path = "motor.speed",
      .address = 1,
      .count = 1,
      .type = "int",
      .is_read_only = TRUE,
      .unit = "rpm",
      .scale = 0.1,
      .description = "of the shaft" },
    { .variable = "a.b", .address = 0x40000030, .count = 2, .type = "char" },
    { .variable = "motor.unheard", .address = 0x40000040, .count = 1, .type = "int" },
  };
  g_autoptr (SondeMapBuilder) builder = sonde_map_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_assert_true (sonde_map_builder_add (builder, &entries[i], NULL));
  return sonde_map_builder_end (builder);
}

static SondeAddressMap *
make_both (void)
{
  g_autoptr (SondeAddressMap) plain = make_map ();
  g_autoptr (SondeMemoryMap) entries = make_entries ();

  return sonde_address_map_new_full (sonde_address_map_get_table (plain), entries);
}

static void
check_entry (SondeAddressMap *map, const char *path, guint64 address, guint64 size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = sonde_address_map_resolve (map, path, &error);

  g_assert_no_error (error);
  g_assert_cmphex (sonde_variable_get_address (found->pdata[0]), ==, address);
  g_assert_cmpuint (sonde_variable_get_size (found->pdata[0]), ==, size);
}

static void
test_entries_alone (void)
{
  g_autoptr (SondeMemoryMap) entries = make_entries ();
  g_autoptr (SondeAddressMap) map = sonde_address_map_new_full (NULL, entries);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) speed = sonde_address_map_resolve (map, "Speed", &error);
  g_autoptr (GPtrArray) slice = sonde_address_map_resolve (map, "Buffer[1..2]", &error);
  const SondeVariableInfo *info = sonde_variable_get_info (speed->pdata[0]);

  check_entry (map, "Pressure", 0x40000010, 4);
  check_entry (map, "Buffer", 0x40000020, 8);
  check_entry (map, "Buffer[3]", 0x40000026, 2);
  check_entry (map, "a.b[1]", 0x40000031, 1);
  check_entry (map, "(uint8_t*)&Pressure", 0x40000010, 1);
  g_assert_cmpuint (slice->len, ==, 2);
  g_assert_cmpstr (info->path, ==, "motor.speed");
  g_assert_cmpstr (info->unit, ==, "rpm");
  g_assert_cmpfloat (info->scale, ==, 0.1);
  g_assert_cmpstr (info->description, ==, "of the shaft");
  g_assert_false (info->is_writable);
  g_assert_null (sonde_address_map_resolve (map, "Presure", &error));
  g_assert_nonnull (strstr (error->message, "did you mean Pressure?"));
  g_clear_error (&error);
  g_assert_null (sonde_address_map_resolve (map, "Buffer[4]", &error));
  g_assert_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH);
}

/* A path that the file knows is the file's; the map says more about it. */
static void
test_both (void)
{
  g_autoptr (SondeAddressMap) map = make_both ();
  g_autoptr (GPtrArray) plain = sonde_address_map_resolve (map, "motor", NULL);
  g_autoptr (GPtrArray) speed = sonde_address_map_resolve (map, "motor.speed", NULL);
  const SondeVariableInfo *info = sonde_variable_get_info (speed->pdata[0]);
  g_autoptr (SondeVariable) child = sonde_variable_dup_child (plain->pdata[0], 0);
  g_autoptr (SondeVariable) described = sonde_address_map_dup_described (map, child);
  g_autoptr (SondeVariable) same = sonde_address_map_dup_described (map, plain->pdata[0]);
  g_autoptr (GError) error = NULL;

  g_assert_cmphex (info->address, ==, sonde_variable_get_address (plain->pdata[0]));
  g_assert_cmpstr (sonde_type_get_name (info->type), ==, "float");
  g_assert_cmpstr (info->unit, ==, "rpm");
  g_assert_false (info->is_writable);
  g_assert_cmpstr (sonde_variable_get_info (described)->unit, ==, "rpm");
  g_assert_true (same == plain->pdata[0]);
  check_entry (map, "motor.unheard", 0x40000040, 4);
  check_entry (map, "Pressure", 0x40000010, 4);
  g_assert_null (sonde_address_map_resolve (map, "motor.unherd", &error));
  g_assert_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH);
  g_clear_error (&error);
  g_assert_null (sonde_address_map_resolve (map, "moter", &error));
  g_assert_nonnull (strstr (error->message, "motor"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (resolved); i++)
    g_test_add_data_func (resolved[i].name, &resolved[i], test_resolved);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_test_add_data_func (refused[i].name, &refused[i], test_refused);
  g_test_add_func ("/map/raw-without-table", test_raw);
  g_test_add_func ("/map/memory", test_memory);
  g_test_add_func ("/map/entries-alone", test_entries_alone);
  g_test_add_func ("/map/both", test_both);
  return g_test_run ();
}
