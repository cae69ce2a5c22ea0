/* routes.c: what a path is for (device.md 0) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/routes.h"

#include <string.h>

/* Boards dial in on any path, so what is ours must be known before it exists: a page that asks
 * for live values of a later version must not be shown as a board. */
static const char *const later[] = {
  "/ws/telemetry", "/ws/msr_data", "/ws/live", "/ws/flash-progress", "/flash-progress", "/api",
};

SondeRoute
sonde_route_of (const char *path)
{
  g_autofree char *decoded = g_uri_unescape_string (path, NULL);
  gsize size = decoded != NULL ? strlen (decoded) : 0;

  if (size == 0 || decoded[0] != '/')
    return SONDE_ROUTE_BAD;
  if (g_str_has_prefix (decoded, "/api/"))
    return SONDE_ROUTE_LATER;
  if (size > 1 && decoded[size - 1] == '/')
    decoded[size - 1] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (later); i++)
    if (strcmp (decoded, later[i]) == 0)
      return SONDE_ROUTE_LATER;
  return SONDE_ROUTE_DEVICE;
}
