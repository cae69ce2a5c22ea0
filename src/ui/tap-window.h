/* tap-window.h: the raw messages of one board, as they go over the wire */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/workbench.h"

#define SONDE_TYPE_TAP_WINDOW (sonde_tap_window_get_type ())
G_DECLARE_FINAL_TYPE (SondeTapWindow, sonde_tap_window, SONDE, TAP_WINDOW, AdwWindow)

/** sonde_tap_window_new: taps @device until the window is closed. */
GtkWidget *sonde_tap_window_new (SondeWorkbench *workbench, const char *device);
