/* device-button.h: the header's menu of boards, with the dot and name of the active one */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

/* Hidden while there is no board. Its menu activates win.device and win.page. */
#define SONDE_TYPE_DEVICE_BUTTON (sonde_device_button_get_type ())
G_DECLARE_FINAL_TYPE (SondeDeviceButton, sonde_device_button, SONDE, DEVICE_BUTTON, GtkWidget)

void sonde_device_button_set_workbench (SondeDeviceButton *self, SondeWorkbench *workbench);
/** sonde_device_button_set_compact: the dot alone; the name is in the status bar. */
void sonde_device_button_set_compact (SondeDeviceButton *self, gboolean is_compact);
/** sonde_device_dot_class: style class of a dot for @row: "on", "warn", "lost", "" without one. */
const char *sonde_device_dot_class (SondeDeviceRow *row);
