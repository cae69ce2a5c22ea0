/* symbol-row.h: one row of the symbol browser */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "types/variable.h"

/* Main thread; made in get_item, immutable. */
#define SONDE_TYPE_SYMBOL_ROW (sonde_symbol_row_get_type ())
G_DECLARE_FINAL_TYPE (SondeSymbolRow, sonde_symbol_row, SONDE, SYMBOL_ROW, GObject)

/** sonde_symbol_row_new: takes @variable. @label_start: where in its path the label begins. @match:
 * bytes of the label that a search matched. */
SondeSymbolRow *sonde_symbol_row_new (SondeVariable *variable, gsize label_start, guint64 match);
const char *sonde_symbol_row_get_path (SondeSymbolRow *self);
/** sonde_symbol_row_get_label: what the row shows: the last step of the path below a parent, else
 * all of it. */
const char *sonde_symbol_row_get_label (SondeSymbolRow *self);
SondeVariable *sonde_symbol_row_get_variable (SondeSymbolRow *self); /* (transfer none) */
/** sonde_symbol_row_get_match: bytes of the label that the search matched, first 64. */
guint64 sonde_symbol_row_get_match (SondeSymbolRow *self);
/** sonde_symbol_row_create_children: (transfer full) (nullable): NULL for leaves; for
 * GtkTreeListModel. */
GListModel *sonde_symbol_row_create_children (SondeSymbolRow *self);
