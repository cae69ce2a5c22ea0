/* width-bin.h: a container that lets the window shrink and tells how wide it has become */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Asks for little itself, so that a window may become smaller than its present layout; the layout
 * then follows. Signal "resized" (int width, int height): after the frame in which the size
 * changed. */
#define SONDE_TYPE_WIDTH_BIN (sonde_width_bin_get_type ())
G_DECLARE_FINAL_TYPE (SondeWidthBin, sonde_width_bin, SONDE, WIDTH_BIN, GtkWidget)

void sonde_width_bin_set_child (SondeWidthBin *self, GtkWidget *child);
/** sonde_width_bin_get_wish: the least width that the child asks for in its present layout. */
int sonde_width_bin_get_wish (SondeWidthBin *self);
