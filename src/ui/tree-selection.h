/* tree-selection.h: the items of a tree behind a selection */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* All for a selection over a GtkTreeListModel, whose rows wrap the items, or over the items
 * themselves. */
/** sonde_tree_selection_dup_item: (transfer full) (nullable). */
gpointer sonde_tree_selection_dup_item (GtkMultiSelection *selection, guint position);
/** sonde_tree_selection_dup_selected: (element-type GObject) (transfer full): from top to bottom.
 */
GPtrArray *sonde_tree_selection_dup_selected (GtkMultiSelection *selection);
/** sonde_tree_selection_dup_first: (transfer full) (nullable): the topmost selected item. */
gpointer sonde_tree_selection_dup_first (GtkMultiSelection *selection);
/** sonde_tree_selection_point_at: selects @item alone, unless it is selected already: what a click
 * of the menu button does. */
void sonde_tree_selection_point_at (GtkMultiSelection *selection, gpointer item);
/** sonde_tree_selection_point_at_position: likewise; for long lists, where looking for an item
 * would make all of them. */
void sonde_tree_selection_point_at_position (GtkMultiSelection *selection, guint position);
