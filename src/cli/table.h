/* table.h: name, value, unit; redrawn in place on a terminal */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/output.h"

/* Owned struct. */
typedef struct _SondeTable SondeTable;

/** sonde_table_new: @output is borrowed. @has_colour: the head is bold. */
SondeTable *sonde_table_new (SondeOutput *output, gboolean has_colour);
void sonde_table_free (SondeTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeTable, sonde_table_free)
/** sonde_table_add_row: returns its index. Texts must be safe for a terminal. */
guint sonde_table_add_row (SondeTable *self, const char *name, const char *unit);
void sonde_table_set_value (SondeTable *self, guint row, const char *text);
/**
 * sonde_table_draw:
 *
 * On a terminal in place of the last one, cut to its size; elsewhere whole, with an empty line
 * between two.
 */
void sonde_table_draw (SondeTable *self);
