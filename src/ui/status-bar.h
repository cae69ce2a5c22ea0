/* status-bar.h: the line below the monitor: board, round trip, samples, losses, history */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

#define SONDE_TYPE_STATUS_BAR (sonde_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (SondeStatusBar, sonde_status_bar, SONDE, STATUS_BAR, GtkWidget)

void sonde_status_bar_set_workbench (SondeStatusBar *self, SondeWorkbench *workbench);
/** sonde_status_bar_update: now; it does so itself a few times a second. */
void sonde_status_bar_update (SondeStatusBar *self);
