/* test-kinds-of-files.c: C++, relocatable, split and garbage-collected files say what they hold and
 * why the rest cannot be polled */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "symbols/symbol-cage.h"

static SondeSymbolTable *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the compiler for this fixture is not installed");
      return NULL;
    }
  SondeSymbolTable *table = sonde_symbol_cage_load (path, NULL, NULL, &error);
  g_assert_no_error (error);
  return table;
}

typedef struct
{
  const char *path, *type;
  guint64 size;
  const char *why; /* NULL: can be polled */
} Expected;

static void
check (SondeSymbolTable *table, const Expected *rows, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SondeVariable) variable
          = sonde_symbol_table_dup_by_path (table, rows[i].path, &error);
      const SondeVariableInfo *info;

      g_assert_no_error (error);
      info = sonde_variable_get_info (variable);
      g_assert_cmpstr (sonde_type_get_name (info->type), ==, rows[i].type);
      g_assert_cmpuint (sonde_variable_get_size (variable), ==, rows[i].size);
      if (rows[i].why == NULL)
        g_assert_cmpstr (info->why, ==, NULL);
      else if (info->why == NULL || strstr (info->why, rows[i].why) == NULL)
        g_error ("%s: \"%s\" instead of \"%s\"", rows[i].path, info->why, rows[i].why);
    }
}

/* What lies how many bytes behind the start of its variable. */
static void
check_offset (SondeSymbolTable *table, const char *root, const char *path, guint64 offset)
{
  g_autoptr (SondeVariable) start = sonde_symbol_table_dup_by_path (table, root, NULL);
  g_autoptr (SondeVariable) part = sonde_symbol_table_dup_by_path (table, path, NULL);

  g_assert_nonnull (start);
  g_assert_nonnull (part);
  g_assert_cmpuint (sonde_variable_get_address (part), ==,
                    sonde_variable_get_address (start) + offset);
}

static void
test_classes (gconstpointer name)
{
  static const Expected expected[] = {
    { "robot::arm", "robot::Arm", 48, NULL },
    { "robot::arm.id", "int", 4, NULL },
    { "robot::arm.angle[2]", "float", 4, NULL },
    { "robot::arm.mode", "robot::Mode", 1, NULL },
    { "robot::arm.next", "robot::Arm *", 8, NULL },
    { "robot::Arm::count", "int", 4, NULL },
    { "robot::Arm::get()::calls", "int", 4, NULL },
    { "robot::v2::level", "uint16_t", 2, NULL },
    { "robot::(anonymous namespace)::hidden", "int", 4, NULL },
    { "both.Left::value", "int", 4, NULL },
    { "both.left", "int", 4, NULL },
    { "both.Right::value", "int", 4, NULL },
    { "both.value", "int", 4, NULL },
    { "deep.Middle::value", "int", 4, NULL },
    { "deep.Left::value", "int", 4, NULL },
    { "deep.C::low", "unsigned int", 4, NULL },
    { "deep.high", "unsigned int", 4, NULL },
    { "deep.sealed", "const int *const volatile", 8, NULL },
    { "box.value", "int", 4, NULL },
    { "Box<int>::shared", "int", 4, NULL },
    { "Box<float>::shared", "float", 4, NULL },
    { "zero<int>", "int", 4, NULL },
    { "zero<short>", "short", 2, NULL },
    { "reference", "int &", 8, NULL },
    { "wide", "char16_t", 2, NULL },
    { "method", "int (robot::Arm::*)(void)", 16, NULL },
    { "member", "int robot::Arm::*", 8, NULL },
    { "own", "int", 4, "thread-local" },
  };
  g_autoptr (SondeSymbolTable) table = load (name);

  if (table == NULL)
    return;
  check (table, expected, G_N_ELEMENTS (expected));
  check_offset (table, "both", "both.Left::value", 0);
  check_offset (table, "both", "both.Right::value", 12);
  check_offset (table, "both", "both.value", 16);
  check_offset (table, "deep", "deep.Left::value", 0);
  check_offset (table, "deep", "deep.left", 4);
  check_offset (table, "deep", "deep.Middle::value", 8);
  check_offset (table, "deep", "deep.Right::right", 12);
  check_offset (table, "deep", "deep.Right::value", 16);
  check_offset (table, "deep", "deep.C::low", 20);
  check_offset (table, "deep", "deep.right", 24);
  check_offset (table, "deep", "deep.low", 28);
}

static void
test_relocatable (void)
{
  static const Expected expected[] = { { "motor", "motor_t", 24, "start of .data" },
                                       { "grid", "struct axis[2][3]", 240, "start of .bss" } };
  g_autoptr (SondeSymbolTable) table = load ("kinds-relocatable.o");

  g_assert_true (sonde_symbol_table_get_facts (table)->is_relocatable);
  check (table, expected, G_N_ELEMENTS (expected));
}

static void
test_removed (void)
{
  static const Expected expected[] = {
    { "used", "int", 4, NULL },
    { "also_used", "int", 4, NULL },
    { "unused", "int", 4, "removed by the linker" },
    { "removed()::calls", "int", 4, "removed by the linker" },
  };
  g_autoptr (SondeSymbolTable) table = load ("removed.elf");

  check (table, expected, G_N_ELEMENTS (expected));
  check_offset (table, "used", "also_used", 0);
}

static void
test_split (void)
{
  static const Expected expected[] = { { "motor", "uint8_t[24]", 24, NULL },
                                       { "u16", "uint16_t", 2, NULL },
                                       { "file_static", "uint8_t", 1, NULL } };
  g_autoptr (SondeSymbolTable) table = load ("kinds-split.elf");

  g_assert_cmpuint (sonde_symbol_table_get_facts (table)->n_skipped_units, ==, 2);
  g_assert_nonnull (strstr (sonde_symbol_table_get_skipped (table, 0), ".dwo"));
  check (table, expected, G_N_ELEMENTS (expected));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/files/classes/4", "classes-dwarf4.elf", test_classes);
  g_test_add_data_func ("/files/classes/5", "classes-dwarf5.elf", test_classes);
  g_test_add_func ("/files/relocatable", test_relocatable);
  g_test_add_func ("/files/removed", test_removed);
  g_test_add_func ("/files/split", test_split);
  return g_test_run ();
}
