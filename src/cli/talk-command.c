/* talk-command.c: sondectl send and log: what boards are told and what they say */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fnmatch.h>

#include "base/clock.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/meeting.h"
#include "cli/row.h"

/* -- send -- */

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

/* -- log -- */

#define PERIOD_MS 50
#define LINES_AT_ONCE 1000

static const char *const level_names[SONDE_LOG_N_LEVELS]
    = { "error", "warning", "info", "debug", "trace" };

typedef struct
{
  SondeErrand *errand;
  guint64 seen;    /* number of the newest line that was looked at */
  gint64 n_wanted; /* lines still to print, -1: no limit */
} Printer;

static gboolean
is_wanted (const SondeOptions *options, const SondeLogLine *line)
{
  if (line->device == NULL) /* the program's own, below info only when asked for */
    return options->device == NULL && (options->verbose || line->level <= SONDE_LOG_INFO);
  return options->device == NULL || fnmatch (options->device, line->device, 0) == 0;
}

static char *
make_json (const SondeLogLine *line)
{
  GString *row = sonde_json_row_new ();

  sonde_json_row_int (row, "time_us", line->time_us);
  sonde_json_row_text (row, "level", level_names[line->level]);
  sonde_json_row_text (row, "device", line->device);
  sonde_json_row_text (row, "tag", line->tag);
  sonde_json_row_text (row, "text", line->text);
  return sonde_json_row_end (row);
}

static char *
make_row (const SondeLogLine *line)
{
  g_autofree char *time = sonde_time_dup_text (line->time_us);
  g_autofree char *device
      = line->device == NULL ? g_strdup ("-") : sonde_log_make_safe (line->device, -1);
  g_autofree char *tag = sonde_log_make_safe (line->tag != NULL ? line->tag : "", -1);

  return g_strjoin ("\t", time, level_names[line->level], device, tag, line->text, NULL);
}

static gboolean
print_news (gpointer user_data)
{
  Printer *self = user_data;
  const SondeOptions *options = sonde_errand_get_options (self->errand);
  g_autoptr (GPtrArray) lines = sonde_log_dup_since (self->seen, LINES_AT_ONCE);

  for (guint i = 0; i < lines->len && self->n_wanted != 0; i++)
    {
      const SondeLogLine *line = g_ptr_array_index (lines, i);
      g_autofree char *row = NULL;

      self->seen = line->number;
      if (!is_wanted (options, line))
        continue;
      row = options->json ? make_json (line) : make_row (line);
      sonde_output_line (sonde_errand_get_output (self->errand), row);
      self->n_wanted -= self->n_wanted > 0;
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
is_full (gpointer user_data)
{
  return ((const Printer *) user_data)->n_wanted == 0;
}

SondeExit
sonde_log_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  Printer printer = { errand, 0, options->count };
  const guint timer = g_timeout_add (PERIOD_MS, print_news, &printer);
  SondeExit status = sonde_meeting_open (errand, NULL, SONDE_NEED_ANY_BOARD);
  gint64 until_us = G_MAXINT64;

  if (options->seconds >= 0)
    until_us = sonde_clock_now_us () + (gint64) (options->seconds * G_USEC_PER_SEC);
  if (status == SONDE_EXIT_OK
      && sonde_errand_run (errand, until_us, is_full, &printer) == SONDE_RUN_STOPPED)
    status = sonde_errand_get_stop_status (errand);
  g_source_remove (timer);
  print_news (&printer);
  return sonde_errand_finish (errand, status);
}
