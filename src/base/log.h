/* log.h: one writer of log lines, three sinks: console, rotating file, bounded ring */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/log-line.h"

/**
 * sonde_log_write:
 * @device: (nullable): the board that speaks
 *
 * Writes to the ring at once and to console and file as they are set up. Text from outside is made
 * safe here: control characters become symbols. Lines of one device above 1 000 a second are
 * dropped and counted in one line
 * ("n lines dropped"). Any thread.
 */
void sonde_log_write (SondeLogLevel level, const char *device, const char *tag, const char *text);
void sonde_log_printf (SondeLogLevel level, const char *device, const char *tag, const char *format,
                       ...) G_GNUC_PRINTF (4, 5);

/**
 * sonde_log_install:
 *
 * Makes GLib's structured log (g_message, g_warning, g_debug ...) arrive here; the domain
 * "sonde-device" is the tag "device".
 */
void sonde_log_install (void);

/** sonde_log_set_console: lines up to @level go to stderr; -1 is silence (the default). @colour:
 * escapes are used. */
void sonde_log_set_console (int level, gboolean colour);

/**
 * sonde_log_open_files:
 * @directory: gets sonde.log, sonde.log.1 .. sonde.log.4, 5 MiB each, directory 0700 and files 0600
 */
gboolean sonde_log_open_files (const char *directory, GError **error);
void sonde_log_close_files (void);

/** sonde_log_get_newest: number of the newest line in the ring, 0 when it is empty. */
guint64 sonde_log_get_newest (void);

/**
 * sonde_log_dup_since:
 * @number: the last line the caller knows
 *
 * Returns: (element-type SondeLogLine) (transfer full): lines after @number still in the ring (1
 * 000 000 lines), at most @max of them
 */
GPtrArray *sonde_log_dup_since (guint64 number, guint max);
