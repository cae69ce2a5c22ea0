/* send-bar.h: a line of text or JSON for one board, with its history */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

#define SONDE_TYPE_SEND_BAR (sonde_send_bar_get_type ())
G_DECLARE_FINAL_TYPE (SondeSendBar, sonde_send_bar, SONDE, SEND_BAR, GtkBox)

/** sonde_send_bar_set_workbench: once; keeps a reference. */
void sonde_send_bar_set_workbench (SondeSendBar *self, SondeWorkbench *workbench);
/** sonde_send_bar_set_device: (nullable): whom to speak to; NULL: the active board. */
void sonde_send_bar_set_device (SondeSendBar *self, const char *device);
