/* outcome.c: errors of boards as exit codes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/outcome.h"

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
