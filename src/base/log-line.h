/* log-line.h: one line of the log, and the names of its levels */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

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

/**
 * sonde_log_line_new:
 * @device: (nullable): the board that speaks
 * @text: made safe, cut to 4 KiB; one line end behind it is dropped
 */
SondeLogLine *sonde_log_line_new (SondeLogLevel level, const char *device, const char *tag,
                                  const char *text);
SondeLogLine *sonde_log_line_ref (const SondeLogLine *line);
void sonde_log_line_unref (SondeLogLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeLogLine, sonde_log_line_unref)

/** sonde_log_line_get_bytes: memory held. */
gsize sonde_log_line_get_bytes (const SondeLogLine *line);
/** sonde_log_line_append: "2026-03-01T12:00:00.000001Z W demo-motor motor: too hot" and a line end.
 */
void sonde_log_line_append (const SondeLogLine *line, GString *out);
/** sonde_log_line_append_short: for a terminal: "12:00:00.000 W demo-motor motor: too hot". */
void sonde_log_line_append_short (const SondeLogLine *line, gboolean colour, GString *out);

/** sonde_log_level_glyph: "E", "W", "I", "D", "T". */
const char *sonde_log_level_glyph (SondeLogLevel level);

/** sonde_log_level_from_name: takes "debug", "info", "warn", "warning", "error", "trace"; FALSE
 * where it is none. */
gboolean sonde_log_level_from_name (const char *name, SondeLogLevel *level);

/** sonde_log_make_safe: (transfer full): valid UTF-8, control characters as their symbols (U+2400
 * block). */
char *sonde_log_make_safe (const char *text, gssize length);
