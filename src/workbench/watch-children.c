/* watch-children.c: the rows below a watched struct, array or pointer */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/watch-children.h"

#define MAX_KEPT_ROWS 256

struct _SondeWatchChildren
{
  GObject parent_instance;
  SondeVariable *variable;
  const SondeWatchChildKind *kind;
  gpointer user_data;
  guint n;
  GHashTable *rows; /* position -> row, weak */
  GPtrArray *kept;  /* strong, when there are few */
};

/* Nothing is read for it, so that a list may go in a circle: each row opens by itself. */
static SondeVariable *
dup_opened (SondeVariable *variable)
{
  SondeVariable *target = sonde_variable_dup_target (variable);

  return target != NULL ? target : sonde_variable_ref (variable);
}

static guint
count_children (SondeVariable *variable)
{
  g_autoptr (SondeVariable) opened = dup_opened (variable);

  if (sonde_variable_is_leaf (opened))
    return opened == variable ? 0 : 1;
  return (guint) MIN (sonde_variable_get_n_children (opened), G_MAXINT32);
}

static SondeVariable *
dup_child (SondeVariable *variable, guint position)
{
  g_autoptr (SondeVariable) opened = dup_opened (variable);

  return sonde_variable_is_leaf (opened) ? g_steal_pointer (&opened)
                                         : sonde_variable_dup_child (opened, position);
}

gboolean
sonde_watch_children_can_open (SondeVariable *variable)
{
  return count_children (variable) > 0;
}

static GType
get_item_type (GListModel *model)
{
  return SONDE_WATCH_CHILDREN (model)->kind->type;
}

static guint
get_n_items (GListModel *model)
{
  return SONDE_WATCH_CHILDREN (model)->n;
}

static gboolean
is_this_object (gpointer key, gpointer value, gpointer user_data)
{
  return value == user_data;
}

static void
on_row_gone (gpointer user_data, GObject *where_it_was)
{
  SondeWatchChildren *self = user_data;

  g_hash_table_foreach_remove (self->rows, is_this_object, where_it_was);
}

static gpointer
get_item (GListModel *model, guint position)
{
  SondeWatchChildren *self = SONDE_WATCH_CHILDREN (model);
  gpointer row = NULL;
  g_autoptr (SondeVariable) child = NULL;

  if (position >= self->n)
    return NULL;
  row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
  if (row != NULL)
    return g_object_ref (row);
  child = dup_child (self->variable, position);
  if (child == NULL)
    return NULL;
  row = self->kind->make (child, self->user_data);
  g_hash_table_insert (self->rows, GUINT_TO_POINTER (position), row);
  g_object_weak_ref (row, on_row_gone, self);
  if (self->n <= MAX_KEPT_ROWS)
    g_ptr_array_add (self->kept, g_object_ref (row));
  return row;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeWatchChildren, sonde_watch_children, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
forget_rows (SondeWatchChildren *self)
{
  GHashTableIter iter;
  gpointer row = NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      g_object_weak_unref (row, on_row_gone, self);
      self->kind->detach (row);
    }
  g_hash_table_remove_all (self->rows);
  g_ptr_array_set_size (self->kept, 0);
}

static void
sonde_watch_children_finalize (GObject *object)
{
  SondeWatchChildren *self = SONDE_WATCH_CHILDREN (object);

  forget_rows (self);
  g_hash_table_unref (self->rows);
  g_ptr_array_unref (self->kept);
  sonde_variable_unref (self->variable);
  G_OBJECT_CLASS (sonde_watch_children_parent_class)->finalize (object);
}

static void
sonde_watch_children_class_init (SondeWatchChildrenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_watch_children_finalize;
}

static void
sonde_watch_children_init (SondeWatchChildren *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
}

SondeWatchChildren *
sonde_watch_children_new (SondeVariable *variable, const SondeWatchChildKind *kind,
                          gpointer user_data)
{
  SondeWatchChildren *self = g_object_new (SONDE_TYPE_WATCH_CHILDREN, NULL);

  self->variable = sonde_variable_ref (variable);
  self->kind = kind;
  self->user_data = user_data;
  self->n = count_children (variable);
  return self;
}

void
sonde_watch_children_close (SondeWatchChildren *self)
{
  guint n = self->n;

  forget_rows (self);
  self->n = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

static gboolean
is_same_shape (SondeVariable *a, SondeVariable *b)
{
  return g_strcmp0 (sonde_type_get_name (sonde_variable_get_type (a)),
                    sonde_type_get_name (sonde_variable_get_type (b)))
             == 0
         && count_children (a) == count_children (b);
}

gboolean
sonde_watch_children_move (SondeWatchChildren *self, SondeVariable *variable,
                           void (*func) (gpointer row, SondeVariable *child))
{
  g_autoptr (GHashTable) rows = NULL;
  GHashTableIter iter;
  gpointer position = NULL, row = NULL;

  if (!is_same_shape (self->variable, variable))
    return FALSE;
  sonde_variable_ref (variable);
  sonde_variable_unref (self->variable);
  self->variable = variable;
  /* Moving a row may let go of another one. */
  rows = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &position, &row))
    g_hash_table_insert (rows, position, g_object_ref (row));
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &position, &row))
    {
      g_autoptr (SondeVariable) child = dup_child (variable, GPOINTER_TO_UINT (position));

      if (child != NULL)
        func (row, child);
    }
  return TRUE;
}

void
sonde_watch_children_foreach (SondeWatchChildren *self, GFunc func, gpointer user_data)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer row = NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (rows, g_object_ref (row));
  g_ptr_array_foreach (rows, func, user_data);
}
