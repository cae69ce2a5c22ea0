/* symbol-children.c: a list whose rows are made by their owner when somebody looks at them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/symbol-children.h"

struct _SondeSymbolChildren
{
  GObject parent_instance;
  GObject *owner; /* owned */
  SondeMakeRow make_row;
  guint n;
};

static GType
get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return SONDE_SYMBOL_CHILDREN (model)->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  SondeSymbolChildren *self = SONDE_SYMBOL_CHILDREN (model);

  return position < self->n ? self->make_row (self->owner, position) : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeSymbolChildren, sonde_symbol_children, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
sonde_symbol_children_finalize (GObject *object)
{
  g_object_unref (SONDE_SYMBOL_CHILDREN (object)->owner);
  G_OBJECT_CLASS (sonde_symbol_children_parent_class)->finalize (object);
}

static void
sonde_symbol_children_class_init (SondeSymbolChildrenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_symbol_children_finalize;
}

static void
sonde_symbol_children_init (SondeSymbolChildren *self)
{
}

GListModel *
sonde_symbol_children_new (GObject *owner, SondeMakeRow make_row, guint n)
{
  SondeSymbolChildren *self = g_object_new (SONDE_TYPE_SYMBOL_CHILDREN, NULL);

  self->owner = g_object_ref (owner);
  self->make_row = make_row;
  self->n = n;
  return G_LIST_MODEL (self);
}
