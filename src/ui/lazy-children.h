/* lazy-children.h: what is below a watched struct, asked for when the table opens it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/watch-row.h"

/* A GListModel. A tree asks every row for its children only to draw an arrow; members must not be
 * polled for that. The row's children are asked for with the first look inside, and closed with
 * the last reference. */
#define SONDE_TYPE_LAZY_CHILDREN (sonde_lazy_children_get_type ())
G_DECLARE_FINAL_TYPE (SondeLazyChildren, sonde_lazy_children, SONDE, LAZY_CHILDREN, GObject)

/** sonde_lazy_children_new: (transfer full) (nullable): NULL for what does not open. */
GListModel *sonde_lazy_children_new (SondeWatchRow *row);
