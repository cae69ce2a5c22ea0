/* window.h: the window: header, notices, pages, and the one door for files */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/workbench.h"

/* Signal "first-frame": once, after the window was drawn for the first time. */
#define SONDE_TYPE_WINDOW (sonde_window_get_type ())
G_DECLARE_FINAL_TYPE (SondeWindow, sonde_window, SONDE, WINDOW, AdwApplicationWindow)

SondeWindow *sonde_window_new (GtkApplication *application, SondeWorkbench *workbench);
/** sonde_window_keep_size: takes the size of the settings, and leaves its last one there. */
void sonde_window_keep_size (SondeWindow *self);
/** sonde_window_listen: @address NULL: as the settings say. What fails is a banner. Does then what
 * was asked for before (demo). */
void sonde_window_listen (SondeWindow *self, const char *address, guint port);
/** sonde_window_open_files: (element-type GFile): what the command line, a drop, the file chooser
 * and the recent list hand over. Judged by first bytes, never by name. */
void sonde_window_open_files (SondeWindow *self, GListModel *files);
/** sonde_window_start_demo: a simulated board, its ELF, six watches, a plot. */
void sonde_window_start_demo (SondeWindow *self);
/** sonde_window_show_page: "monitor", "logs", "devices". */
void sonde_window_show_page (SondeWindow *self, const char *page);
