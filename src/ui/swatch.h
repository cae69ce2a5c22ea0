/* swatch.h: the line and marker of a trace, beside its name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/** sonde_swatch_new: 18 pixels wide. */
GtkWidget *sonde_swatch_new (void);
/** sonde_swatch_set_slot: colour slot 0..9; -1 is an empty outline. */
void sonde_swatch_set_slot (GtkWidget *swatch, int slot);
