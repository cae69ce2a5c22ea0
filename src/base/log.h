/* log.h: one writer of log lines, three sinks: console, rotating file, bounded ring */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef enum
{
  SONDE_LOG_ERROR,
  SONDE_LOG_WARNING,
  SONDE_LOG_INFO,
  SONDE_LOG_DEBUG,
  SONDE_LOG_TRACE,
} SondeLogLevel;

#define SONDE_LOG_N_LEVELS 5

/* One line. Immutable and shared by reference count; any thread. */
typedef struct
{
  guint64 number; /* 1, 2, 3, ... in the order of writing */
  gint64 time_us; /* since the Unix epoch */
  SondeLogLevel level;
  const char *device; /* the board's name; NULL is the program itself */
  const char *tag;    /* "motor"; the program's own lines carry their folder ("device") */
  const char *text;   /* valid UTF-8, control characters shown as symbols, at most 4 KiB */
} SondeLogLine;

SondeLogLine *sonde_log_line_ref (const SondeLogLine *line);
void sonde_log_line_unref (SondeLogLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeLogLine, sonde_log_line_unref)

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

/** sonde_log_level_glyph: "E", "W", "I", "D", "T". */
const char *sonde_log_level_glyph (SondeLogLevel level);

/** sonde_log_level_from_name: takes "debug", "info", "warn", "warning", "error", "trace"; FALSE
 * where it is none. */
gboolean sonde_log_level_from_name (const char *name, SondeLogLevel *level);

/** sonde_log_make_safe: (transfer full): valid UTF-8, control characters as their symbols (U+2400
 * block). */
char *sonde_log_make_safe (const char *text, gssize length);
