/* symbol-row.h: one row of the symbol browser */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "workbench/symbol-index.h"

/* A variable, a range of an array's elements, or a function. Main thread; made in get_item,
 * immutable. */
#define SONDE_TYPE_SYMBOL_ROW (sonde_symbol_row_get_type ())
G_DECLARE_FINAL_TYPE (SondeSymbolRow, sonde_symbol_row, SONDE, SYMBOL_ROW, GObject)

/* Elements of one array that stand in one row; larger arrays open into ranges. */
#define SONDE_SYMBOL_RANGE 100

/** sonde_symbol_row_new: takes @variable. @root: its root in @table. @match: bytes of the path that
 * a search matched. */
SondeSymbolRow *sonde_symbol_row_new (SondeSymbolTable *table, guint root, SondeVariable *variable,
                                      guint64 match);
/** sonde_symbol_row_new_function: texts of @item are @table's. */
SondeSymbolRow *sonde_symbol_row_new_function (SondeSymbolTable *table, const SondeSymbolItem *item,
                                               guint64 match);
/** sonde_symbol_row_new_group: @variables: (element-type SondeVariable): a row of no variable, with
 * them below it. */
SondeSymbolRow *sonde_symbol_row_new_group (const char *label, GPtrArray *variables);
const char *sonde_symbol_row_get_path (SondeSymbolRow *self);
/** sonde_symbol_row_get_label: what the row shows: the last step of the path below a parent, else
 * all of it. */
const char *sonde_symbol_row_get_label (SondeSymbolRow *self);
/** sonde_symbol_row_get_variable: (transfer none) (nullable): of a range the array, of a function
 * NULL. */
SondeVariable *sonde_symbol_row_get_variable (SondeSymbolRow *self);
/** sonde_symbol_row_get_match: bytes of the label that the search matched, first 64. */
guint64 sonde_symbol_row_get_match (SondeSymbolRow *self);
/** sonde_symbol_row_is_leaf: one value, so it has a tick; it may still say why it cannot be polled.
 */
gboolean sonde_symbol_row_is_leaf (SondeSymbolRow *self);
/** sonde_symbol_row_get_why: (nullable): why it cannot be polled. */
const char *sonde_symbol_row_get_why (SondeSymbolRow *self);
const char *sonde_symbol_row_get_type_name (SondeSymbolRow *self);
const char *sonde_symbol_row_get_section (SondeSymbolRow *self); /* "" where unknown */
SondeSectionKind sonde_symbol_row_get_section_kind (SondeSymbolRow *self);
/** sonde_symbol_row_get_source: full path of the file it is declared in, "" where unknown. @line:
 * (out): 0 where unknown. */
const char *sonde_symbol_row_get_source (SondeSymbolRow *self, guint *line);
/** sonde_symbol_row_get_place: FALSE where it has no fixed address. */
gboolean sonde_symbol_row_get_place (SondeSymbolRow *self, guint64 *address, guint64 *size);
/** sonde_symbol_row_dup_tsv: (transfer full): path, type, address, size, section, file:line. */
char *sonde_symbol_row_dup_tsv (SondeSymbolRow *self);
/** sonde_symbol_row_create_children: (transfer full) (nullable): NULL for leaves; for
 * GtkTreeListModel. Costs nothing before a child is looked at, however large an array is. */
GListModel *sonde_symbol_row_create_children (SondeSymbolRow *self);
