/* round-trips.c: the median of the newest round trips */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/round-trips.h"

#include <stdlib.h>
#include <string.h>

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
