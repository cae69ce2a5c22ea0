/* rate-meter.h: events a second, over the last second */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define SONDE_RATE_BUCKETS 10

/* A value; starts zeroed. Times are monotonic microseconds and may jump forward. */
typedef struct
{
  gint64 tick; /* number of the newest bucket, in tenths of a second */
  guint32 counts[SONDE_RATE_BUCKETS + 1];
  gint64 first_us, newest_us, before_us; /* of events; 0: none */
} SondeRateMeter;

void sonde_rate_meter_count (SondeRateMeter *self, gint64 now_us, guint n);
/** sonde_rate_meter_get_hz: below about 2 a second: from the distance of the last two events. */
double sonde_rate_meter_get_hz (SondeRateMeter *self, gint64 now_us);
