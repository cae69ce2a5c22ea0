/* file-opener.h: the one door for files: judges them, hands ELF files on, remembers them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/recent-files.h"
#include "workbench/workbench.h"

/* Signals:
 *   "accepted"                       an ELF file was handed to the workbench
 *   "refused" (const char *reason)   one sentence
 *   "recent-changed"                 list and menu
 */
#define SONDE_TYPE_FILE_OPENER (sonde_file_opener_get_type ())
G_DECLARE_FINAL_TYPE (SondeFileOpener, sonde_file_opener, SONDE, FILE_OPENER, GObject)

SondeFileOpener *sonde_file_opener_new (SondeWorkbench *workbench);
/** sonde_file_opener_open: (element-type GFile): judged by first bytes, never by name. */
void sonde_file_opener_open (SondeFileOpener *self, GListModel *files);
void sonde_file_opener_open_path (SondeFileOpener *self, const char *path);
SondeRecentFiles *sonde_file_opener_get_recent (SondeFileOpener *self);
void sonde_file_opener_clear_recent (SondeFileOpener *self);
/** sonde_file_opener_get_menu: (transfer none): items activate win.open-path, win.clear-recent and
 * win.open. */
GMenuModel *sonde_file_opener_get_menu (SondeFileOpener *self);
