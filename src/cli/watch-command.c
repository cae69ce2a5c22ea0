/* watch-command.c: sondectl watch, reads variables again and again */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/commands.h"
#include "cli/live.h"
#include "cli/meeting.h"
#include "cli/pushed.h"
#include "workbench/settings.h"

static SondeExit
add_board (SondeErrand *errand, SondeLive *live, SondeDevice *board)
{
  char **paths = sonde_errand_get_options (errand)->arguments;
  g_autoptr (GPtrArray) leaves
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);
  SondeExit status = SONDE_EXIT_OK;

  sonde_errand_adopt_board (errand, board);
  for (guint i = 0; status == SONDE_EXIT_OK && paths[i] != NULL; i++)
    status = sonde_pushed_select (errand, board, paths[i], leaves);
  if (status != SONDE_EXIT_OK || sonde_errand_is_stopped (errand))
    return status;
  for (guint i = 0; i < leaves->len; i++)
    sonde_live_add (live, board, g_ptr_array_index (leaves, i), NULL);
  return SONDE_EXIT_OK;
}

static SondeExit
watch_all (SondeErrand *errand, SondeOutput **csv)
{
  const SondeOptions *options = sonde_errand_get_options (errand);
  GPtrArray *boards = sonde_errand_get_boards (errand);
  g_autoptr (SondeLive) live = sonde_live_new (errand);

  if (*csv != NULL)
    sonde_live_take_csv (live, sonde_csv_rows_new (g_steal_pointer (csv)));
  for (guint i = 0; i < boards->len; i++)
    {
      const SondeExit status = add_board (errand, live, g_ptr_array_index (boards, i));

      if (status != SONDE_EXIT_OK || sonde_errand_is_stopped (errand))
        return status;
    }
  return sonde_live_run (live,
                         options->rate_hz >= 0
                             ? options->rate_hz
                             : sonde_settings_get_watch_rate (sonde_errand_get_settings (errand)),
                         options->seconds, options->count);
}

SondeExit
sonde_watch_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  g_autoptr (SondeOutput) csv = NULL;
  g_autoptr (GError) error = NULL;
  SondeExit status;

  /* A file that cannot be written is found before a board is waited for. */
  if (options->csv != NULL)
    csv = sonde_output_new_for_file (options->csv, &error);
  if (error != NULL)
    return sonde_complain_error (SONDE_EXIT_MACHINE, error);
  status = sonde_meeting_open (errand, options->arguments, SONDE_NEED_ANSWERS);
  if (status == SONDE_EXIT_OK)
    status = watch_all (errand, &csv);
  return sonde_errand_finish (errand, status);
}
