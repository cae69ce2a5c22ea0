/* lazy-children.c: what is below a watched struct, asked for when the table opens it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lazy-children.h"

struct _SondeLazyChildren
{
  GObject parent_instance;
  SondeWatchRow *row;
  GListModel *children; /* NULL before the first look */
};

static GType
get_item_type (GListModel *model)
{
  return SONDE_TYPE_WATCH_ROW;
}

static GListModel *
look_inside (SondeLazyChildren *self)
{
  if (self->children == NULL)
    {
      self->children = sonde_watch_row_get_children (self->row);
      if (self->children != NULL)
        g_object_ref (self->children);
    }
  return self->children;
}

static guint
get_n_items (GListModel *model)
{
  GListModel *children = look_inside (SONDE_LAZY_CHILDREN (model));

  return children == NULL ? 0 : g_list_model_get_n_items (children);
}

static gpointer
get_item (GListModel *model, guint position)
{
  GListModel *children = look_inside (SONDE_LAZY_CHILDREN (model));

  return children == NULL ? NULL : g_list_model_get_item (children, position);
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeLazyChildren, sonde_lazy_children, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
sonde_lazy_children_finalize (GObject *object)
{
  SondeLazyChildren *self = SONDE_LAZY_CHILDREN (object);

  if (self->children != NULL)
    sonde_watch_row_close_children (self->row);
  g_clear_object (&self->children);
  g_clear_object (&self->row);
  G_OBJECT_CLASS (sonde_lazy_children_parent_class)->finalize (object);
}

static void
sonde_lazy_children_class_init (SondeLazyChildrenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_lazy_children_finalize;
}

static void
sonde_lazy_children_init (SondeLazyChildren *self)
{
}

GListModel *
sonde_lazy_children_new (SondeWatchRow *row)
{
  SondeLazyChildren *self;

  if (!sonde_watch_row_can_open (row))
    return NULL;
  self = g_object_new (SONDE_TYPE_LAZY_CHILDREN, NULL);
  self->row = g_object_ref (row);
  return G_LIST_MODEL (self);
}
