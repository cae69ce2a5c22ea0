/* test-damaged-files.c: damaged ELF files end in a table or in one clean error, never in a crash or
 * a hang of the program that asked */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "symbols/symbol-cage.h"

#define N_MUTANTS 100 /* of each fixture */
#define SEED 20240607

typedef struct
{
  guint n_tables, n_format, n_corrupt, n_other;
} Counts;

/* One to sixteen bytes changed, and one in twenty cut short. */
static gsize
damage (GRand *rand, guint8 *data, gsize size)
{
  const guint n = 1 + (guint) g_rand_int_range (rand, 0, 16);

  for (guint i = 0; i < n; i++)
    data[g_rand_int_range (rand, 0, (gint32) size)] = (guint8) g_rand_int (rand);
  if (g_rand_int_range (rand, 0, 20) == 0)
    return (gsize) g_rand_int_range (rand, 0, (gint32) size);
  return size;
}

static void
check_table (SondeSymbolTable *table)
{
  for (guint i = 0; i < sonde_symbol_table_get_n (table); i++)
    {
      g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_variable (table, i);

      g_assert_nonnull (sonde_variable_get_path (variable));
      g_assert_true (g_utf8_validate (sonde_variable_get_path (variable), -1, NULL));
    }
}

static void
load (const char *path, Counts *counts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load (path, NULL, NULL, &error);

  if (table != NULL)
    {
      g_assert_no_error (error);
      check_table (table);
      counts->n_tables++;
      return;
    }
  g_assert_nonnull (error);
  g_assert_true (error->domain == SONDE_SYMBOL_ERROR);
  g_assert_true (g_str_has_prefix (error->message, path));
  if (error->code == SONDE_SYMBOL_ERROR_FORMAT)
    counts->n_format++;
  else if (error->code == SONDE_SYMBOL_ERROR_CORRUPT)
    counts->n_corrupt++;
  else
    counts->n_other++;
}

static void
test_mutants (gconstpointer fixture)
{
  g_autofree char *source = g_build_filename (g_getenv ("SONDE_FIXTURES"), fixture, NULL);
  g_autofree char *folder = g_dir_make_tmp ("sonde-damaged-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "mutant.elf", NULL);
  g_autofree char *data = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  Counts counts = { 0 };
  gsize size = 0;

  g_assert_true (g_file_get_contents (source, &data, &size, NULL));
  for (guint i = 0; i < N_MUTANTS; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      const gsize length = damage (rand, copy, size);

      g_assert_true (g_file_set_contents (path, (const char *) copy, (gssize) length, NULL));
      load (path, &counts);
    }
  g_test_message ("%s: %u tables, %u not ELF, %u damaged, %u other", (const char *) fixture,
                  counts.n_tables, counts.n_format, counts.n_corrupt, counts.n_other);
  /* Most bytes do not matter: a reader that always gives up would pass all else. */
  g_assert_cmpuint (counts.n_tables, >, N_MUTANTS / 4);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/damaged/dwarf2", "kinds-dwarf2.elf", test_mutants);
  g_test_add_data_func ("/damaged/dwarf4", "kinds-dwarf4.elf", test_mutants);
  g_test_add_data_func ("/damaged/dwarf5", "kinds-dwarf5.elf", test_mutants);
  return g_test_run ();
}
