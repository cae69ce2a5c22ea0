/* plot-area.c: the plot with its strip, and what stands there while there is nothing to draw */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot-area.h"

#include <adwaita.h>

#include "export/csv-writer.h"
#include "export/export.h"
#include "export/plot-theme.h"
#include "ui/compat.h"
#include "ui/plot-view.h"
#include "ui/url-box.h"
#include "workbench/settings.h"

#define PLOTTED_HZ 100 /* the least that makes a line and not a stair */

/* A row that is drawn. */
typedef struct
{
  SondeWatchRow *row;  /* owned */
  SondeSource *source; /* owned, NULL until a board has taken the row */
  SondePlotArea *area; /* the owner of this */
  gulong changed_id;
} DrawnRow;

struct _SondePlotArea
{
  GtkWidget parent_instance;
  SondeWorkbench *workbench;
  GPtrArray *rows; /* DrawnRow, by time of adding */
  GtkStack *stack;
  GtkLabel *waiting_text;
  SondeUrlBox *url;
  GtkBox *plot_box;
  SondePlotView *view;
  gint64 export_start_us, export_end_us; /* what was visible when it was asked for */
};

G_DEFINE_FINAL_TYPE (SondePlotArea, sonde_plot_area, GTK_TYPE_WIDGET)

/* --- Drawn rows ------------------------------------------------------------------------------- */

static void
set_source (DrawnRow *drawn, SondeSource *source)
{
  SondePlotView *view = drawn->area->view;
  SondeVariable *variable = sonde_watch_row_get_variable (drawn->row);

  if (drawn->source != NULL)
    sonde_plot_view_remove_source (view, drawn->source);
  g_set_object (&drawn->source, source);
  if (source != NULL)
    sonde_plot_view_add_source (view, source, sonde_watch_row_get_path (drawn->row),
                                sonde_watch_row_get_unit (drawn->row),
                                sonde_watch_row_get_plot_slot (drawn->row),
                                variable == NULL ? NULL : sonde_variable_get_type (variable), NULL);
}

/* The trace comes with the board, and another one with another board. */
static void
on_row_changed (SondeWatchRow *row, DrawnRow *drawn)
{
  SondeTrace *trace = sonde_watch_row_get_trace (row);
  SondeSource *source = trace == NULL ? NULL : SONDE_SOURCE (trace);

  if (source != drawn->source && source != NULL)
    set_source (drawn, source);
}

static void
free_drawn (gpointer data)
{
  DrawnRow *drawn = data;

  g_clear_signal_handler (&drawn->changed_id, drawn->row);
  sonde_watch_row_set_plot_slot (drawn->row, -1);
  g_object_unref (drawn->row);
  g_clear_object (&drawn->source);
  g_free (drawn);
}

static void
draw_row (SondePlotArea *self, SondeWatchRow *row, int slot)
{
  DrawnRow *drawn = g_new0 (DrawnRow, 1);

  drawn->row = g_object_ref (row);
  drawn->area = self;
  g_ptr_array_add (self->rows, drawn);
  sonde_watch_row_set_plot_slot (row, slot);
  drawn->changed_id = g_signal_connect (row, "changed", G_CALLBACK (on_row_changed), drawn);
  on_row_changed (row, drawn);
}

static int
free_slot (SondePlotArea *self)
{
  guint taken = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const DrawnRow *drawn = g_ptr_array_index (self->rows, i);

      taken |= 1u << sonde_watch_row_get_plot_slot (drawn->row);
    }
  for (int slot = 0; slot < SONDE_PLOT_N_SLOTS; slot++)
    if ((taken >> slot & 1) == 0)
      return slot;
  return -1;
}

static void
tell (SondePlotArea *self, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (text));
}

void
sonde_plot_area_update (SondePlotArea *self)
{
  const char *url = sonde_workbench_get_url (self->workbench);
  SondeDeviceRow *device = sonde_workbench_get_active_device (self->workbench);

  sonde_url_box_set_url (self->url, url);
  gtk_widget_set_visible (GTK_WIDGET (self->url), url != NULL);
  gtk_label_set_text (self->waiting_text, url != NULL
                                              ? "Put this address into your firmware:"
                                              : "Boards cannot connect: the port is taken.");
  if (self->rows->len > 0 && device != NULL)
    gtk_stack_set_visible_child_name (self->stack, "plot");
  else
    gtk_stack_set_visible_child_name (self->stack, device == NULL ? "waiting" : "empty");
}

static void
on_watches_changed (SondePlotArea *self)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      const DrawnRow *drawn = g_ptr_array_index (self->rows, i - 1);
      const char *path = sonde_watch_row_get_path (drawn->row);

      if (sonde_workbench_lookup_watch (self->workbench, path) != drawn->row)
        sonde_plot_area_remove (self, path);
    }
}

static void
on_trace_removed (SondePlotView *view, SondeSource *source, SondePlotArea *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const DrawnRow *drawn = g_ptr_array_index (self->rows, i);

      if (drawn->source != source)
        continue;
      g_ptr_array_remove_index (self->rows, i);
      break;
    }
  sonde_plot_area_update (self);
}

