/* name-cell.c: the first column of the watch table: expander, swatch that plots, path */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/name-cell.h"

#include <string.h>

#include "ui/ltr-text.h"
#include "ui/swatch.h"

struct _SondeNameCell
{
  GtkWidget parent_instance;
  SondeWatchRow *row; /* owned, NULL while unbound */
  gulong changed_id;
  int slot; /* on show */
  GtkTreeExpander *expander;
  GtkWidget *button;
  GtkWidget *swatch;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (SondeNameCell, sonde_name_cell, GTK_TYPE_WIDGET)

static void
on_swatch_clicked (GtkButton *button, SondeNameCell *self)
{
  const char *action = self->slot < 0 ? "plot.add" : "plot.remove";

  if (self->row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, "s",
                                sonde_watch_row_get_path (self->row));
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, SondeNameCell *self)
{
  if (self->row == NULL)
    return NULL;
  return gdk_content_provider_new_typed (G_TYPE_STRING, sonde_watch_row_get_path (self->row));
}

static void
show_slot (SondeNameCell *self, int slot)
{
  const char *what = slot < 0 ? "Show on the Plot" : "Take off the Plot";
  g_autofree char *name = g_strdup_printf ("%s: %s", what, sonde_watch_row_get_path (self->row));

  self->slot = slot;
  sonde_swatch_set_slot (self->swatch, slot);
  gtk_widget_set_tooltip_text (self->button, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/* What has a trace can be plotted: leaves that are numbers. */
static gboolean
is_plottable (SondeWatchRow *row)
{
  SondeVariable *variable = sonde_watch_row_get_variable (row);

  return variable != NULL && sonde_type_is_leaf (sonde_variable_get_type (variable));
}

static void
update (SondeNameCell *self)
{
  const int slot = sonde_watch_row_get_plot_slot (self->row);
  SondeVariable *variable = sonde_watch_row_get_variable (self->row);
  const gboolean is_open_able = variable != NULL && !sonde_variable_is_leaf (variable);

  if (slot != self->slot)
    show_slot (self, slot);
  gtk_widget_set_sensitive (self->button, is_plottable (self->row));
  gtk_widget_set_visible (self->button, !is_open_able);
  if (sonde_watch_row_get_cell_state (self->row) == SONDE_CELL_STALE)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "stale");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "stale");
}

static void
sonde_name_cell_dispose (GObject *object)
{
  SondeNameCell *self = SONDE_NAME_CELL (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  if (self->row != NULL)
    g_clear_signal_handler (&self->changed_id, self->row);
  g_clear_object (&self->row);
  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (sonde_name_cell_parent_class)->dispose (object);
}

static void
sonde_name_cell_class_init (SondeNameCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_name_cell_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/name-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeNameCell, expander);
  gtk_widget_class_bind_template_child (widget_class, SondeNameCell, button);
  gtk_widget_class_bind_template_child (widget_class, SondeNameCell, label);
  gtk_widget_class_bind_template_callback (widget_class, on_swatch_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_prepare);
}

static void
sonde_name_cell_init (SondeNameCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->swatch = sonde_swatch_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), self->swatch);
  sonde_ltr_text_set (GTK_WIDGET (self->label), 0);
}

GtkWidget *
sonde_name_cell_new (void)
{
  return g_object_new (SONDE_TYPE_NAME_CELL, NULL);
}

/* Below a parent only the last step is news. */
static const char *
label_of (SondeWatchRow *row, guint depth)
{
  const char *path = sonde_watch_row_get_path (row);
  const char *dot = strrchr (path, '.');
  const char *bracket = strrchr (path, '[');

  if (depth == 0)
    return path;
  if (bracket != NULL && (dot == NULL || bracket > dot))
    return bracket;
  return dot == NULL ? path : dot + 1;
}

void
sonde_name_cell_set_row (SondeNameCell *self, GtkTreeListRow *tree_row)
{
  if (self->row != NULL)
    g_clear_signal_handler (&self->changed_id, self->row);
  g_clear_object (&self->row);
  gtk_tree_expander_set_list_row (self->expander, tree_row);
  if (tree_row == NULL)
    return;
  self->row = gtk_tree_list_row_get_item (tree_row);
  gtk_tree_expander_set_indent_for_icon (self->expander,
                                         gtk_tree_list_row_get_depth (tree_row) > 0);
  gtk_label_set_text (self->label, label_of (self->row, gtk_tree_list_row_get_depth (tree_row)));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), sonde_watch_row_get_path (self->row));
  self->changed_id = g_signal_connect_swapped (self->row, "changed", G_CALLBACK (update), self);
  self->slot = -2;
  update (self);
}
