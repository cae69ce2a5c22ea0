/* test-place-list.c: what the reader finds in the sections of the fixtures */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "symbols/size-report.h"
#include "symbols/symbol-cage.h"

static SondeSymbolTable *
load (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), name, NULL);
  g_autoptr (GError) error = NULL;
  SondeSymbolTable *table = sonde_symbol_cage_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return table;
}

/* The last part of a variable's path is its symbol. */
static gboolean
is_called (const char *path, const char *name)
{
  const gsize length = strlen (path), tail = strlen (name);

  return g_str_has_suffix (path, name)
         && (length == tail || (length > tail + 2 && path[length - tail - 1] == ':'));
}

/* Returns how many places bear the name; @place is the last of them. */
static guint
find (SondeSymbolTable *table, const char *name, SondeSymbolPlace *place)
{
  g_autoptr (GArray) places = sonde_size_report_collect (table);
  guint n = 0;

  for (guint i = 0; i < places->len; i++)
    {
      const SondeSymbolPlace *row = &g_array_index (places, SondeSymbolPlace, i);

      if (!is_called (row->name, name))
        continue;
      *place = *row;
      n++;
    }
  return n;
}

/* What the variables tell is not told twice. */
static void
test_once (void)
{
  g_autoptr (SondeSymbolTable) table = load ("kinds-dwarf5.elf");

  for (guint i = 0; i < sonde_symbol_table_get_n_places (table); i++)
    {
      SondeSymbolPlace place;

      sonde_symbol_table_get_place (table, i, &place);
      g_assert_cmpstr (place.name, !=, "motor");
      g_assert_cmpstr (place.name, !=, "file_static");
    }
  g_assert_cmpuint (sonde_symbol_table_get_n_places (table), >, 0);
}

typedef struct
{
  const char *name, *file, *section; /* the file's end */
  guint64 size;                      /* 0: any but 0 */
  gboolean is_function;
} Case;

static void
assert_places (SondeSymbolTable *table, const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      SondeSymbolPlace place;

      g_test_message ("%s", cases[i].name);
      g_assert_cmpuint (find (table, cases[i].name, &place), ==, 1);
      g_assert_true (g_str_has_suffix (place.file, cases[i].file));
      g_assert_cmpstr (place.section->name, ==, cases[i].section);
      g_assert_cmpint (place.is_function, ==, cases[i].is_function);
      if (cases[i].size != 0)
        g_assert_cmpuint (place.size, ==, cases[i].size);
      else
        g_assert_cmpuint (place.size, >, 0);
    }
}

static void
test_debug_information (gconstpointer data)
{
  static const Case cases[] = {
    { "main", "/kinds.c", ".text", 0, TRUE },
    { "step", "/kinds.c", ".text", 0, TRUE },
    { "other_step", "/other.c", ".text", 0, TRUE },
    { "motor", "/kinds.c", ".data", 0, FALSE },
    { "axis", "/kinds.c", ".bss", 0, FALSE },
    { "message", "/kinds.c", ".data", 32, FALSE },
    { "declared_only", "/other.c", ".data", 4, FALSE },
    { "file_static", "/kinds.c", ".data", 1, FALSE },
  };
  g_autoptr (SondeSymbolTable) table = load (data);
  SondeSymbolPlace place;

  assert_places (table, cases, G_N_ELEMENTS (cases));
  g_assert_cmpuint (find (table, "counter", &place), ==, 2);
}

/* strip --strip-debug takes the files' names, too. */
static void
test_symbol_table_alone (void)
{
  static const Case cases[] = {
    { "main", "", ".text", 0, TRUE },
    { "message", "", ".data", 32, FALSE },
    { "file_static", "", ".data", 1, FALSE },
  };
  g_autoptr (SondeSymbolTable) table = load ("kinds-symbols.elf");

  assert_places (table, cases, G_N_ELEMENTS (cases));
}

