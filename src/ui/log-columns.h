/* log-columns.h: the columns of the log console: time, board, level, tag, text */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

/* A click on a tag. */
typedef void (*SondeLogTagFunc) (const char *tag, gpointer user_data);

/** sonde_log_columns_add: to an empty @view whose model holds SondeLogRow; hides its header.
 * Addresses of code in lines in view are followed by what lies there. */
void sonde_log_columns_add (GtkColumnView *view, SondeWorkbench *workbench, SondeLogTagFunc on_tag,
                            gpointer user_data);