static gboolean
on_drop_accept (GtkDropTarget *target, GdkDrop *drop, SondePlotArea *self)
{
  GdkContentFormats *formats = gdk_drop_get_formats (drop);

  return gdk_content_formats_contain_gtype (formats, G_TYPE_STRING)
         && !gdk_content_formats_contain_mime_type (formats, "text/uri-list");
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, SondePlotArea *self)
{
  g_auto (GStrv) lines = g_strsplit (g_value_get_string (value), "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_strstrip (lines[i])[0] != '\0')
      sonde_plot_area_add (self, lines[i]);
  return TRUE;
}

static void
sonde_plot_area_dispose (GObject *object)
{
  SondePlotArea *self = SONDE_PLOT_AREA (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_plot_area_parent_class)->dispose (object);
}

static void
sonde_plot_area_class_init (SondePlotAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_plot_area_dispose;
  g_type_ensure (SONDE_TYPE_URL_BOX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/plot-area.ui");
  gtk_widget_class_bind_template_child (widget_class, SondePlotArea, stack);
  gtk_widget_class_bind_template_child (widget_class, SondePlotArea, waiting_text);
  gtk_widget_class_bind_template_child (widget_class, SondePlotArea, url);
  gtk_widget_class_bind_template_child (widget_class, SondePlotArea, plot_box);
  gtk_widget_class_bind_template_callback (widget_class, on_drop_accept);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);
}

static void
sonde_plot_area_init (SondePlotArea *self)
{
  self->rows = g_ptr_array_new_with_free_func (free_drawn);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->view = SONDE_PLOT_VIEW (sonde_plot_view_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  gtk_box_append (self->plot_box, GTK_WIDGET (self->view));
  g_signal_connect (self->view, "trace-removed", G_CALLBACK (on_trace_removed), self);
}

static void
update_fps (SondePlotArea *self)
{
  GSettings *settings = sonde_workbench_get_settings (self->workbench);

  sonde_plot_view_set_fps (self->view, sonde_settings_get_plot_fps (settings));
}

void
sonde_plot_area_set_workbench (SondePlotArea *self, SondeWorkbench *workbench)
{
  GSettings *settings = sonde_workbench_get_settings (workbench);

  self->workbench = g_object_ref (workbench);
  update_fps (self);
  if (settings != NULL)
    g_signal_connect_object (settings, "changed::plot-fps", G_CALLBACK (update_fps), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench, "device-changed", G_CALLBACK (sonde_plot_area_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench, "symbols-changed", G_CALLBACK (sonde_plot_area_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sonde_workbench_get_watches (workbench), "items-changed",
                           G_CALLBACK (on_watches_changed), self, G_CONNECT_SWAPPED);
  sonde_plot_area_update (self);
}

void
sonde_plot_area_add (SondePlotArea *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  SondeWatchRow *row = sonde_workbench_lookup_watch (self->workbench, path);
  const int slot = free_slot (self);

  if (slot < 0)
    {
      tell (self, "A plot holds ten traces; take one off first");
      return;
    }
  if (row == NULL)
    row = sonde_workbench_add_watch (self->workbench, path, PLOTTED_HZ, &error);
  if (row == NULL)
    {
      tell (self, error->message);
      return;
    }
  if (sonde_watch_row_get_plot_slot (row) >= 0)
    return;
  if (sonde_watch_row_get_asked_hz (row) > 0 && sonde_watch_row_get_asked_hz (row) < PLOTTED_HZ)
    sonde_workbench_set_watch_rate (self->workbench, row, PLOTTED_HZ);
  draw_row (self, row, slot);
  sonde_plot_area_update (self);
}

void
sonde_plot_area_remove (SondePlotArea *self, const char *path)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      DrawnRow *drawn = g_ptr_array_index (self->rows, i);

      if (!g_str_equal (sonde_watch_row_get_path (drawn->row), path))
        continue;
      set_source (drawn, NULL);
      g_ptr_array_remove_index (self->rows, i);
      break;
    }
  sonde_plot_area_update (self);
}

/* --- Export ----------------------------------------------------------------------------------- */

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SondePlotArea) self = data;
  g_autoptr (GError) error = NULL;

  tell (self, sonde_export_save_finish (result, &error) ? "What was visible is exported"
                                                        : error->message);
}

static void
on_target_chosen (GListModel *files, gpointer data)
{
  SondePlotArea *self = data;
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  g_autofree char *path = g_file_get_path (file);
  SondeExport *job;

  if (path == NULL)
    {
      tell (self, "Only files of this computer can be written");
      return;
    }
  job = sonde_export_new (&sonde_csv_format, self->export_start_us, self->export_end_us);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const DrawnRow *drawn = g_ptr_array_index (self->rows, i);
      const char *unit = sonde_watch_row_get_unit (drawn->row);
      const SondeCaptureColumn column = {
        .path = sonde_watch_row_get_path (drawn->row),
        .unit = unit[0] == '\0' ? NULL : unit,
      };

      if (drawn->source != NULL)
        sonde_export_add (job, drawn->source, &column);
    }
  sonde_export_save_async (job, path, NULL, on_exported, g_object_ref (self));
}

void
sonde_plot_area_export_visible (SondePlotArea *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (sonde_plot_view_get_visible_span (self->view, &self->export_start_us, &self->export_end_us))
    sonde_compat_choose_target (GTK_WINDOW (root), "Export Visible as CSV", "sonde.csv",
                                on_target_chosen, self);
  else
    tell (self, "Nothing is drawn yet: put a variable onto the plot");
}
