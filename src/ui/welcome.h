/* welcome.h: what stands in the window before there is anything to watch */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/recent-files.h"

/* Activates win.open, win.open-path and app.demo. */
#define SONDE_TYPE_WELCOME (sonde_welcome_get_type ())
G_DECLARE_FINAL_TYPE (SondeWelcome, sonde_welcome, SONDE, WELCOME, GtkWidget)

void sonde_welcome_show_recent (SondeWelcome *self, SondeRecentFiles *recent);
