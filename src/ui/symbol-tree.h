/* symbol-tree.h: very many rows, made known to a list in steps; of a tree they open */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A GListModel of GtkTreeListRow as GtkTreeListModel is one; that keeps something for each root
 * from the start, this for the roots near those that somebody looked at. So a change of all of half
 * a million roots costs next to nothing.
 *
 * A list view makes some two hundred rows at once, however few fit on the screen, which takes
 * longer than a frame may. So at first, and when all roots change, the first are there at once,
 * some more in each of the next frames, and then all of the rest.
 *
 * gtk_tree_list_row_get_position() of its rows counts from somewhere: only the distance of a row to
 * a row above it, which opened into it, means something. */
#define SONDE_TYPE_SYMBOL_TREE (sonde_symbol_tree_get_type ())
G_DECLARE_FINAL_TYPE (SondeSymbolTree, sonde_symbol_tree, SONDE, SYMBOL_TREE, GObject)

/** sonde_symbol_tree_new: takes @roots. @create_children: (nullable): as of GtkTreeListModel,
 * without data; no row is open at first, nor after @roots changed. NULL: a flat list, of the items
 * of @roots themselves. */
SondeSymbolTree *sonde_symbol_tree_new (GListModel *roots,
                                        GtkTreeListModelCreateModelFunc create_children);
/** sonde_symbol_tree_get_position: where root @root stands, below all rows that are open above;
 * makes all rows known. */
guint sonde_symbol_tree_get_position (SondeSymbolTree *self, guint root);
