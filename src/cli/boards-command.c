/* boards-command.c: sondectl devices and serve: which boards are there, which come and go */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/meeting.h"
#include "cli/row.h"

/* -- devices -- */

static const char *const match_words[] = { "unknown", "yes", "no" };
static const char *const match_json[] = { "null", "true", "false" };

static char *
make_json (const SondeDeviceInfo *info, SondeMatch match)
{
  GString *row = sonde_json_row_new ();

  sonde_json_row_text (row, "device", info->name);
  sonde_json_row_text (row, "address", info->address);
  sonde_json_row_text (row, "firmware", info->identity.firmware);
  sonde_json_row_text (row, "build_id", info->identity.build_id);
  sonde_json_row_raw (row, "matches", match_json[match]);
  sonde_json_row_int (row, "connected_us", info->connected_us);
  sonde_json_row_double (row, "rate_hz", info->rate_hz);
  if (info->rtt_us < 0)
    sonde_json_row_raw (row, "rtt_us", "null");
  else
    sonde_json_row_int (row, "rtt_us", info->rtt_us);
  return sonde_json_row_end (row);
}

static const char *
or_dash (const char *text)
{
  return text == NULL || text[0] == '\0' ? "-" : text;
}

static char *
make_row (const SondeDeviceInfo *info, SondeMatch match)
{
  g_autofree char *rtt
      = info->rtt_us < 0 ? g_strdup ("-") : g_strdup_printf ("%" G_GINT64_FORMAT, info->rtt_us);
  g_autofree char *firmware = sonde_log_make_safe (or_dash (info->identity.firmware), -1);
  g_autofree char *name = sonde_log_make_safe (info->name, -1);
  g_autofree char *build_id = sonde_log_make_safe (or_dash (info->identity.build_id), -1);

  return g_strjoin ("\t", name, or_dash (info->address), firmware, build_id, match_words[match],
                    rtt, NULL);
}

static void
print_boards (SondeErrand *errand)
{
  GPtrArray *boards = sonde_errand_get_boards (errand);

  for (guint i = 0; i < boards->len; i++)
    {
      SondeDevice *board = g_ptr_array_index (boards, i);
      const SondeMatch match = sonde_engine_match (sonde_errand_get_engine (errand), board, NULL);
      const SondeDeviceInfo *info = sonde_device_get_info (board);
      g_autofree char *row = sonde_errand_get_options (errand)->json ? make_json (info, match)
                                                                     : make_row (info, match);

      sonde_output_line (sonde_errand_get_output (errand), row);
    }
}

SondeExit
sonde_devices_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  const SondeExit status = sonde_meeting_open (errand, NULL, SONDE_NEED_ANY_BOARD);

  if (status == SONDE_EXIT_OK)
    {
      sonde_errand_check_boards (errand, sonde_errand_get_boards (errand));
      print_boards (errand);
    }
  return sonde_errand_finish (errand, status);
}

/* -- serve -- */

#define CONNECTED_KEY "sonde-serve-connected"

static void
tell (SondeErrand *errand, const SondeDeviceInfo *info, gboolean is_connected)
{
  GString *row;
  g_autofree char *line = NULL;

  if (is_connected)
    sonde_note ("%s: came from %s%s%s", info->name, info->address,
                info->identity.firmware[0] != '\0' ? ", firmware " : "", info->identity.firmware);
  else
    sonde_note ("%s: is gone", info->name);
  if (!sonde_errand_get_options (errand)->json)
    return;
  row = sonde_json_row_new ();
  sonde_json_row_int (row, "time_us", sonde_clock_real_us ());
  sonde_json_row_text (row, "device", info->name);
  sonde_json_row_text (row, "address", info->address);
  sonde_json_row_text (row, "firmware", info->identity.firmware);
  sonde_json_row_text (row, "build_id", info->identity.build_id);
  sonde_json_row_raw (row, "connected", is_connected ? "true" : "false");
  line = sonde_json_row_end (row);
  sonde_output_line (sonde_errand_get_output (errand), line);
}

/* "changed" comes for statistics too: only a step between there and gone is told. */
static void
on_changed (SondeDevice *board, gpointer user_data)
{
  SondeErrand *errand = user_data;
  const SondeDeviceInfo *info = sonde_device_get_info (board);
  const gboolean is_connected
      = info->state == SONDE_DEVICE_READY || info->state == SONDE_DEVICE_STREAM;
  const gboolean was_connected = g_object_get_data (G_OBJECT (board), CONNECTED_KEY) != NULL;

  if (is_connected == was_connected)
    return;
  g_object_set_data (G_OBJECT (board), CONNECTED_KEY, GINT_TO_POINTER (is_connected));
  tell (errand, info, is_connected);
  if (is_connected)
    sonde_errand_adopt_board (errand, board);
}

static void
on_added (SondeRegistry *registry, SondeDevice *board, gpointer user_data)
{
  g_signal_connect (board, "changed", G_CALLBACK (on_changed), user_data);
  on_changed (board, user_data);
}

static void
on_ready (SondeRegistry *registry, SondeDevice *board, gpointer user_data)
{
  on_changed (board, user_data);
}

static void
forget_boards (SondeErrand *errand, SondeRegistry *registry)
{
  for (guint i = 0; i < sonde_registry_get_n (registry); i++)
    g_signal_handlers_disconnect_by_data (sonde_registry_get (registry, i), errand);
  g_signal_handlers_disconnect_by_data (registry, errand);
}

SondeExit
sonde_serve_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  SondeRegistry *registry = sonde_engine_get_registry (sonde_errand_get_engine (errand));
  SondeExit status = sonde_errand_load (errand);

  g_signal_connect (registry, "device-added", G_CALLBACK (on_added), errand);
  g_signal_connect (registry, "device-ready", G_CALLBACK (on_ready), errand);
  if (status == SONDE_EXIT_OK && !sonde_errand_is_stopped (errand))
    status = sonde_errand_listen (errand, SONDE_PORT_FIXED);
  if (status == SONDE_EXIT_OK && options->wait_s >= 0)
    status = sonde_meeting_wait (errand, SONDE_NEED_ANY_BOARD);
  if (status == SONDE_EXIT_OK)
    {
      sonde_errand_run (errand, G_MAXINT64, NULL, NULL);
      status = sonde_errand_get_stop_status (errand);
    }
  forget_boards (errand, registry);
  return sonde_errand_finish (errand, status);
}
