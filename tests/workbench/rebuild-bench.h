/* rebuild-bench.h: a workbench with a board on it and an ELF file that is built again and again */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#include "workbench/workbench.h"

#include "ws-board.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define IDENTITY                                                                                   \
  ",\"proto\":1,\"device\":\"one\",\"fw\":\"1\",\"endian\":\"little\",\"ptr\":4,"                  \
  "\"boot\":\"b1\",\"seq\":true,\"caps\":{\"bits\":64,\"block\":256,\"batch\":64,\"msg\":4096}"

typedef struct
{
  char *folder, *elf;
  SondeWorkbench *workbench;
  WsBoard *board;
  guint n_checked; /* values compared with their address */
  char *said;      /* the newest sentence (nullable) */
} Bench;

static inline void
check_row (Bench *bench, SondeWatchRow *row)
{
  SondeVariable *variable = sonde_watch_row_get_variable (row);
  g_autofree char *text = NULL;
  guint64 mask = 0;

  if (variable == NULL || sonde_watch_row_get_cell_state (row) != SONDE_CELL_FRESH)
    return;
  mask = sonde_variable_get_size (variable) == 2 ? 0xffff : 0xffffffff;
  text = sonde_watch_row_dup_value_text (row);
  g_assert_cmpuint (g_ascii_strtoull (text, NULL, 10), ==,
                    sonde_variable_get_address (variable) & mask);
  bench->n_checked++;
}

/* At no moment does a name show what lies elsewhere. */
static inline void
on_ticked (SondeWorkbench *workbench, gpointer user_data)
{
  GListModel *rows = sonde_workbench_get_watches (workbench);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SondeWatchRow) row = g_list_model_get_item (rows, i);
      GListModel *children = sonde_watch_row_get_children (row);

      if (children == NULL)
        check_row (user_data, row);
      for (guint k = 0; children != NULL && k < g_list_model_get_n_items (children); k++)
        {
          g_autoptr (SondeWatchRow) child = g_list_model_get_item (children, k);

          check_row (user_data, child);
        }
    }
}

static inline void
on_message (SondeWorkbench *workbench, const char *text, gpointer user_data)
{
  Bench *bench = user_data;

  g_free (bench->said);
  bench->said = g_strdup (text);
}

static inline void
install (Bench *bench, guint layout, gboolean in_place)
{
  g_autofree char *name = g_strdup_printf ("rebuild-%u.elf", layout);
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), name, NULL);
  g_autofree char *text = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  if (in_place)
    {
      FILE *file = g_fopen (bench->elf, "wb");

      g_assert_cmpuint (fwrite (text, 1, size, file), ==, size);
      fclose (file);
    }
  else
    g_assert_true (g_file_set_contents (bench->elf, text, (gssize) size, NULL));
}

static inline Bench *
bench_new (const char *identity)
{
  Bench *bench = g_new0 (Bench, 1);
  g_autoptr (GError) error = NULL;

  bench->folder = g_dir_make_tmp ("sonde-rebuild-XXXXXX", NULL);
  bench->elf = g_build_filename (bench->folder, "fw.elf", NULL);
  bench->workbench = sonde_workbench_new (NULL);
  g_assert_true (sonde_workbench_listen (bench->workbench, "127.0.0.1", 0, &error));
  g_assert_no_error (error);
  bench->board = ws_board_new (sonde_workbench_get_url (bench->workbench), identity);
  bench->board->hides_code = TRUE;
  g_signal_connect (bench->workbench, "ticked", G_CALLBACK (on_ticked), bench);
  g_signal_connect (bench->workbench, "message", G_CALLBACK (on_message), bench);
  return bench;
}

static inline void
bench_free (Bench *bench)
{
  g_clear_pointer (&bench->board, ws_board_free);
  g_clear_object (&bench->workbench);
  g_unlink (bench->elf);
  g_rmdir (bench->folder);
  g_free (bench->elf);
  g_free (bench->folder);
  g_free (bench->said);
  g_free (bench);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bench, bench_free)

static gint64 give_up_us;

static inline void
be_patient (void)
{
  give_up_us = g_get_monotonic_time () + PATIENCE_US;
}

static inline void
turn (void)
{
  g_assert_cmpint (g_get_monotonic_time (), <, give_up_us);
  g_main_context_iteration (NULL, TRUE);
}

static inline void
wait_for_map (Bench *bench, SondeAddressMap *old)
{
  be_patient ();
  while (sonde_workbench_get_map (bench->workbench) == old)
    turn ();
}

static inline SondeWatchRow *
add (Bench *bench, const char *path)
{
  g_autoptr (GError) error = NULL;
  SondeWatchRow *row = sonde_workbench_add_watch (bench->workbench, path, 50, &error);

  g_assert_no_error (error);
  return row;
}

static inline void
wait_for_value (SondeWatchRow *row)
{
  be_patient ();
  while (sonde_watch_row_get_cell_state (row) != SONDE_CELL_FRESH)
    turn ();
}

static inline void
open_first (Bench *bench)
{
  install (bench, 1, FALSE);
  sonde_workbench_open_elf (bench->workbench, bench->elf);
  wait_for_map (bench, NULL);
}

static inline void
rebuild (Bench *bench, guint layout, gboolean in_place)
{
  SondeAddressMap *map = sonde_workbench_get_map (bench->workbench);

  g_clear_pointer (&bench->said, g_free);
  install (bench, layout, in_place);
  wait_for_map (bench, map);
}

static inline gboolean
stop (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static inline void
run_ms (guint ms)
{
  gboolean is_over = FALSE;

  g_timeout_add (ms, stop, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}
