/* removed-rows.c: watches that were taken away and may come back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/removed-rows.h"

typedef struct
{
  char *path; /* owned */
  double rate_hz;
  SondeFormat format;
  guint position;
  gboolean was_drawn;
} RemovedRow;

struct _SondeRemovedRows
{
  SondeWorkbench *workbench;
  GArray *rows; /* RemovedRow, rising by position */
};

static void
clear_row (gpointer data)
{
  RemovedRow *row = data;

  g_free (row->path);
}

SondeRemovedRows *
sonde_removed_rows_new (SondeWorkbench *workbench, GPtrArray *rows)
{
  SondeRemovedRows *self = g_new (SondeRemovedRows, 1);
  GListModel *watches = sonde_workbench_get_watches (workbench);

  self->workbench = g_object_ref (workbench);
  self->rows = g_array_new (FALSE, FALSE, sizeof (RemovedRow));
  g_array_set_clear_func (self->rows, clear_row);
  for (guint i = 0; i < g_list_model_get_n_items (watches); i++)
    {
      g_autoptr (SondeWatchRow) row = g_list_model_get_item (watches, i);
      const RemovedRow removed = {
        .path = g_strdup (sonde_watch_row_get_path (row)),
        .rate_hz = sonde_watch_row_get_asked_hz (row),
        .format = sonde_watch_row_get_format (row),
        .position = i,
        .was_drawn = sonde_watch_row_get_plot_slot (row) >= 0,
      };

      if (g_ptr_array_find (rows, row, NULL))
        g_array_append_val (self->rows, removed);
      else
        g_free (removed.path);
    }
  return self;
}

void
sonde_removed_rows_free (SondeRemovedRows *self)
{
  g_array_unref (self->rows);
  g_object_unref (self->workbench);
  g_free (self);
}

guint
sonde_removed_rows_get_n (SondeRemovedRows *self)
{
  return self->rows->len;
}

void
sonde_removed_rows_bring_back (SondeRemovedRows *self, GtkWidget *view)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const RemovedRow *removed = &g_array_index (self->rows, RemovedRow, i);
      SondeWatchRow *row
          = sonde_workbench_add_watch (self->workbench, removed->path, removed->rate_hz, NULL);

      if (row == NULL)
        continue;
      sonde_watch_row_set_format (row, removed->format);
      sonde_workbench_move_watch (self->workbench, row, removed->position);
      if (removed->was_drawn)
        gtk_widget_activate_action (view, "plot.add", "s", removed->path);
    }
}
