/* round-trips.h: the median of the newest round trips */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define SONDE_ROUND_TRIPS 32

/* A value; starts zeroed. */
typedef struct
{
  gint64 times_us[SONDE_ROUND_TRIPS];
  guint64 n;
} SondeRoundTrips;

void sonde_round_trips_add (SondeRoundTrips *self, gint64 time_us);
/** sonde_round_trips_get_median: -1 while there is none. */
gint64 sonde_round_trips_get_median (const SondeRoundTrips *self);
