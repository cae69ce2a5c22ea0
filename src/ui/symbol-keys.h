/* symbol-keys.h: keys of a list of symbols that its rows do not know */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/symbol-actions.h"

/** sonde_symbol_keys_add: @list: a GtkListView or GtkColumnView: Space ticks, Left and Right close
 * and open, Ctrl+C copies, Menu and Shift+F10 open the menu. */
void sonde_symbol_keys_add (GtkWidget *list, SondeSymbolActions *actions);
/** sonde_symbol_keys_focus: the keyboard to the selected row, else to the first, which is selected
 * then. */
void sonde_symbol_keys_focus (GtkWidget *list);
/** sonde_symbol_keys_reveal: selects the row at @position alone and scrolls to it. */
void sonde_symbol_keys_reveal (GtkWidget *list, guint position);
