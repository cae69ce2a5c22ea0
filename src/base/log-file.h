/* log-file.h: a text file that is set aside when it is full: NAME, NAME.1 (the newest) and so on */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Owned struct, knows no thread. Several processes may write into the same files. */
typedef struct _SondeLogFile SondeLogFile;

/**
 * sonde_log_file_open:
 * @directory: made where it is missing, 0700; files are 0600
 * @n_files: the one written into and those set aside
 */
SondeLogFile *sonde_log_file_open (const char *directory, const char *name, gsize max_bytes,
                                   guint n_files, GError **error);
void sonde_log_file_free (SondeLogFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeLogFile, sonde_log_file_free)

/** sonde_log_file_write: whole lines, at once. */
gboolean sonde_log_file_write (SondeLogFile *self, const char *text, gsize size, GError **error);
