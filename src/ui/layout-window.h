/* layout-window.h: where the members of a struct lie, holes included */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "types/type-layout.h"

/** sonde_layout_window_show: over the window of @parent: of @type, or of what an array of it holds;
 * nothing where that is no struct. Nested ones open. */
void sonde_layout_window_show (GtkWidget *parent, SondeType *type, int byte_order);
