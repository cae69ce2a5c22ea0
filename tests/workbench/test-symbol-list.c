/* test-symbol-list.c: the symbol browser's rows and the loader behind them, on the demo board's own
 * ELF */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "device/variables.h"
#include "workbench/demo-board.h"
#include "workbench/elf-loader.h"
#include "workbench/symbol-list.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)

typedef struct
{
  SondeAddressMap *map;
  guint n_progress;
  SondeSymbolsState state;
  char *error;
} Loaded;

static void
on_loader (SondeElfLoader *loader, SondeAddressMap *map, gpointer user_data)
{
  Loaded *loaded = user_data;

  loaded->n_progress++;
  loaded->state = sonde_elf_loader_get_state (loader);
  if (map != NULL)
    loaded->map = sonde_address_map_ref (map);
  g_free (loaded->error);
  loaded->error = g_strdup (sonde_elf_loader_get_error (loader));
}

static void
wait_until (gboolean (*is_so) (gpointer data), gpointer data)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE_US;

  while (!is_so (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static gboolean
is_loaded (gpointer data)
{
  return ((Loaded *) data)->state != SONDE_SYMBOLS_LOADING;
}

static SondeAddressMap *
load_demo (void)
{
  Loaded loaded = { 0 };
  g_autoptr (SondeElfLoader) loader = sonde_elf_loader_new (on_loader, &loaded);
  g_autofree char *elf = sonde_demo_board_dup_elf ();

  sonde_elf_loader_open (loader, elf);
  wait_until (is_loaded, &loaded);
  g_assert_null (loaded.error);
  g_assert_cmpint (loaded.state, ==, SONDE_SYMBOLS_READY);
  g_assert_cmpstr (sonde_elf_loader_get_path (loader), ==, elf);
  return loaded.map;
}

static SondeSymbolRow *
find_row (GListModel *model, const char *path)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SondeSymbolRow) row = g_list_model_get_item (model, i);

      if (strcmp (sonde_symbol_row_get_path (row), path) == 0)
        return g_steal_pointer (&row);
    }
  return NULL;
}

static gboolean
has_axis_first (gpointer data)
{
  g_autoptr (SondeSymbolRow) row = g_list_model_get_item (data, 0);

  return row != NULL && strstr (sonde_symbol_row_get_path (row), "pid.integrator") != NULL;
}

static gboolean
is_empty (gpointer data)
{
  return g_list_model_get_n_items (data) == 0;
}

static void
test_rows_and_search (void)
{
  g_autoptr (SondeAddressMap) map = load_demo ();
  g_autoptr (SondeSymbolList) list = sonde_symbol_list_new ();
  g_autoptr (SondeSymbolRow) motor = NULL;
  g_autoptr (GListModel) members = NULL;
  g_autoptr (SondeSymbolRow) pid = NULL;
  guint n = 0;

  sonde_symbol_list_set_table (list, sonde_address_map_get_table (map));
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_assert_cmpuint (n, >, 15);
  motor = find_row (G_LIST_MODEL (list), "motor");
  g_assert_nonnull (motor);
  members = sonde_symbol_row_create_children (motor);
  pid = find_row (members, "motor.pid");
  g_assert_cmpstr (sonde_symbol_row_get_label (pid), ==, "pid");
  sonde_symbol_list_set_search (list, "pidinteg");
  wait_until (has_axis_first, list);
  sonde_symbol_list_set_search (list, "no such thing anywhere");
  wait_until (is_empty, list);
  sonde_symbol_list_set_search (list, "");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n);
}

