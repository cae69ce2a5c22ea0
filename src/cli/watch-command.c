/* watch-command.c: sondectl watch, and demo: watching ten variables of a simulated board */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/live.h"
#include "cli/meeting.h"
#include "cli/pushed.h"
#include "workbench/demo-board.h"
#include "workbench/settings.h"

/* -- watch -- */

static SondeExit
add_board (SondeErrand *errand, SondeLive *live, SondeDevice *board)
{
  g_autoptr (GPtrArray) leaves
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);
  SondeExit status = sonde_pushed_select (errand, board, leaves);

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

/* -- demo -- */

/* Rates at which the 50 Hz sine and the counters do not seem to stand still. */
#define ROW_RATE_HZ 2.3
#define TABLE_RATE_HZ 9.7
#define WAIT_US (15 * G_USEC_PER_SEC)

static const char *const demo_paths[]
    = { "motor.speed", "motor.target", "motor.current", "motor.temperature", "motor.pid.kp",
        "state",       "ticks",        "wave.counter",  "wave.sine",         "adc[0]",
        NULL };

static SondeExit
show_board (SondeErrand *errand, SondeDevice *board)
{
  const SondeOptions *options = sonde_errand_get_options (errand);
  g_autoptr (SondeLive) live = sonde_live_new (errand);
  g_autoptr (GPtrArray) leaves
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);
  g_autoptr (GError) error = NULL;

  sonde_errand_adopt_board (errand, board);
  for (guint i = 0; demo_paths[i] != NULL; i++)
    if (!sonde_errand_select (errand, board, demo_paths[i], SONDE_SELECT_EXACT, leaves, &error))
      return sonde_complain_error (SONDE_EXIT_MACHINE, error);
  for (guint i = 0; i < leaves->len; i++)
    sonde_live_add (live, board, g_ptr_array_index (leaves, i),
                    sonde_demo_board_get_unit (demo_paths[i]));
  return sonde_live_run (live, options->table ? TABLE_RATE_HZ : ROW_RATE_HZ, options->seconds, -1);
}

/* Other boards may dial in as well; the one that runs the firmware that was opened is ours. */
static SondeDevice *
find_board (SondeErrand *errand)
{
  SondeEngine *engine = sonde_errand_get_engine (errand);
  SondeRegistry *registry = sonde_engine_get_registry (engine);

  for (guint i = 0; i < sonde_registry_get_n (registry); i++)
    {
      SondeDevice *board = sonde_registry_get (registry, i);

      if (sonde_device_get_info (board)->state == SONDE_DEVICE_READY
          && sonde_engine_match (engine, board, NULL) == SONDE_MATCH_YES)
        return board;
    }
  return NULL;
}

static gboolean
has_board (gpointer user_data)
{
  return find_board (user_data) != NULL;
}

static SondeExit
run_board (SondeErrand *errand)
{
  g_autofree char *url = sonde_errand_dup_url (errand);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeDemoBoard) process = sonde_demo_board_start (url, NULL, &error);
  SondeExit status = SONDE_EXIT_OK;
  SondeRun run;

  if (process == NULL)
    return sonde_complain_error (SONDE_EXIT_MACHINE, error);
  run = sonde_errand_run (errand, sonde_clock_now_us () + WAIT_US, has_board, errand);
  if (run == SONDE_RUN_DONE)
    status = show_board (errand, find_board (errand));
  else if (run == SONDE_RUN_DEADLINE)
    status = sonde_complain (SONDE_EXIT_NO_BOARD,
                             "demo-motor: the simulated board did not connect to %s; see --verbose",
                             url);
  else
    status = sonde_errand_get_stop_status (errand);
  /* "end" goes out while the board still listens. */
  return sonde_errand_finish (errand, status);
}

SondeExit
sonde_demo_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  g_autofree char *elf = sonde_demo_board_dup_elf ();
  SondeExit status;

  if (elf == NULL)
    return sonde_complain (SONDE_EXIT_MACHINE,
                           "sonde-demo-board: not found beside this program or in libexecdir; "
                           "build or install it");
  status = sonde_errand_load_elf (errand, elf);
  if (status == SONDE_EXIT_OK && !sonde_errand_is_stopped (errand))
    status = sonde_errand_listen (errand, SONDE_PORT_MAY_MOVE);
  if (status == SONDE_EXIT_OK && !sonde_errand_is_stopped (errand))
    status = run_board (errand);
  return sonde_errand_finish (errand, status);
}
