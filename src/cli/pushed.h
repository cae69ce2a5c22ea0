/* pushed.h: paths that no firmware explains: the board may push them by itself */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/errand.h"

/**
 * sonde_pushed_may_be:
 *
 * Returns: FALSE where it is better told at once that @path is unknown: for a raw place, for what
 * begins like a variable of the firmware, and with firmware but without --wait
 */
gboolean sonde_pushed_may_be (SondeErrand *errand, const char *path);
/** sonde_pushed_select: the leaves of all paths of the command line on @board, which is adopted;
 * waits as long as --wait for the first value of what @board is to push; complains itself. */
SondeExit sonde_pushed_select (SondeErrand *errand, SondeDevice *board, GPtrArray *leaves);
