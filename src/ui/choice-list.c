/* choice-list.c: the names of an enum to choose from */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/choice-list.h"

#define MAX_HEIGHT_PX 320

typedef struct
{
  SondeChosen chosen;
  gpointer user_data;
} Choice;

static SondeType *
enum_of (SondeType *type)
{
  if (sonde_type_get_kind (type) == SONDE_KIND_BITFIELD)
    type = sonde_type_get_base (type);
  return type != NULL && sonde_type_get_kind (type) == SONDE_KIND_ENUM ? type : NULL;
}

gboolean
sonde_choice_list_has (SondeType *type)
{
  return enum_of (type) != NULL && sonde_type_get_n_enumerators (enum_of (type)) > 0;
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, const Choice *choice)
{
  const Choice copy = *choice;
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (row), "name"));

  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER)));
  copy.chosen (name, copy.user_data);
}

static GtkWidget *
make_row (const SondeEnumerator *enumerator)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *name = gtk_label_new (enumerator->name);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, enumerator->value);
  GtkWidget *value = gtk_label_new (number);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (value, "dim2");
  gtk_widget_add_css_class (value, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), value);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (enumerator->name), g_free);
  return row;
}

static void
on_shown (GtkWidget *popover, GtkListBox *list)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);

  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (list));
}

GtkWidget *
sonde_choice_list_new (SondeType *type, const char *current, SondeChosen chosen, gpointer user_data)
{
  SondeType *shape = enum_of (type);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice){ chosen, user_data };
  for (guint i = 0; i < sonde_type_get_n_enumerators (shape); i++)
    {
      const SondeEnumerator *enumerator = sonde_type_get_enumerator (shape, i);
      GtkWidget *row = make_row (enumerator);

      gtk_list_box_append (GTK_LIST_BOX (list), row);
      if (g_strcmp0 (enumerator->name, current) == 0)
        gtk_list_box_select_row (GTK_LIST_BOX (list), GTK_LIST_BOX_ROW (row));
    }
  gtk_widget_set_name (list, "value-choices");
  gtk_widget_add_css_class (popover, "menu");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, "New Value",
                                  -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  g_signal_connect_data (list, "row-activated", G_CALLBACK (on_row_activated), choice,
                         (GClosureNotify) (GCallback) g_free, 0);
  g_signal_connect (popover, "map", G_CALLBACK (on_shown), list);
  return popover;
}
