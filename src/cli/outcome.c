/* outcome.c: errors of boards as exit codes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/outcome.h"

#include <string.h>

#include "device/device.h"

SondeExit
sonde_exit_from_error (const GError *error)
{
  if (error->domain != SONDE_DEVICE_ERROR)
    return SONDE_EXIT_USAGE;
  switch (error->code)
    {
    case SONDE_DEVICE_ERROR_TIMEOUT:
    case SONDE_DEVICE_ERROR_GONE:
      return SONDE_EXIT_TIMEOUT;
    default:
      return SONDE_EXIT_REFUSED;
    }
}

SondeExit
sonde_exit_of_boards (const SondeExit *statuses, guint n)
{
  SondeExit first = SONDE_EXIT_OK;
  guint n_failed = 0;

  for (guint i = 0; i < n; i++)
    if (statuses[i] != SONDE_EXIT_OK)
      {
        first = first == SONDE_EXIT_OK ? statuses[i] : first;
        n_failed++;
      }
  return n_failed == 0 || n_failed == n ? first : SONDE_EXIT_SOME_FAILED;
}

const char *
sonde_error_get_text (const GError *error, const char *path)
{
  const gsize length = strlen (path);

  if (g_str_has_prefix (error->message, path) && g_str_has_prefix (error->message + length, ": "))
    return error->message + length + 2;
  return error->message;
}

SondeExit
sonde_complain_value (const char *board, const char *path, const GError *error)
{
  const SondeExit status = sonde_exit_from_error (error);
  const char *text = sonde_error_get_text (error, path);
  const char *advice = "";

  if (strchr (text, ';') == NULL)
    advice = status == SONDE_EXIT_REFUSED ? "; choose what this board lets you use"
                                          : "; see whether the board still runs";
  return sonde_complain (status, "%s:%s: %s%s", board, path, text, advice);
}
