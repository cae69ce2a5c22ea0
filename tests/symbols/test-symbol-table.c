/* test-symbol-table.c: a fixture with a variable of every kind, compiled with DWARF 2 to 5, says
 * what its source says */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "symbols/symbol-cage.h"
#include "symbols/symbol-table.h"
#include "types/text.h"

/* What the source of the fixture says; sizes are those of a 64-bit host. */
typedef struct
{
  const char *path, *type;
  SondeKind kind;
  SondeEncoding encoding;
  guint64 size;
  guint bit_offset, bit_size;
} Expected;

/* clang-format off */
static const Expected expected[] = {
  { "u8",        "uint8_t",   SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 1, 0, 0 },
  { "s8",        "int8_t",    SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   1, 0, 0 },
  { "u16",       "uint16_t",  SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 2, 0, 0 },
  { "s16",       "int16_t",   SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   2, 0, 0 },
  { "u32",       "uint32_t",  SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 4, 0, 0 },
  { "s32",       "int32_t",   SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   4, 0, 0 },
  { "u64",       "uint64_t",  SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 8, 0, 0 },
  { "s64",       "int64_t",   SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   8, 0, 0 },
  { "f32",       "float",     SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    4, 0, 0 },
  { "f64",       "double",    SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    8, 0, 0 },
  { "truth",     "_Bool",     SONDE_KIND_BOOL,   SONDE_ENCODING_BOOL,     1, 0, 0 },
  { "letter",    "char",      SONDE_KIND_CHAR,   SONDE_ENCODING_CHAR,     1, 0, 0 },
  { "small",     "signed char",   SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   1, 0, 0 },
  { "byte",      "unsigned char", SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 1, 0, 0 },
  { "message",   "char[32]",  SONDE_KIND_ARRAY,  SONDE_ENCODING_NONE,    32, 0, 0 },
  { "ticks",     "volatile uint32_t", SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 4, 0, 0 },
  { "version",   "const uint32_t",    SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 4, 0, 0 },
  { "sensor",    "sensor_t",  SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 2, 0, 0 },
  { "state",     "enum state", SONDE_KIND_ENUM,  SONDE_ENCODING_UNSIGNED, 4, 0, 0 },
  { "signed_state", "enum signed_state", SONDE_KIND_ENUM, SONDE_ENCODING_SIGNED, 4, 0, 0 },
  { "drive",     "drive_t",   SONDE_KIND_ENUM,   SONDE_ENCODING_UNSIGNED, 4, 0, 0 },
  { "matrix",    "double[3][4]", SONDE_KIND_ARRAY, SONDE_ENCODING_NONE,  96, 0, 0 },
  { "matrix[2]", "double[4]", SONDE_KIND_ARRAY,  SONDE_ENCODING_NONE,    32, 0, 0 },
  { "matrix[2][3]", "double", SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    8, 0, 0 },
  { "cube[1][2][3]", "int",   SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   4, 0, 0 },
  { "grid[1][2].motor.pid.ki", "float", SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT, 4, 0, 0 },
  { "motor",     "motor_t",   SONDE_KIND_STRUCT, SONDE_ENCODING_NONE,    24, 0, 0 },
  { "motor.pid.integrator", "float", SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT, 4, 0, 0 },
  { "axis[3].motor.speed",  "float", SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT, 4, 0, 0 },
  { "nodes[1].next", "struct node *", SONDE_KIND_POINTER, SONDE_ENCODING_ADDRESS, 8, 0, 0 },
  { "nothing",   "int *",     SONDE_KIND_POINTER, SONDE_ENCODING_ADDRESS, 8, 0, 0 },
  { "handler",   "int (*)(int, const char *)", SONDE_KIND_POINTER, SONDE_ENCODING_ADDRESS, 8, 0, 0 },
  { "table",     "void (*[4])(void)", SONDE_KIND_ARRAY, SONDE_ENCODING_NONE, 32, 0, 0 },
  { "row",       "int (*)[4]", SONDE_KIND_POINTER, SONDE_ENCODING_ADDRESS, 8, 0, 0 },
  { "names",     "const char *const[2]", SONDE_KIND_ARRAY, SONDE_ENCODING_NONE, 16, 0, 0 },
  { "vector",    "vector_t",  SONDE_KIND_ARRAY,  SONDE_ENCODING_NONE,    12, 0, 0 },
  { "flags.ready", "unsigned int", SONDE_KIND_BITFIELD, SONDE_ENCODING_UNSIGNED, 4, 0, 1 },
  { "flags.mode",  "unsigned int", SONDE_KIND_BITFIELD, SONDE_ENCODING_UNSIGNED, 4, 1, 3 },
  { "flags.level", "int",          SONDE_KIND_BITFIELD, SONDE_ENCODING_SIGNED,   4, 4, 4 },
  { "flags.wide",  "unsigned int", SONDE_KIND_BITFIELD, SONDE_ENCODING_UNSIGNED, 4, 8, 20 },
  { "typed_flags.mode", "enum state", SONDE_KIND_BITFIELD, SONDE_ENCODING_UNSIGNED, 4, 0, 4 },
  { "typed_flags.on",   "_Bool",      SONDE_KIND_BITFIELD, SONDE_ENCODING_BOOL,     1, 4, 1 },
  { "typed_flags.sign", "int8_t",     SONDE_KIND_BITFIELD, SONDE_ENCODING_SIGNED,   1, 5, 3 },
  { "wide_flags.small", "uint16_t",   SONDE_KIND_BITFIELD, SONDE_ENCODING_UNSIGNED, 2, 0, 7 },
  { "wide_flags.bits",  "uint8_t",    SONDE_KIND_BITFIELD, SONDE_ENCODING_UNSIGNED, 1, 0, 2 },
  { "raw.real",  "float",     SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    4, 0, 0 },
  { "outer.b",   "int",       SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   4, 0, 0 },
  { "outer.d",   "float",     SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT,    4, 0, 0 },
  { "outer.raw[1].bytes[3]", "uint8_t", SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 1, 0, 0 },
  { "file_static", "uint8_t", SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 1, 0, 0 },
  { "kinds.c::counter", "int", SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,  4, 0, 0 },
  { "other.c::counter", "int", SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,  4, 0, 0 },
  { "kinds.c::file_static", "uint8_t", SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 1, 0, 0 },
  { "step()::calls", "int",   SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   4, 0, 0 },
  { "step()::calls#2", "int", SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED,   4, 0, 0 },
  { "other_step()::calls", "int", SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED, 4, 0, 0 },
  { "step()::inner", "uint16_t", SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 2, 0, 0 },
  { "a_name_that_is_longer_than_one_hundred_characters_because_some_generators_write_such_names"
    "_and_no_tool_may_drop_them", "int", SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED, 4, 0, 0 },
};
/* clang-format on */

