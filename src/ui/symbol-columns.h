/* symbol-columns.h: the columns of the full view of symbols: tick, path, type, place, source */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/symbol-actions.h"

/* Owned struct, main thread. */
typedef struct _SondeSymbolColumns SondeSymbolColumns;
/* A title was clicked; NONE: no order any more. */
typedef void (*SondeSymbolSorted) (SondeSymbolColumn column, gboolean is_falling, gpointer data);

SondeSymbolColumns *sonde_symbol_columns_new (GtkColumnView *view, SondeSymbolActions *actions,
                                              SondeSymbolSorted sorted, gpointer data);
void sonde_symbol_columns_free (SondeSymbolColumns *self);
/** sonde_symbol_columns_set_narrow: section and source give way. */
void sonde_symbol_columns_set_narrow (SondeSymbolColumns *self, gboolean is_narrow);
/** sonde_symbol_columns_show_ticks: watches came or went. */
void sonde_symbol_columns_show_ticks (SondeSymbolColumns *self);
/** sonde_symbol_columns_find_position: where the row under @widget stands; FALSE where none is. */
gboolean sonde_symbol_columns_find_position (GtkWidget *widget, guint *position);
/** sonde_symbol_columns_forget_order: the arrows in the titles go. */
void sonde_symbol_columns_forget_order (SondeSymbolColumns *self);
/** sonde_symbol_columns_set_wide_addresses: room for addresses of more than 8 digits. */
void sonde_symbol_columns_set_wide_addresses (SondeSymbolColumns *self, gboolean is_wide);
