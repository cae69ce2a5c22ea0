/* symbol-tree.c: very many rows, made known to a list in steps; of a tree they open */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/symbol-tree.h"

/* Roots that get their nodes together: a fraction of a millisecond, and few blocks to step over. */
#define BLOCK_SIZE 1024
/* A list view makes 200 rows at most; those of a step take less than a frame. */
#define STEP_ROWS 16
#define ALL_ROWS 224
#define STEP_MS 17

typedef struct
{
  SondeSymbolTree *tree;
  GtkTreeListModel *rows; /* owned; NULL while nobody looked at it: then one row a root */
  guint n;                /* rows */
} Block;

struct _SondeSymbolTree
{
  GObject parent_instance;
  GListModel *roots;                               /* owned */
  GtkTreeListModelCreateModelFunc create_children; /* NULL: flat */
  Block *blocks;
  guint n_blocks;
  guint n;        /* rows */
  guint n_hidden; /* of these, at the end: not yet known */
  guint step_id;
};

static void
on_block_changed (GListModel *rows, guint position, guint removed, guint added, Block *block)
{
  SondeSymbolTree *self = block->tree;

  block->n += added - removed;
  self->n += added - removed;
  for (const Block *before = self->blocks; before < block; before++)
    position += before->n;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* --- Blocks ----------------------------------------------------------------------------------- */

static void
drop_blocks (SondeSymbolTree *self)
{
  for (guint i = 0; i < self->n_blocks; i++)
    {
      Block *block = &self->blocks[i];

      if (block->rows == NULL)
        continue;
      g_signal_handlers_disconnect_by_data (block->rows, block);
      g_object_unref (block->rows);
    }
  g_clear_pointer (&self->blocks, g_free);
  self->n_blocks = self->n = self->n_hidden = 0;
}

static void
make_blocks (SondeSymbolTree *self)
{
  self->n = g_list_model_get_n_items (self->roots);
  self->n_blocks = self->create_children != NULL ? (self->n + BLOCK_SIZE - 1) / BLOCK_SIZE : 0;
  self->blocks = g_new0 (Block, self->n_blocks);
  for (guint i = 0; i < self->n_blocks; i++)
    {
      self->blocks[i].tree = self;
      self->blocks[i].n = MIN (BLOCK_SIZE, self->n - i * BLOCK_SIZE);
    }
}

/* A part of the roots, which leaves with them: it hears of a change after the tree, if at all. */
static void
open_block (SondeSymbolTree *self, Block *block)
{
  const guint first = (guint) (block - self->blocks) * BLOCK_SIZE;
  GtkSliceListModel *part
      = gtk_slice_list_model_new (g_object_ref (self->roots), first, BLOCK_SIZE);

  block->rows = gtk_tree_list_model_new (G_LIST_MODEL (part), FALSE, FALSE, self->create_children,
                                         NULL, NULL);
  g_signal_connect (block->rows, "items-changed", G_CALLBACK (on_block_changed), block);
}

/* --- Steps ------------------------------------------------------------------------------------ */

static void
reveal (SondeSymbolTree *self, guint n)
{
  const guint position = self->n - self->n_hidden;

  self->n_hidden -= n;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
}

static gboolean
on_step (gpointer data)
{
  SondeSymbolTree *self = data;
  const gboolean is_last = self->n_hidden <= STEP_ROWS || self->n - self->n_hidden >= ALL_ROWS;

  if (is_last)
    self->step_id = 0;
  reveal (self, is_last ? self->n_hidden : STEP_ROWS);
  return is_last ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
start_steps (SondeSymbolTree *self)
{
  if (self->n <= STEP_ROWS)
    return;
  self->n_hidden = self->n - STEP_ROWS;
  self->step_id = g_timeout_add (STEP_MS, on_step, self);
}

/* Rows that change beside others keep their place on the screen: then all stay known. */
static void
on_roots_changed (GListModel *roots, guint position, guint removed, guint added,
                  SondeSymbolTree *self)
{
  const guint n_before = self->n - self->n_hidden;
  const gboolean is_other = added == g_list_model_get_n_items (roots);

  g_clear_handle_id (&self->step_id, g_source_remove);
  drop_blocks (self);
  make_blocks (self);
  if (is_other)
    start_steps (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n - self->n_hidden);
}

/* --- As a list -------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  SondeSymbolTree *self = SONDE_SYMBOL_TREE (model);

  return self->create_children != NULL ? GTK_TYPE_TREE_LIST_ROW
                                       : g_list_model_get_item_type (self->roots);
}

static guint
get_n_items (GListModel *model)
{
  SondeSymbolTree *self = SONDE_SYMBOL_TREE (model);

  return self->n - self->n_hidden;
}

static gpointer
get_item (GListModel *model, guint position)
{
  SondeSymbolTree *self = SONDE_SYMBOL_TREE (model);
  Block *block = self->blocks;

  if (position >= self->n - self->n_hidden)
    return NULL;
  if (self->create_children == NULL)
    return g_list_model_get_item (self->roots, position);
  for (; position >= block->n; block++)
    position -= block->n;
  if (block->rows == NULL)
    open_block (self, block);
  return g_list_model_get_item (G_LIST_MODEL (block->rows), position);
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeSymbolTree, sonde_symbol_tree, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

guint
sonde_symbol_tree_get_position (SondeSymbolTree *self, guint root)
{
  const guint number = root / BLOCK_SIZE;
  guint position = 0;

  if (self->n_hidden > 0)
    {
      g_clear_handle_id (&self->step_id, g_source_remove);
      reveal (self, self->n_hidden);
    }
  if (number >= self->n_blocks)
    return root;
  for (guint i = 0; i < number; i++)
    position += self->blocks[i].n;
  if (self->blocks[number].rows == NULL)
    return position + root % BLOCK_SIZE;

  g_autoptr (GtkTreeListRow) row
      = gtk_tree_list_model_get_child_row (self->blocks[number].rows, root % BLOCK_SIZE);

  return position + (row != NULL ? gtk_tree_list_row_get_position (row) : 0);
}

/* --- The object ------------------------------------------------------------------------------- */

static void
sonde_symbol_tree_finalize (GObject *object)
{
  SondeSymbolTree *self = SONDE_SYMBOL_TREE (object);

  g_clear_handle_id (&self->step_id, g_source_remove);
  drop_blocks (self);
  g_object_unref (self->roots);
  G_OBJECT_CLASS (sonde_symbol_tree_parent_class)->finalize (object);
}

static void
sonde_symbol_tree_class_init (SondeSymbolTreeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_symbol_tree_finalize;
}

static void
sonde_symbol_tree_init (SondeSymbolTree *self)
{
}

SondeSymbolTree *
sonde_symbol_tree_new (GListModel *roots, GtkTreeListModelCreateModelFunc create_children)
{
  SondeSymbolTree *self = g_object_new (SONDE_TYPE_SYMBOL_TREE, NULL);

  self->roots = roots;
  self->create_children = create_children;
  g_signal_connect_object (roots, "items-changed", G_CALLBACK (on_roots_changed), self, 0);
  make_blocks (self);
  start_steps (self);
  return self;
}
