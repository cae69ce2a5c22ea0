/* test-path-letters.c: no path has a letter that its root does not tell of */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "symbols/path-letters.h"
#include "symbols/symbol-cage.h"
#include "symbols/symbol-search.h"

static void
test_all (gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), data, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = NULL;
  g_autoptr (SondeSymbolSearch) search = NULL;
  g_autoptr (SondePathLetters) letters = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no C++ compiler");
      return;
    }
  table = sonde_symbol_cage_load (path, NULL, NULL, &error);
  g_assert_no_error (error);
  search = sonde_symbol_search_new (table);
  letters = sonde_path_letters_new (table);
  g_assert_cmpuint (sonde_symbol_search_get_n (search), >, 20);
  for (guint i = 0; i < sonde_symbol_search_get_n (search); i++)
    {
      SondeSymbolEntry entry;

      sonde_symbol_search_get_entry (search, i, &entry);
      g_test_message ("%s", entry.path);
      g_assert_cmphex (sonde_symbol_mask (entry.path, strlen (entry.path))
                           & ~sonde_path_letters_of (letters, entry.root),
                       ==, 0);
    }
}

/* A root rules out what neither it nor anything below it has. */
static void
test_rules_out (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), "kinds-dwarf5.elf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load (path, NULL, NULL, &error);
  g_autoptr (SondePathLetters) letters = NULL;

  g_assert_no_error (error);
  letters = sonde_path_letters_new (table);
  for (guint i = 0; i < sonde_symbol_table_get_n (table); i++)
    if (g_str_equal (sonde_symbol_table_get_path (table, i), "message"))
      {
        g_assert_cmphex (sonde_path_letters_of (letters, i) & sonde_symbol_mask ("x", 1), ==, 0);
        g_assert_cmphex (sonde_path_letters_of (letters, i) & sonde_symbol_mask ("31]", 3), ==,
                         sonde_symbol_mask ("31]", 3));
        return;
      }
  g_assert_not_reached ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/path-letters/c", "kinds-dwarf5.elf", test_all);
  g_test_add_data_func ("/path-letters/c++", "classes-dwarf5.elf", test_all);
  g_test_add_func ("/path-letters/rules-out", test_rules_out);
  return g_test_run ();
}
