/* devices-page.h: every board, and the address to put into firmware */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

#define SONDE_TYPE_DEVICES_PAGE (sonde_devices_page_get_type ())
G_DECLARE_FINAL_TYPE (SondeDevicesPage, sonde_devices_page, SONDE, DEVICES_PAGE, GtkBox)

/** sonde_devices_page_new: keeps a reference on @workbench. Main thread. */
GtkWidget *sonde_devices_page_new (SondeWorkbench *workbench);
/** sonde_devices_page_update_url: after the workbench began to listen. */
void sonde_devices_page_update_url (SondeDevicesPage *self);
/** sonde_devices_page_set_narrow: drops the columns Address, Up and Rate. */
void sonde_devices_page_set_narrow (SondeDevicesPage *self, gboolean is_narrow);
