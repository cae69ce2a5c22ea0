/* meters.h: rates and round trips of a board */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define SONDE_RATE_BUCKETS 10

/* Events a second, over the last second. A value; starts zeroed. Times are monotonic microseconds
 * and may jump forward. */
typedef struct
{
  gint64 tick; /* number of the newest bucket, in tenths of a second */
  guint32 counts[SONDE_RATE_BUCKETS + 1];
  gint64 first_us, newest_us, before_us; /* of events; 0: none */
} SondeRateMeter;

void sonde_rate_meter_count (SondeRateMeter *self, gint64 now_us, guint n);
/** sonde_rate_meter_get_hz: below about 2 a second: from the distance of the last two events. */
double sonde_rate_meter_get_hz (SondeRateMeter *self, gint64 now_us);

/* Answers and samples of a board a second. A value; starts zeroed. */
typedef struct
{
  SondeRateMeter answers, samples;
  guint64 n_answers, n_samples; /* counted so far */
} SondeTrafficMeter;

/** sonde_traffic_meter_update: @n_answers, @n_samples: since the beginning. */
void sonde_traffic_meter_update (SondeTrafficMeter *self, gint64 now_us, guint64 n_answers,
                                 guint64 n_samples);
/** sonde_traffic_meter_count_pushed: samples that nobody asked for. */
void sonde_traffic_meter_count_pushed (SondeTrafficMeter *self, gint64 now_us, guint n);

#define SONDE_ROUND_TRIPS 32

/* The newest round trips. A value; starts zeroed. */
typedef struct
{
  gint64 times_us[SONDE_ROUND_TRIPS];
  guint64 n;
} SondeRoundTrips;

void sonde_round_trips_add (SondeRoundTrips *self, gint64 time_us);
/** sonde_round_trips_get_median: -1 while there is none. */
gint64 sonde_round_trips_get_median (const SondeRoundTrips *self);
