/* complain.h: how the program ends: exit codes, the line that goes with them, signals */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  SONDE_EXIT_OK = 0,
  SONDE_EXIT_ASSERTION = 1, /* an assertion failed */
  SONDE_EXIT_USAGE = 2,     /* usage, unknown path, ambiguous board */
  SONDE_EXIT_NO_BOARD = 3,  /* no board within --wait */
  SONDE_EXIT_REFUSED = 4,   /* the board or a policy said no */
  SONDE_EXIT_TIMEOUT = 5,
  SONDE_EXIT_SOME_FAILED = 6, /* of many boards */
  SONDE_EXIT_MACHINE = 7,     /* port taken, file unreadable or not what it should be, disk full */
  SONDE_EXIT_INTERRUPTED = 128, /* plus the number of the signal */
} SondeExit;

/**
 * sonde_complain:
 *
 * Writes "sondectl: " and the text as one line to stderr; control characters become symbols.
 * The text reads "OBJECT: what is wrong; what to do".
 *
 * Returns: @status, so that a command can end with `return sonde_complain (..)`
 */
SondeExit sonde_complain (SondeExit status, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** sonde_complain_error: likewise; an error's message already names its object. What to do is added
 * where it does not say so. */
SondeExit sonde_complain_error (SondeExit status, const GError *error);

/** sonde_warn: "sondectl: warning: ..", unless sonde_warn_set_quiet() silenced warnings. */
void sonde_warn (const char *format, ...) G_GNUC_PRINTF (1, 2);
/** sonde_note: a line of information, without "warning"; silenced likewise. */
void sonde_note (const char *format, ...) G_GNUC_PRINTF (1, 2);
void sonde_warn_set_quiet (gboolean is_quiet);

/** sonde_exit_from_error: the exit code for a read or write that failed. */
SondeExit sonde_exit_from_error (const GError *error);
/** sonde_exit_get_advice: static: what to do where a board refused or did not answer. */
const char *sonde_exit_get_advice (SondeExit status);
/** sonde_exit_advise: static: the same where @text says what happened: no board is to blame for a
 * pointer that leads nowhere. */
const char *sonde_exit_advise (SondeExit status, const char *text);
/** sonde_exit_of_boards: @statuses of each board: OK, the code that all have, or SOME_FAILED. */
SondeExit sonde_exit_of_boards (const SondeExit *statuses, guint n);
/**
 * sonde_complain_value:
 *
 * For a value of a board: "BOARD:PATH: what; what to do". Returns: sonde_exit_from_error()
 */
SondeExit sonde_complain_value (const char *board, const char *path, const GError *error);
/** sonde_error_get_text: the message without the path that it may begin with: rows name it
 * already. */
const char *sonde_error_get_text (const GError *error, const char *path);

/** sonde_stop_install: catches SIGINT and SIGTERM once each (a second one ends the program at
 * once) and ignores SIGPIPE. Wakes the main context. */
void sonde_stop_install (void);
/** sonde_stop_get_signal: number of the signal that came, 0 for none. */
int sonde_stop_get_signal (void);
