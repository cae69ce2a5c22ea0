/* send-command.c: sondectl send, one message to a board, and what it says then */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/json-row.h"
#include "cli/meeting.h"

#define DEFAULT_SECONDS 1.0

static void
on_tap (SondeDevice *board, gboolean is_outgoing, const char *text, guint size, gpointer user_data)
{
  SondeErrand *errand = user_data;
  const char *name = sonde_device_get_name (board);
  g_autofree char *message = g_strndup (text, size);
  g_autofree char *line = NULL;

  if (is_outgoing)
    return;
  g_strchomp (message); /* the line feed that ends a message is no part of it */
  if (sonde_errand_get_options (errand)->json)
    {
      GString *row = sonde_json_row_new ();

      sonde_json_row_int (row, "time_us", sonde_clock_real_us ());
      sonde_json_row_text (row, "device", name);
      sonde_json_row_text (row, "text", message);
      line = sonde_json_row_end (row);
    }
  else
    {
      g_autofree char *safe = sonde_log_make_safe (message, -1);
      const gboolean is_one_of_many = sonde_errand_get_boards (errand)->len > 1;

      line = is_one_of_many ? g_strdup_printf ("%s\t%s", name, safe) : g_steal_pointer (&safe);
    }
  sonde_output_line (sonde_errand_get_output (errand), line);
}

static SondeExit
send_all (SondeErrand *errand)
{
  const SondeOptions *options = sonde_errand_get_options (errand);
  GPtrArray *boards = sonde_errand_get_boards (errand);
  const double seconds = options->seconds >= 0 ? options->seconds : DEFAULT_SECONDS;
  SondeExit status = SONDE_EXIT_OK;

  for (guint i = 0; i < boards->len; i++)
    {
      SondeDevice *board = g_ptr_array_index (boards, i);

      g_signal_connect (board, "tap", G_CALLBACK (on_tap), errand);
      sonde_device_tap (board);
      if (!sonde_device_send_text (board, options->arguments[0]))
        status = sonde_complain (boards->len > 1 ? SONDE_EXIT_SOME_FAILED : SONDE_EXIT_TIMEOUT,
                                 "%s: the connection was lost; send again",
                                 sonde_device_get_name (board));
    }
  sonde_errand_run (errand, sonde_clock_now_us () + (gint64) (seconds * G_USEC_PER_SEC), NULL,
                    NULL);
  for (guint i = 0; i < boards->len; i++)
    {
      g_signal_handlers_disconnect_by_data (g_ptr_array_index (boards, i), errand);
      sonde_device_untap (g_ptr_array_index (boards, i));
    }
  return sonde_errand_is_stopped (errand) ? sonde_errand_get_stop_status (errand) : status;
}

SondeExit
sonde_send_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  SondeExit status = sonde_meeting_open (errand, NULL, SONDE_NEED_ANY_BOARD);

  if (status == SONDE_EXIT_OK)
    status = send_all (errand);
  return sonde_errand_finish (errand, status);
}
