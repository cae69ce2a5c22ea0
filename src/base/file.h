/* file.h: files that are there whole or not at all */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * sonde_file_replace:
 * @mode: of the new file: 0600, 0644; the umask has no part in it
 *
 * Writes beside @path, makes sure that it is on the disk, and renames it. A reader sees the old
 * content or the new, and so does whoever looks after a power cut. Blocks for as long as the disk
 * takes. Any thread.
 *
 * Returns: FALSE and a GIOError; what was there before is then untouched
 */
gboolean sonde_file_replace (const char *path, const void *data, gsize size, guint mode,
                             GError **error);
