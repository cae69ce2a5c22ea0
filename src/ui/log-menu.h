/* log-menu.h: what can be done with one line of the log: copied, its places opened */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

/** sonde_log_menu_popup: over @cell, at @x, @y in it. */
void sonde_log_menu_popup (GtkWidget *cell, const SondeLogLine *line, SondeWorkbench *workbench,
                           double x, double y);
