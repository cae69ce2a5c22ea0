/* commands.h: the subcommands of sondectl; what each does stands in its --help */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/complain.h"
#include "cli/options.h"

/* Each runs to its end and returns the exit code of the program. */
SondeExit sonde_symbols_command (const SondeOptions *options);
SondeExit sonde_size_command (const SondeOptions *options);
SondeExit sonde_complete_command (const SondeOptions *options);
SondeExit sonde_map_command (const SondeOptions *options);
SondeExit sonde_diff_command (const SondeOptions *options);
SondeExit sonde_devices_command (const SondeOptions *options);
SondeExit sonde_get_command (const SondeOptions *options);
SondeExit sonde_set_command (const SondeOptions *options);
SondeExit sonde_watch_command (const SondeOptions *options);
SondeExit sonde_send_command (const SondeOptions *options);
SondeExit sonde_log_command (const SondeOptions *options);
SondeExit sonde_serve_command (const SondeOptions *options);
SondeExit sonde_demo_command (const SondeOptions *options);
SondeExit sonde_doctor_command (const SondeOptions *options);

/** sonde_usage_get: the block of one command, of SONDE_N_COMMANDS the program's own; ends with a
 * line feed. */
const char *sonde_usage_get (SondeCommand command);
