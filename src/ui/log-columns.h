/* log-columns.h: the columns of the log console: time, board, level, tag, text */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A click on a tag. */
typedef void (*SondeLogTagFunc) (const char *tag, gpointer user_data);

/** sonde_log_columns_add: to an empty @view whose model holds SondeLogRow; hides its header. */
void sonde_log_columns_add (GtkColumnView *view, SondeLogTagFunc on_tag, gpointer user_data);
