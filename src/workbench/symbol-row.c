/* symbol-row.c: one row of the symbol browser, and the model of what is below it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/symbol-row.h"

#include <string.h>

struct _SondeSymbolRow
{
  GObject parent_instance;
  SondeVariable *variable;
  gsize label_start;
  guint64 match;
};

G_DEFINE_FINAL_TYPE (SondeSymbolRow, sonde_symbol_row, G_TYPE_OBJECT)

/* Members or elements of one row: an array of a million elements costs nothing until it is looked
 * at. */
#define SONDE_TYPE_SYMBOL_CHILDREN (sonde_symbol_children_get_type ())
G_DECLARE_FINAL_TYPE (SondeSymbolChildren, sonde_symbol_children, SONDE, SYMBOL_CHILDREN, GObject)

struct _SondeSymbolChildren
{
  GObject parent_instance;
  SondeVariable *variable;
};

static GType
get_item_type (GListModel *model)
{
  return SONDE_TYPE_SYMBOL_ROW;
}

static guint
get_n_items (GListModel *model)
{
  SondeSymbolChildren *self = SONDE_SYMBOL_CHILDREN (model);

  return (guint) MIN (sonde_variable_get_n_children (self->variable), G_MAXINT32);
}

static gpointer
get_item (GListModel *model, guint position)
{
  SondeSymbolChildren *self = SONDE_SYMBOL_CHILDREN (model);
  SondeVariable *child = sonde_variable_dup_child (self->variable, position);
  const char *parent_path = sonde_variable_get_path (self->variable);
  gsize start = strlen (parent_path);

  if (child == NULL)
    return NULL;
  if (sonde_variable_get_path (child)[start] == '.')
    start++;
  return sonde_symbol_row_new (child, start, 0);
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
  sonde_variable_unref (SONDE_SYMBOL_CHILDREN (object)->variable);
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

static void
sonde_symbol_row_finalize (GObject *object)
{
  sonde_variable_unref (SONDE_SYMBOL_ROW (object)->variable);
  G_OBJECT_CLASS (sonde_symbol_row_parent_class)->finalize (object);
}

static void
sonde_symbol_row_class_init (SondeSymbolRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_symbol_row_finalize;
}

static void
sonde_symbol_row_init (SondeSymbolRow *self)
{
}

SondeSymbolRow *
sonde_symbol_row_new (SondeVariable *variable, gsize label_start, guint64 match)
{
  SondeSymbolRow *self = g_object_new (SONDE_TYPE_SYMBOL_ROW, NULL);

  self->variable = variable;
  self->label_start = MIN (label_start, strlen (sonde_variable_get_path (variable)));
  self->match = match;
  return self;
}

const char *
sonde_symbol_row_get_path (SondeSymbolRow *self)
{
  return sonde_variable_get_path (self->variable);
}

const char *
sonde_symbol_row_get_label (SondeSymbolRow *self)
{
  return sonde_variable_get_path (self->variable) + self->label_start;
}

SondeVariable *
sonde_symbol_row_get_variable (SondeSymbolRow *self)
{
  return self->variable;
}

guint64
sonde_symbol_row_get_match (SondeSymbolRow *self)
{
  return self->match;
}

GListModel *
sonde_symbol_row_create_children (SondeSymbolRow *self)
{
  SondeSymbolChildren *children = NULL;

  if (sonde_variable_get_n_children (self->variable) == 0)
    return NULL;
  children = g_object_new (SONDE_TYPE_SYMBOL_CHILDREN, NULL);
  children->variable = sonde_variable_ref (self->variable);
  return G_LIST_MODEL (children);
}
