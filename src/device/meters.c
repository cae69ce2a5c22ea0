/* meters.c: rates and round trips of a board */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/meters.h"

#include <stdlib.h>
#include <string.h>

#define N_COUNTS (SONDE_RATE_BUCKETS + 1)
#define BUCKET_US (G_USEC_PER_SEC / SONDE_RATE_BUCKETS)

/* The ring holds the bucket that fills now and the ten full ones before it. */
static void
advance (SondeRateMeter *self, gint64 now_us)
{
  gint64 tick = now_us / BUCKET_US;

  if (tick - self->tick >= N_COUNTS)
    memset (self->counts, 0, sizeof self->counts);
  else
    for (gint64 t = self->tick + 1; t <= tick; t++)
      self->counts[t % N_COUNTS] = 0;
  self->tick = MAX (self->tick, tick);
}

void
sonde_rate_meter_count (SondeRateMeter *self, gint64 now_us, guint n)
{
  advance (self, now_us);
  self->counts[self->tick % N_COUNTS] += n;
  if (self->first_us == 0)
    self->first_us = now_us;
  self->before_us = self->newest_us;
  self->newest_us = now_us;
}

static double
rate_of_rare_events (const SondeRateMeter *self, gint64 now_us)
{
  gint64 distance_us = self->newest_us - self->before_us;

  if (self->before_us == 0 || distance_us <= 0 || now_us - self->newest_us > 2 * distance_us)
    return 0;
  return (double) G_USEC_PER_SEC / (double) distance_us;
}

double
sonde_rate_meter_get_hz (SondeRateMeter *self, gint64 now_us)
{
  guint64 sum = 0;
  gint64 span_us;

  advance (self, now_us);
  for (gint64 t = self->tick - SONDE_RATE_BUCKETS; t < self->tick; t++)
    if (t >= 0)
      sum += self->counts[t % N_COUNTS];
  if (sum <= 2)
    return rate_of_rare_events (self, now_us);
  span_us = self->tick * BUCKET_US - MAX (self->first_us, (self->tick - 10) * BUCKET_US);
  return (double) sum * G_USEC_PER_SEC / (double) MAX (span_us, BUCKET_US);
}

static void
count_new (SondeRateMeter *meter, gint64 now_us, guint64 *n_before, guint64 n)
{
  if (n > *n_before)
    sonde_rate_meter_count (meter, now_us, (guint) (n - *n_before));
  *n_before = n;
}

void
sonde_traffic_meter_update (SondeTrafficMeter *self, gint64 now_us, guint64 n_answers,
                            guint64 n_samples)
{
  count_new (&self->answers, now_us, &self->n_answers, n_answers);
  count_new (&self->samples, now_us, &self->n_samples, n_samples);
}

void
sonde_traffic_meter_count_pushed (SondeTrafficMeter *self, gint64 now_us, guint n)
{
  if (n > 0)
    sonde_rate_meter_count (&self->samples, now_us, n);
}

void
sonde_round_trips_add (SondeRoundTrips *self, gint64 time_us)
{
  self->times_us[self->n++ % SONDE_ROUND_TRIPS] = time_us;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

gint64
sonde_round_trips_get_median (const SondeRoundTrips *self)
{
  gint64 sorted[SONDE_ROUND_TRIPS];
  guint n = (guint) MIN (self->n, SONDE_ROUND_TRIPS);

  if (n == 0)
    return -1;
  memcpy (sorted, self->times_us, n * sizeof sorted[0]);
  qsort (sorted, n, sizeof sorted[0], compare_times);
  return sorted[n / 2];
}
