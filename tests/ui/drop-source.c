/* drop-source.c: a small window from which a file can be dragged, as from a file manager */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, gpointer path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GdkFileList *list = gdk_file_list_new_from_array (&file, 1);
  GdkContentProvider *provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);

  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  return provider;
}

static void
on_drag_end (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GtkDragSource *source;
  GtkWidget *window, *label;

  gtk_init ();
  if (argc != 2)
    return 2;
  source = gtk_drag_source_new ();
  label = gtk_label_new ("drag me");
  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "drop-source");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 120, 80);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), argv[1]);
  g_signal_connect (source, "drag-end", G_CALLBACK (on_drag_end), loop);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);
  return 0;
}
