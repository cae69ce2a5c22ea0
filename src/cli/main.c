/* main.c: sondectl, everything the window does, headless */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "workbench/settings.h"

/* clang-format off */
static SondeExit (*const runs[SONDE_N_COMMANDS]) (const SondeOptions *) = {
  [SONDE_COMMAND_SYMBOLS] = sonde_symbols_command,
  [SONDE_COMMAND_SIZE]    = sonde_size_command,
  [SONDE_COMMAND_COMPLETE] = sonde_complete_command,
  [SONDE_COMMAND_MAP]     = sonde_map_command,
  [SONDE_COMMAND_DIFF]    = sonde_diff_command,
  [SONDE_COMMAND_DEVICES] = sonde_devices_command,
  [SONDE_COMMAND_GET]     = sonde_get_command,
  [SONDE_COMMAND_SET]     = sonde_set_command,
  [SONDE_COMMAND_WATCH]   = sonde_watch_command,
  [SONDE_COMMAND_SEND]    = sonde_send_command,
  [SONDE_COMMAND_LOG]     = sonde_log_command,
  [SONDE_COMMAND_SERVE]   = sonde_serve_command,
  [SONDE_COMMAND_DEMO]    = sonde_demo_command,
  [SONDE_COMMAND_DOCTOR]  = sonde_doctor_command,
};
/* clang-format on */

/* A settings file that was named must be there; the one of the person may be missing. What is wrong
 * inside is told by doctor as a finding. */
static SondeExit
check_config (const SondeOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (options->config != NULL && access (options->config, R_OK) != 0)
    return sonde_complain (SONDE_EXIT_MACHINE, "%s: %s; name a settings file that can be read",
                           options->config, g_strerror (errno));
  if (options->command == SONDE_COMMAND_DOCTOR || sonde_settings_check (options->config, &error))
    return SONDE_EXIT_OK;
  return sonde_complain_error (SONDE_EXIT_MACHINE, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (SondeOptions) options = NULL;
  g_autoptr (GError) error = NULL;
  SondeExit status;

  setlocale (LC_ALL, "");
  g_set_prgname ("sondectl");
  options = sonde_options_parse (argc, argv, &error);
  if (options == NULL)
    return (int) sonde_complain_error (SONDE_EXIT_USAGE, error);
  if (options->version || options->help)
    {
      if (options->version)
        printf ("sondectl %s\n", SONDE_VERSION);
      else
        fputs (sonde_usage_get (options->command), stdout);
      return fflush (stdout) == 0 ? SONDE_EXIT_OK : SONDE_EXIT_MACHINE;
    }
  sonde_warn_set_quiet (options->quiet);
  sonde_log_install ();
  status = check_config (options);
  if (status != SONDE_EXIT_OK)
    return (int) status;
  sonde_stop_install ();
  return (int) runs[options->command](options);
}