/* Names of a memory map need no ELF, in the pane and in the full view. */
static void
test_map_alone (void)
{
  g_autoptr (SondeSymbolList) list = sonde_symbol_list_new ();
  g_autoptr (SondeSymbolList) full = sonde_symbol_list_new_beside (list);
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);
  SondeSymbolQuery query = { .text = "", .set = SONDE_SYMBOLS_ALL, .max_hits = 10 };

  g_ptr_array_add (entries, new_unsigned ("my_target", 0x20000000, 4));
  g_ptr_array_add (entries, new_unsigned ("other", 0x20000004, 4));
  sonde_symbol_list_set_query (full, &query);
  sonde_symbol_list_set_active (full, TRUE);
  g_assert_true (is_empty (full));
  sonde_symbol_list_set_entries (list, entries);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (full)), ==, 1);
  sonde_symbol_list_set_search (list, "mytarg");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  query.text = "nothing like it";
  sonde_symbol_list_set_query (full, &query);
  g_assert_true (is_empty (full));
  query.text = "oth";
  sonde_symbol_list_set_query (full, &query);
  {
    g_autoptr (SondeSymbolRow) row = g_list_model_get_item (G_LIST_MODEL (full), 0);

    g_assert_cmpstr (sonde_symbol_row_get_path (row), ==, "other");
  }
}

typedef struct
{
  guint n_changes, position, removed, added;
} Changes;

static void
on_changed (GListModel *model, guint position, guint removed, guint added, Changes *changes)
{
  g_assert_cmpuint (g_list_model_get_n_items (model), >=, position + added);
  *changes = (Changes){ changes->n_changes + 1, position, removed, added };
}

/* A view makes two hundred cells anew with each change of all rows. */
static void
test_rows_change_once (void)
{
  g_autoptr (SondeAddressMap) map = load_demo ();
  SondeSymbolTable *table = sonde_address_map_get_table (map);
  const guint n = sonde_symbol_table_get_n (table);
  g_autoptr (SondeSymbolList) list = sonde_symbol_list_new ();
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  Changes changes = { 0 };

  g_ptr_array_add (entries, sonde_symbol_table_dup_variable (table, 0));
  g_signal_connect (list, "items-changed", G_CALLBACK (on_changed), &changes);
  sonde_symbol_list_set_firmware (list, table, entries);
  g_assert_cmpuint (changes.n_changes, ==, 1);
  g_assert_cmpuint (changes.added, ==, n + 1);
  sonde_symbol_list_set_firmware (list, table, none);
  g_assert_cmpuint (changes.n_changes, ==, 2);
  g_assert_cmpuint (changes.removed, ==, 1);
  g_assert_cmpuint (changes.added, ==, 0);
  sonde_symbol_list_set_firmware (list, table, NULL);
  g_assert_cmpuint (changes.n_changes, ==, 2);
  sonde_symbol_list_set_firmware (list, NULL, NULL);
  g_assert_cmpuint (changes.removed, ==, n);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
}

static void
test_refused_file (void)
{
  Loaded loaded = { 0 };
  g_autoptr (SondeElfLoader) loader = sonde_elf_loader_new (on_loader, &loaded);

  sonde_elf_loader_open (loader, "/nonexistent/fw.elf");
  wait_until (is_loaded, &loaded);
  g_assert_cmpint (loaded.state, ==, SONDE_SYMBOLS_FAILED);
  g_assert_nonnull (strstr (loaded.error, "fw.elf"));
  g_free (loaded.error);
}

static void
test_cancel (void)
{
  Loaded loaded = { 0 };
  g_autoptr (SondeElfLoader) loader = sonde_elf_loader_new (on_loader, &loaded);
  g_autofree char *elf = sonde_demo_board_dup_elf ();
  guint n = 0;

  sonde_elf_loader_open (loader, elf);
  sonde_elf_loader_cancel (loader);
  g_assert_cmpint (loaded.state, ==, SONDE_SYMBOLS_NONE);
  n = loaded.n_progress;
  for (guint i = 0; i < 100; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (loaded.n_progress, ==, n);
  g_assert_null (loaded.map);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/symbol-list/rows-and-search", test_rows_and_search);
  g_test_add_func ("/symbol-list/map-alone", test_map_alone);
  g_test_add_func ("/symbol-list/change-once", test_rows_change_once);
  g_test_add_func ("/symbol-list/refused-file", test_refused_file);
  g_test_add_func ("/symbol-list/cancel", test_cancel);
  return g_test_run ();
}