static SondeSymbolTable *
load_fixture (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), name, NULL);
  SondeSymbolTable *table = sonde_symbol_cage_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (table);
  return table;
}

static void
test_expected (gconstpointer data)
{
  g_autoptr (SondeSymbolTable) table = load_fixture (data);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const Expected *row = &expected[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (SondeVariable) variable
          = sonde_symbol_table_dup_by_path (table, row->path, &error);
      SondeType *type;

      g_assert_no_error (error);
      g_test_message ("%s", row->path);
      type = sonde_variable_get_type (variable);
      g_assert_cmpstr (sonde_type_get_name (type), ==, row->type);
      g_assert_cmpstr (sonde_kind_name (sonde_type_get_kind (type)), ==,
                       sonde_kind_name (row->kind));
      g_assert_cmpstr (sonde_encoding_name (sonde_type_get_encoding (type)), ==,
                       sonde_encoding_name (row->encoding));
      g_assert_cmpuint (sonde_variable_get_size (variable), ==, row->size);
      g_assert_cmpuint (sonde_type_get_bit_offset (type), ==, row->bit_offset);
      g_assert_cmpuint (sonde_type_get_bit_size (type), ==, row->bit_size);
      g_assert_null (sonde_variable_get_info (variable)->why);
    }
}

static guint64
get_address (SondeSymbolTable *table, const char *path)
{
  g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_by_path (table, path, NULL);

  g_assert_nonnull (variable);
  return sonde_variable_get_address (variable);
}

static void
test_places (gconstpointer data)
{
  g_autoptr (SondeSymbolTable) table = load_fixture (data);
  const guint64 axis = get_address (table, "axis"), outer = get_address (table, "outer");

  g_assert_cmpuint (get_address (table, "axis[2].motor.pid.ki") - axis, ==, 2 * 40 + 4 + 12);
  g_assert_cmpuint (get_address (table, "outer.b") - outer, ==, 4);
  g_assert_cmpuint (get_address (table, "outer.c"), ==, get_address (table, "outer.d"));
  g_assert_cmpuint (get_address (table, "outer.raw[1].word") - outer, ==, 16);
  g_assert_cmpuint (get_address (table, "step()::calls"), !=,
                    get_address (table, "step()::calls#2"));
}

