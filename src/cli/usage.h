/* usage.h: what --help prints; sondectl(1) shows the same words */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/options.h"

/** sonde_usage_get: the block of one command, of SONDE_N_COMMANDS the program's own; ends with a
 * line feed. */
const char *sonde_usage_get (SondeCommand command);
