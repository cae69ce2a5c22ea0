/* symbol-children.h: a list whose rows are made by their owner when somebody looks at them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A GListModel of GObjects; never changes. */
#define SONDE_TYPE_SYMBOL_CHILDREN (sonde_symbol_children_get_type ())
G_DECLARE_FINAL_TYPE (SondeSymbolChildren, sonde_symbol_children, SONDE, SYMBOL_CHILDREN, GObject)

/* (transfer full) (nullable) */
typedef gpointer (*SondeMakeRow) (gpointer owner, guint position);

/** sonde_symbol_children_new: holds @owner, which makes the @n rows. */
GListModel *sonde_symbol_children_new (GObject *owner, SondeMakeRow make_row, guint n);
