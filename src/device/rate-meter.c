/* rate-meter.c: events a second, over the last second */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/rate-meter.h"

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
