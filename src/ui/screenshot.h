/* screenshot.h: a picture of a window, drawn by its own renderer */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* @error: NULL when the picture is saved. */
typedef void (*SondeScreenshotDone) (const GError *error, gpointer user_data);

/** sonde_screenshot_take: after the next frame that is whole. Popovers are not part of it. */
void sonde_screenshot_take (GtkWidget *widget, const char *path, SondeScreenshotDone done,
                            gpointer user_data);
