/* test-symbol-tree.c: very many rows: which are known, where they stand, what opens */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/symbol-tree.h"

#define N_ROOTS 5000

/* Two children each, "N/0" and "N/1", of which nothing opens. */
static GListModel *
create_children (gpointer item, gpointer user_data)
{
  const char *text = gtk_string_object_get_string (item);
  g_autofree char *first = g_strconcat (text, "/0", NULL), *second = g_strconcat (text, "/1", NULL);
  const char *const texts[] = { first, second, NULL };

  return strchr (text, '/') != NULL ? NULL : G_LIST_MODEL (gtk_string_list_new (texts));
}

static void
fill (GtkStringList *roots, guint n, const char *prefix)
{
  g_auto (GStrv) texts = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    texts[i] = g_strdup_printf ("%s%u", prefix, i);
  gtk_string_list_splice (roots, 0, g_list_model_get_n_items (G_LIST_MODEL (roots)),
                          (const char *const *) texts);
}

/* What a list view knows after each change: it must never differ from the model. */
typedef struct
{
  guint n, n_changes;
} Seen;

static void
on_changed (GListModel *model, guint position, guint removed, guint added, Seen *seen)
{
  g_assert_cmpuint (position + removed, <=, seen->n);
  seen->n += added - removed;
  seen->n_changes++;
  g_assert_cmpuint (seen->n, ==, g_list_model_get_n_items (model));
}

static void
wait_for (GListModel *tree, guint n)
{
  while (g_list_model_get_n_items (tree) < n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (tree), ==, n);
}

static SondeSymbolTree *
make_tree (guint n, GtkStringList **roots)
{
  SondeSymbolTree *tree;

  *roots = gtk_string_list_new (NULL);
  fill (*roots, n, "r");
  tree = sonde_symbol_tree_new (G_LIST_MODEL (g_object_ref (*roots)), create_children);
  wait_for (G_LIST_MODEL (tree), n);
  return tree;
}

static GtkTreeListRow *
dup_row (SondeSymbolTree *tree, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (tree), position);
}

static void
assert_text (SondeSymbolTree *tree, guint position, const char *expected)
{
  g_autoptr (GtkTreeListRow) row = dup_row (tree, position);
  g_autoptr (GtkStringObject) item = gtk_tree_list_row_get_item (row);

  g_assert_cmpstr (gtk_string_object_get_string (item), ==, expected);
}

static void
open_row (SondeSymbolTree *tree, guint position, gboolean is_open)
{
  g_autoptr (GtkTreeListRow) row = dup_row (tree, position);

  gtk_tree_list_row_set_expanded (row, is_open);
}

static void
test_rows_open_where_they_stand (void)
{
  g_autoptr (GtkStringList) roots = NULL;
  g_autoptr (SondeSymbolTree) tree = make_tree (N_ROOTS, &roots);
  Seen seen = { .n = N_ROOTS };

  g_signal_connect (tree, "items-changed", G_CALLBACK (on_changed), &seen);
  assert_text (tree, 4999, "r4999");
  open_row (tree, 3000, TRUE);
  open_row (tree, 10, TRUE);
  g_assert_cmpuint (seen.n, ==, N_ROOTS + 4);
  assert_text (tree, 12, "r10/1");
  assert_text (tree, 13, "r11");
  assert_text (tree, 3002, "r3000");
  assert_text (tree, 3004, "r3000/1");
  assert_text (tree, 5003, "r4999");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (tree), N_ROOTS + 4));
  open_row (tree, 10, FALSE);
  assert_text (tree, 3002, "r3000/1");
  g_assert_cmpuint (seen.n, ==, N_ROOTS + 2);
}

static void
test_position_counts_open_rows (void)
{
  g_autoptr (GtkStringList) roots = NULL;
  g_autoptr (SondeSymbolTree) tree = make_tree (N_ROOTS, &roots);
  g_autoptr (GtkTreeListRow) child = NULL;
  g_autoptr (GtkTreeListRow) parent = NULL;

  open_row (tree, 10, TRUE);
  g_assert_cmpuint (sonde_symbol_tree_get_position (tree, 10), ==, 10);
  g_assert_cmpuint (sonde_symbol_tree_get_position (tree, 11), ==, 13);
  g_assert_cmpuint (sonde_symbol_tree_get_position (tree, 4000), ==, 4002);
  open_row (tree, 4002, TRUE);
  g_assert_cmpuint (sonde_symbol_tree_get_position (tree, 4001), ==, 4005);
  child = dup_row (tree, 4004);
  parent = gtk_tree_list_row_get_parent (child);
  g_assert_cmpuint (
      gtk_tree_list_row_get_position (child) - gtk_tree_list_row_get_position (parent), ==, 2);
}

