/* routes.h: what a path is for (device.md 0) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  SONDE_ROUTE_DEVICE, /* no name of ours: whoever upgrades there is a board */
  SONDE_ROUTE_LATER,  /* reserved for a part that is not built: 404, and never a board */
  SONDE_ROUTE_BAD,    /* no path that can be decoded */
} SondeRoute;

/** sonde_route_of: @path still %-encoded; exact, with or without one trailing slash. */
SondeRoute sonde_route_of (const char *path);
