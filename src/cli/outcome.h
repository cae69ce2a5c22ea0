/* outcome.h: errors of boards as exit codes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/complain.h"

/** sonde_exit_from_error: the exit code for a read or write that failed. */
SondeExit sonde_exit_from_error (const GError *error);
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
