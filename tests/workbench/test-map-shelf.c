/* test-map-shelf.c: CSV files add up, say what they refused, and are written back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "workbench/map-shelf.h"

#define PATIENCE_US (30 * G_USEC_PER_SEC)

typedef struct
{
  char *folder, *one, *two;
  SondeMapShelf *shelf;
  guint n_changed;
  char *said;
} Bench;

static void
on_changed (gpointer user_data)
{
  ((Bench *) user_data)->n_changed++;
}

static void
on_say (const char *text, gpointer user_data)
{
  Bench *bench = user_data;

  g_free (bench->said);
  bench->said = g_strdup (text);
}

static const SondeMapShelfHandler handler = { on_changed, on_say };

static Bench *
bench_new (void)
{
  Bench *bench = g_new0 (Bench, 1);

  bench->folder = g_dir_make_tmp ("sonde-shelf-XXXXXX", NULL);
  bench->one = g_build_filename (bench->folder, "one.csv", NULL);
  bench->two = g_build_filename (bench->folder, "two.csv", NULL);
  bench->shelf = sonde_map_shelf_new (&handler, bench);
  return bench;
}

static void
bench_free (Bench *bench)
{
  sonde_map_shelf_free (bench->shelf);
  g_unlink (bench->one);
  g_unlink (bench->two);
  g_rmdir (bench->folder);
  g_free (bench->folder);
  g_free (bench->one);
  g_free (bench->two);
  g_free (bench->said);
  g_free (bench);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bench, bench_free)

static const char *
wait_for_word (Bench *bench)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (bench->said == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
    }
  return bench->said;
}

static void
open_text (Bench *bench, const char *path, const char *text)
{
  g_clear_pointer (&bench->said, g_free);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  sonde_map_shelf_open (bench->shelf, path);
  wait_for_word (bench);
}

static guint64
address_of (Bench *bench, const char *path)
{
  const SondeMapEntry *entry
      = sonde_memory_map_find (sonde_map_shelf_get_entries (bench->shelf), path);

  g_assert_nonnull (entry);
  return entry->address;
}

#define HEAD "Variable,Address,No of Elements,Type\n"

static void
test_adds_up (void)
{
  g_autoptr (Bench) bench = bench_new ();

  open_text (bench, bench->one, HEAD "a,0x20000000,1,uint32_t\nb,0x20000004,1,uint32_t\n");
  g_assert_cmpstr (bench->said, ==, "one.csv: 2 names");
  open_text (bench, bench->two, HEAD "b,0x20000104,1,uint32_t\nc,0x20000008,1,uint32_t\nbad\n");
  g_assert_cmpstr (bench->said, ==, "two.csv: 2 names, 1 row refused; see the log");
  g_assert_cmpuint (bench->n_changed, ==, 2);
  g_assert_cmpuint (sonde_memory_map_get_n (sonde_map_shelf_get_entries (bench->shelf)), ==, 3);
  g_assert_cmphex (address_of (bench, "a"), ==, 0x20000000);
  g_assert_cmphex (address_of (bench, "b"), ==, 0x20000104); /* the newer place */
}

/* What cannot be read changes nothing. */
static void
test_refused (void)
{
  g_autoptr (Bench) bench = bench_new ();

  open_text (bench, bench->one, HEAD "a,0x20000000,1,uint32_t\n");
  open_text (bench, bench->two, HEAD "only,nonsense\n");
  g_assert_nonnull (strstr (bench->said, "two.csv"));
  g_assert_cmpuint (bench->n_changed, ==, 1);
  g_assert_cmphex (address_of (bench, "a"), ==, 0x20000000);
}

static void
test_saved (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autofree char *text = NULL;

  open_text (bench, bench->one, HEAD "a,0x20000000,1,uint32_t\nb,0x20000004,3,float\n");
  g_clear_pointer (&bench->said, g_free);
  sonde_map_shelf_save (bench->shelf, NULL, bench->two, SONDE_MAP_SONDE);
  g_assert_cmpstr (wait_for_word (bench), ==, "two.csv: 2 names written");
  g_assert_true (g_file_get_contents (bench->two, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "b,0x20000004,3,float"));
}

/* Freed while files are read: nothing comes back. */
static void
test_freed_early (void)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (Bench) bench = bench_new ();

      g_assert_true (g_file_set_contents (bench->one, HEAD "a,0x20000000,1,u\n", -1, NULL));
      sonde_map_shelf_open (bench->shelf, bench->one);
    }
  for (guint i = 0; i < 100; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-shelf/adds-up", test_adds_up);
  g_test_add_func ("/map-shelf/refused", test_refused);
  g_test_add_func ("/map-shelf/saved", test_saved);
  g_test_add_func ("/map-shelf/freed-early", test_freed_early);
  return g_test_run ();
}
