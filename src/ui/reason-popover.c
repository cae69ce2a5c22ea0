/* reason-popover.c: what was refused, and why */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/reason-popover.h"

#define WIDTH_CHARS 44
#define SHOWN_S 6

static gboolean
end_show (gpointer data)
{
  gtk_popover_popdown (data);
  return G_SOURCE_REMOVE;
}

static void
on_destroyed (gpointer end, GObject *popover)
{
  g_source_destroy (end);
  g_source_unref (end);
}

/* It takes no grab, so nothing but time closes it where nobody goes on typing. */
static void
close_in_time (GtkWidget *popover)
{
  GSource *end = g_timeout_source_new_seconds (SHOWN_S);

  g_source_set_callback (end, end_show, popover, NULL);
  g_source_attach (end, NULL);
  g_object_weak_ref (G_OBJECT (popover), on_destroyed, end);
}

GtkWidget *
sonde_reason_popover_new (const char *title, const char *reason)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *text = gtk_label_new (reason);

  gtk_widget_add_css_class (icon, "failed");
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (text, "dim2");
  gtk_widget_set_name (text, "reason");
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_set_hexpand (heading, TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (text), WIDTH_CHARS);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_attach (GTK_GRID (grid), icon, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), heading, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), text, 0, 1, 2, 1);
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  gtk_popover_set_autohide (GTK_POPOVER (popover), FALSE);
  close_in_time (popover);
  return popover;
}
