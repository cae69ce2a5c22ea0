/* test-log-places.c: addresses in lines of the log become functions and lines of source */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "symbols/symbol-cage.h"
#include "workbench/log-places.h"

#define PATIENCE_US (30 * G_USEC_PER_SEC)

static SondeSymbolTable *
load (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), name, NULL);
  g_autoptr (GError) error = NULL;
  SondeSymbolTable *table = sonde_symbol_cage_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return table;
}

static guint64
address_of (SondeSymbolTable *table, const char *function)
{
  for (guint i = 0; i < sonde_symbol_table_get_n_places (table); i++)
    {
      SondeSymbolPlace place;

      sonde_symbol_table_get_place (table, i, &place);
      if (place.is_function && g_str_has_prefix (place.name, function))
        return place.address;
    }
  g_error ("no function %s", function);
}

static void
on_changed (SondeLogPlaces *places, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
wait_for (const guint *n, guint wanted)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (*n < wanted)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
    }
}

/* At once by function; when the line table has come, with file and line. */
static void
test_note (void)
{
  g_autoptr (SondeSymbolTable) table = load ("rebuild-1.elf");
  g_autoptr (SondeLogPlaces) places = sonde_log_places_new ();
  const guint64 step = address_of (table, "step");
  g_autofree char *cortex = g_strdup_printf ("pc=0x%08" G_GINT64_MODIFIER "x lr=0x0", step + 4);
  g_autofree char *guru = g_strdup_printf ("Backtrace: 0x%" G_GINT64_MODIFIER
                                           "x:0x3ffb1f50 0x%" G_GINT64_MODIFIER "x:0x3ffb1f70",
                                           step + 4, address_of (table, "_start") + 8);
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;
  g_autofree char *frames = NULL;
  guint n = 0;

  g_assert_null (sonde_log_places_dup_note (places, cortex));
  g_signal_connect (places, "changed", G_CALLBACK (on_changed), &n);
  sonde_log_places_set_table (places, table);
  g_assert_cmpuint (n, ==, 1);
  g_assert_null (sonde_log_places_dup_note (places, "no address here, 0x20000004 is data"));
  early = sonde_log_places_dup_note (places, cortex);
  g_assert_nonnull (strstr (early, "step()"));
  g_assert_null (strstr (early, "rebuild.c"));
  wait_for (&n, 2);
  late = sonde_log_places_dup_note (places, cortex);
  g_assert_nonnull (strstr (late, "step()"));
  g_assert_nonnull (strstr (late, "rebuild.c:"));
  frames = sonde_log_places_dup_note (places, guru);
  g_assert_nonnull (strstr (frames, "step()"));
  g_assert_nonnull (strstr (frames, ", _start()"));
}

/* The table goes while its lines are read: nothing of them may come back. */
static void
test_changed_early (void)
{
  g_autoptr (SondeSymbolTable) table = load ("rebuild-1.elf");
  g_autoptr (SondeSymbolTable) other = load ("rebuild-2.elf");
  SondeLogPlaces *places = sonde_log_places_new ();
  g_autofree char *line
      = g_strdup_printf ("at 0x%" G_GINT64_MODIFIER "x", address_of (table, "step"));

  sonde_log_places_set_table (places, table);
  g_free (sonde_log_places_dup_note (places, line));
  sonde_log_places_set_table (places, other);
  g_free (sonde_log_places_dup_note (places, line));
  g_object_unref (places);
  for (guint i = 0; i < 200; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log-places/note", test_note);
  g_test_add_func ("/log-places/changed-early", test_changed_early);
  return g_test_run ();
}
