/* tree-selection.c: the items of a tree behind a selection */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tree-selection.h"

gpointer
sonde_tree_selection_dup_item (GtkMultiSelection *selection, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (selection), position);

  if (item != NULL && GTK_IS_TREE_LIST_ROW (item))
    return gtk_tree_list_row_get_item (GTK_TREE_LIST_ROW (item));
  return g_steal_pointer (&item);
}

GPtrArray *
sonde_tree_selection_dup_selected (GtkMultiSelection *selection)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected
      = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (selection));

  for (guint i = 0; i < gtk_bitset_get_size (selected); i++)
    {
      gpointer item = sonde_tree_selection_dup_item (selection, gtk_bitset_get_nth (selected, i));

      if (item != NULL)
        g_ptr_array_add (items, item);
    }
  return items;
}

gpointer
sonde_tree_selection_dup_first (GtkMultiSelection *selection)
{
  g_autoptr (GtkBitset) selected
      = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (selection));

  return gtk_bitset_is_empty (selected)
             ? NULL
             : sonde_tree_selection_dup_item (selection, gtk_bitset_get_minimum (selected));
}

void
sonde_tree_selection_point_at (GtkMultiSelection *selection, gpointer item)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (selection)); i++)
    {
      g_autoptr (GObject) other = sonde_tree_selection_dup_item (selection, i);

      if ((gpointer) other != item)
        continue;
      if (!gtk_selection_model_is_selected (model, i))
        gtk_selection_model_select_item (model, i, TRUE);
      return;
    }
}

void
sonde_tree_selection_point_at_position (GtkMultiSelection *selection, guint position)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);

  if (!gtk_selection_model_is_selected (model, position))
    gtk_selection_model_select_item (model, position, TRUE);
}