static void
test_other_roots_come_in_steps (void)
{
  g_autoptr (GtkStringList) roots = NULL;
  g_autoptr (SondeSymbolTree) tree = make_tree (10, &roots);
  Seen seen = { .n = 10 };
  guint n_first;

  g_signal_connect (tree, "items-changed", G_CALLBACK (on_changed), &seen);
  open_row (tree, 3, TRUE);
  fill (roots, N_ROOTS, "s");
  n_first = g_list_model_get_n_items (G_LIST_MODEL (tree));
  g_assert_cmpuint (n_first, >, 0);
  g_assert_cmpuint (n_first, <, 100);
  assert_text (tree, 3, "s3");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (tree), n_first));
  open_row (tree, 0, TRUE);
  wait_for (G_LIST_MODEL (tree), N_ROOTS + 2);
  assert_text (tree, N_ROOTS + 1, "s4999");
  g_assert_cmpuint (seen.n_changes, >, 4);
  g_assert_cmpuint (seen.n_changes, <, 40);
}

static void
test_steps_give_way (void)
{
  g_autoptr (GtkStringList) roots = NULL;
  g_autoptr (SondeSymbolTree) tree = make_tree (0, &roots);
  Seen seen = { 0 };

  g_signal_connect (tree, "items-changed", G_CALLBACK (on_changed), &seen);
  fill (roots, N_ROOTS, "s");
  fill (roots, 7, "t");
  g_assert_cmpuint (seen.n, ==, 7);
  assert_text (tree, 6, "t6");
  fill (roots, N_ROOTS, "u");
  g_assert_cmpuint (sonde_symbol_tree_get_position (tree, 4321), ==, 4321);
  g_assert_cmpuint (seen.n, ==, N_ROOTS);
  fill (roots, N_ROOTS, "v");
  /* Goes while its steps are still to come. */
}

static void
test_one_more_root_leaves_all_known (void)
{
  g_autoptr (GtkStringList) roots = NULL;
  g_autoptr (SondeSymbolTree) tree = make_tree (N_ROOTS, &roots);
  const char *const added[] = { "first", NULL };

  assert_text (tree, 2500, "r2500");
  gtk_string_list_splice (roots, 0, 0, added);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree)), ==, N_ROOTS + 1);
  assert_text (tree, 0, "first");
  assert_text (tree, N_ROOTS, "r4999");
}

static void
test_flat_list_has_the_items (void)
{
  g_autoptr (GtkStringList) roots = gtk_string_list_new (NULL);
  g_autoptr (SondeSymbolTree) flat
      = sonde_symbol_tree_new (G_LIST_MODEL (g_object_ref (roots)), NULL);
  g_autoptr (GtkStringObject) item = NULL;

  fill (roots, N_ROOTS, "f");
  wait_for (G_LIST_MODEL (flat), N_ROOTS);
  item = g_list_model_get_item (G_LIST_MODEL (flat), 4000);
  g_assert_cmpstr (gtk_string_object_get_string (item), ==, "f4000");
  g_assert_cmpuint (sonde_symbol_tree_get_position (flat, 4000), ==, 4000);
  g_assert_true (g_type_is_a (g_list_model_get_item_type (G_LIST_MODEL (flat)),
                              g_list_model_get_item_type (G_LIST_MODEL (roots))));
}

static void
test_old_rows_let_go (void)
{
  g_autoptr (GtkStringList) roots = NULL;
  g_autoptr (SondeSymbolTree) tree = make_tree (N_ROOTS, &roots);
  g_autoptr (GtkTreeListRow) row = dup_row (tree, 2000);

  fill (roots, N_ROOTS, "s");
  /* A cell may still hold it: it must not speak for a row of the new roots. */
  g_assert_null (gtk_tree_list_row_get_item (row));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/symbol-tree/open", test_rows_open_where_they_stand);
  g_test_add_func ("/ui/symbol-tree/position", test_position_counts_open_rows);
  g_test_add_func ("/ui/symbol-tree/steps", test_other_roots_come_in_steps);
  g_test_add_func ("/ui/symbol-tree/give-way", test_steps_give_way);
  g_test_add_func ("/ui/symbol-tree/one-more", test_one_more_root_leaves_all_known);
  g_test_add_func ("/ui/symbol-tree/flat", test_flat_list_has_the_items);
  g_test_add_func ("/ui/symbol-tree/old-rows", test_old_rows_let_go);
  return g_test_run ();
}