static void
check_place (SondeSymbolTable *table, const char *path, SondeMemory memory, gboolean is_writable)
{
  g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_by_path (table, path, NULL);
  const SondeVariableInfo *info = sonde_variable_get_info (variable);

  g_assert_cmpint (info->memory, ==, memory);
  g_assert_cmpint (info->is_writable, ==, is_writable);
}

static void
test_memory (void)
{
  g_autoptr (SondeSymbolTable) table = load_fixture ("kinds-dwarf5.elf");
  g_autoptr (SondeVariable) motor = sonde_symbol_table_dup_by_path (table, "motor", NULL);
  const SondeVariableInfo *info = sonde_variable_get_info (motor);

  check_place (table, "motor.speed", SONDE_MEMORY_RAM, TRUE);
  check_place (table, "version", SONDE_MEMORY_FLASH, FALSE);
  /* A volatile constant lies in RAM, and is one all the same. */
  check_place (table, "sensor", SONDE_MEMORY_RAM, FALSE);
  g_assert_cmpstr (info->section, ==, ".data");
  g_assert_cmpstr (info->file, ==, "kinds.c");
  g_assert_cmpuint (info->line, ==, 10);
}

static void
test_pointer (void)
{
  g_autoptr (SondeSymbolTable) table = load_fixture ("kinds-dwarf5.elf");
  g_autoptr (SondeVariable) list = sonde_symbol_table_dup_by_path (table, "list", NULL);
  g_autoptr (SondeType) node = sonde_type_dup_target (sonde_variable_get_type (list));
  g_autoptr (SondeType) next = NULL;

  g_clear_pointer (&table, sonde_symbol_table_unref);
  g_assert_cmpstr (sonde_type_get_name (node), ==, "struct node");
  next = sonde_type_dup_target (sonde_type_get_member (node, 1)->type);
  g_assert_cmpstr (sonde_type_get_name (next), ==, "struct node");
  g_assert_cmpuint (sonde_type_get_size (next), ==, 16);
}

static void
test_enumerators (void)
{
  g_autoptr (SondeSymbolTable) table = load_fixture ("kinds-dwarf4.elf");
  g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_by_path (table, "signed_state", NULL);
  SondeType *type = sonde_variable_get_type (variable);

  g_assert_cmpuint (sonde_type_get_n_enumerators (type), ==, 3);
  g_assert_cmpint (sonde_type_get_enumerator (type, 0)->value, ==, -2);
  g_assert_cmpstr (sonde_type_get_enumerator (type, 2)->name, ==, "ABOVE");
  g_assert_cmpint (sonde_type_get_enumerator (type, 2)->value, ==, 200);
}

static void
test_near_miss (void)
{
  g_autoptr (SondeSymbolTable) table = load_fixture ("kinds-dwarf5.elf");
  static const struct
  {
    const char *path, *part;
  } cases[] = {
    { "moter.speed", "did you mean motor.speed?" },
    { "counter", "kinds.c::counter or other.c::counter?" },
    { "calls", "step()::calls" },
    { "Motor", "motor" },
    { "zzzzzzz", "no such variable" },
    { "", "no such variable" },
    { "third.c::counter", "no such variable" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sonde_symbol_table_dup_by_path (table, cases[i].path, &error));
      g_assert_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_NOT_FOUND);
      g_assert_nonnull (strstr (error->message, cases[i].part));
    }
}

static void
test_wrong_member (void)
{
  g_autoptr (SondeSymbolTable) table = load_fixture ("kinds-dwarf5.elf");
  static const char *const paths[] = { "motor.sped", "cube[2]", "u8.x", "motor..speed", "axis[1" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sonde_symbol_table_dup_by_path (table, paths[i], &error));
      g_assert_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH);
    }
}

int
main (int argc, char **argv)
{
  static const char *const names[]
      = { "kinds-dwarf2.elf", "kinds-dwarf3.elf", "kinds-dwarf4.elf", "kinds-dwarf5.elf" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *kinds = g_strdup_printf ("/symbol-table/kinds/%s", names[i]);
      g_autofree char *places = g_strdup_printf ("/symbol-table/places/%s", names[i]);

      g_test_add_data_func (kinds, names[i], test_expected);
      g_test_add_data_func (places, names[i], test_places);
    }
  g_test_add_func ("/symbol-table/memory", test_memory);
  g_test_add_func ("/symbol-table/pointer", test_pointer);
  g_test_add_func ("/symbol-table/enumerators", test_enumerators);
  g_test_add_func ("/symbol-table/near-miss", test_near_miss);
  g_test_add_func ("/symbol-table/wrong-member", test_wrong_member);
  return g_test_run ();
}
