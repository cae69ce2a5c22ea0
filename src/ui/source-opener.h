/* source-opener.h: a line of source in the person's editor */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * sonde_source_opener_open:
 * @settings: (nullable): "editor-command" with %f and %l; empty: what the desktop opens such files
 * with
 * @path: as the compiler wrote it; only ever on a person's click
 *
 * Returns: FALSE and @error where there is no such file here, or nothing opens it
 */
gboolean sonde_source_opener_open (GSettings *settings, const char *path, guint line,
                                   GError **error);
/** sonde_source_opener_make_command: (transfer full): the arguments of @command with the file and
 * line in their places; no shell reads them. NULL and @error where quotes are not closed. */
char **sonde_source_opener_make_command (const char *command, const char *path, guint line,
                                         GError **error);