static void
test_cplusplus (void)
{
  static const Case cases[] = {
    { "robot::Arm::get()", "/classes.cc", ".text", 0, TRUE },
    { "robot::Arm::count", "/classes.cc", ".data", 4, FALSE },
    { "robot::(anonymous namespace)::hidden", "classes.cc", ".data", 4, FALSE },
  };
  g_autofree char *path
      = g_build_filename (g_getenv ("SONDE_FIXTURES"), "classes-dwarf5.elf", NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no C++ compiler");
      return;
    }
  g_autoptr (SondeSymbolTable) table = load ("classes-dwarf5.elf");
  assert_places (table, cases, G_N_ELEMENTS (cases));
}

/* A second name for a place is no second place, and the linker's marks are none. */
static void
test_aliases (void)
{
  g_autoptr (SondeSymbolTable) table = load ("removed.elf");
  SondeSymbolPlace place;

  g_assert_cmpuint (find (table, "used", &place) + find (table, "also_used", &place), ==, 1);
  g_assert_cmpuint (find (table, "_end", &place), ==, 0);
  g_assert_cmpuint (find (table, "removed", &place), ==, 0);
}

/* Nothing is linked yet: places count from the start of their sections. */
static void
test_relocatable (void)
{
  g_autoptr (SondeSymbolTable) table = load ("kinds-relocatable.o");
  SondeSymbolPlace step, nodes;

  g_assert_cmpuint (find (table, "step", &step), ==, 1);
  g_assert_cmpuint (find (table, "nodes", &nodes), ==, 1);
  g_assert_cmpstr (step.section->name, ==, ".text");
  g_assert_cmpuint (step.address, <, step.section->size);
  g_assert_cmpuint (nodes.address + nodes.size, <=, nodes.section->size);
}

/* Rising, each inside its section, no two the same; a pointer to a function finds its name. */
static void
test_order (void)
{
  g_autoptr (SondeSymbolTable) table = load ("kinds-dwarf5.elf");
  SondeSymbolPlace before = { 0 };

  g_assert_cmpuint (sonde_symbol_table_get_n_places (table), >, 10);
  for (guint i = 0; i < sonde_symbol_table_get_n_places (table); i++)
    {
      SondeSymbolPlace place;
      guint index;

      sonde_symbol_table_get_place (table, i, &place);
      g_assert_cmpuint (place.address, >=, before.address);
      g_assert_true (place.address != before.address || place.size != before.size);
      g_assert_true (sonde_symbol_table_find_place (table, place.address, &index));
      before = place;
    }
  g_autoptr (SondeVariable) handler = sonde_symbol_table_dup_by_path (table, "handler", NULL);
  g_autoptr (SondeVariable) slot = sonde_symbol_table_dup_by_path (table, "table[1]", NULL);
  g_autoptr (SondeVariable) row = sonde_symbol_table_dup_by_path (table, "row", NULL);
  g_assert_true (sonde_type_is_code_pointer (sonde_variable_get_type (handler)));
  g_assert_true (sonde_type_is_code_pointer (sonde_variable_get_type (slot)));
  g_assert_false (sonde_type_is_code_pointer (sonde_variable_get_type (row)));
  g_assert_cmpuint (find (table, "step", &before), ==, 1);
  g_autofree char *name
      = sonde_type_dup_code_name (sonde_variable_get_type (handler), before.address);
  g_assert_cmpstr (name, ==, "step");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/place-list/dwarf-2", "kinds-dwarf2.elf", test_debug_information);
  g_test_add_data_func ("/place-list/dwarf-4", "kinds-dwarf4.elf", test_debug_information);
  g_test_add_data_func ("/place-list/dwarf-5", "kinds-dwarf5.elf", test_debug_information);
  g_test_add_func ("/place-list/symbol-table-alone", test_symbol_table_alone);
  g_test_add_func ("/place-list/cplusplus", test_cplusplus);
  g_test_add_func ("/place-list/aliases", test_aliases);
  g_test_add_func ("/place-list/relocatable", test_relocatable);
  g_test_add_func ("/place-list/order", test_order);
  g_test_add_func ("/place-list/once", test_once);
  return g_test_run ();
}
