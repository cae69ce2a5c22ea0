/* log-page.h: the log console: what the program and the boards say, and a box to say something to a
 * board */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

#define SONDE_TYPE_LOG_PAGE (sonde_log_page_get_type ())
G_DECLARE_FINAL_TYPE (SondeLogPage, sonde_log_page, SONDE, LOG_PAGE, GtkBox)

/** sonde_log_page_new: keeps a reference on @workbench. Main thread. */
GtkWidget *sonde_log_page_new (SondeWorkbench *workbench);
/** sonde_log_page_show_device: only the lines of @device, and the send box speaks to it. */
void sonde_log_page_show_device (SondeLogPage *self, const char *device);
