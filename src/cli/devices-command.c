/* devices-command.c: sondectl devices, lists the boards that dial in */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"
#include "cli/commands.h"
#include "cli/json-row.h"
#include "cli/meeting.h"

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
    print_boards (errand);
  return sonde_errand_finish (errand, status);
}
