/* tab-out.h: Tab leaves a long list instead of walking through all of its rows */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/** sonde_tab_out_add: arrows move inside @list, Tab and Shift+Tab go to what stands around it. */
void sonde_tab_out_add (GtkWidget *list);
