/* block.c: up to 4 096 samples that no longer change */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/block.h"

#include <math.h>

static const guint times_width[] = { 0, 1, 2, 4, 8 };

/* Where an evenly spaced sample would be; the product stays far below 2^63 for any real span. */
static gint64
expected_time (gint64 first_us, gint64 last_us, guint n, guint index)
{
  return n > 1 ? first_us + (last_us - first_us) / (n - 1) * index
                     + (last_us - first_us) % (n - 1) * index / (n - 1)
               : first_us;
}

static SondeTimesForm
choose_times_form (guint n, const gint64 *times)
{
  gint64 lowest = 0, highest = 0;

  for (guint i = 0; i < n; i++)
    {
      const gint64 rest = times[i] - expected_time (times[0], times[n - 1], n, i);

      lowest = MIN (lowest, rest);
      highest = MAX (highest, rest);
    }
  if (lowest == 0 && highest == 0)
    return SONDE_TIMES_EVEN;
  if (lowest >= G_MININT8 && highest <= G_MAXINT8)
    return SONDE_TIMES_NEAR;
  if (lowest >= G_MININT16 && highest <= G_MAXINT16)
    return SONDE_TIMES_LOOSE;
  if (lowest >= G_MININT32 && highest <= G_MAXINT32)
    return SONDE_TIMES_WIDE;
  return SONDE_TIMES_WHOLE;
}

static void
store_time (SondeTimesForm form, gpointer column, guint index, gint64 time_us, gint64 expected_us)
{
  const gint64 rest = time_us - expected_us;

  switch (form)
    {
    case SONDE_TIMES_EVEN:
      break;
    case SONDE_TIMES_NEAR:
      ((gint8 *) column)[index] = (gint8) rest;
      break;
    case SONDE_TIMES_LOOSE:
      ((gint16 *) column)[index] = (gint16) rest;
      break;
    case SONDE_TIMES_WIDE:
      ((gint32 *) column)[index] = (gint32) rest;
      break;
    case SONDE_TIMES_WHOLE:
      ((gint64 *) column)[index] = time_us;
      break;
    }
}

static gpointer
pack_times (SondeTimesForm form, guint n, const gint64 *times)
{
  gpointer column;

  if (form == SONDE_TIMES_EVEN)
    return NULL;
  column = g_malloc_n (n, times_width[form]);
  for (guint i = 0; i < n; i++)
    store_time (form, column, i, times[i], expected_time (times[0], times[n - 1], n, i));
  return column;
}

SondeBlock *
sonde_block_new (SondeSampleForm form, guint n, const gint64 *times, gconstpointer values)
{
  SondeBlock *self = g_atomic_rc_box_new0 (SondeBlock);

  self->form = form;
  self->times_form = choose_times_form (n, times);
  self->n = n;
  self->first_us = times[0];
  self->last_us = times[n - 1];
  self->times = pack_times (self->times_form, n, times);
  self->values = g_memdup2 (values, (gsize) n * sonde_sample_width (form));
  self->pyramid = sonde_pyramid_new (form, self->values, n);
  self->min = INFINITY;
  self->max = -INFINITY;
  sonde_block_extend (self, 0, n, &self->min, &self->max);
  return self;
}

SondeBlock *
sonde_block_ref (SondeBlock *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_block (gpointer data)
{
  SondeBlock *self = data;

  g_free ((gpointer) self->times);
  g_free ((gpointer) self->values);
  sonde_pyramid_free ((SondePyramid *) self->pyramid);
}

void
sonde_block_unref (SondeBlock *self)
{
  g_atomic_rc_box_release_full (self, clear_block);
}

gsize
sonde_block_get_bytes (const SondeBlock *self)
{
  return sizeof *self
         + (gsize) self->n * (sonde_sample_width (self->form) + times_width[self->times_form])
         + (self->pyramid != NULL ? sonde_pyramid_get_bytes (self->pyramid) : 0);
}

gint64
sonde_block_get_time (const SondeBlock *self, guint index)
{
  if (self->times_form == SONDE_TIMES_WHOLE)
    return ((const gint64 *) self->times)[index];

  const gint64 expected_us = expected_time (self->first_us, self->last_us, self->n, index);

  switch (self->times_form)
    {
    case SONDE_TIMES_NEAR:
      return expected_us + ((const gint8 *) self->times)[index];
    case SONDE_TIMES_LOOSE:
      return expected_us + ((const gint16 *) self->times)[index];
    case SONDE_TIMES_WIDE:
      return expected_us + ((const gint32 *) self->times)[index];
    case SONDE_TIMES_EVEN:
    case SONDE_TIMES_WHOLE:
      break;
    }
  return expected_us;
}

SondeValue
sonde_block_get_value (const SondeBlock *self, guint index)
{
  return sonde_sample_load (self->form, self->values, index);
}

double
sonde_block_get_double (const SondeBlock *self, guint index)
{
  return sonde_sample_to_double (self->form, self->values, index);
}

guint
sonde_block_find (const SondeBlock *self, gint64 time_us)
{
  guint low = 0, high = self->n;

  if (time_us <= self->first_us)
    return 0;
  if (time_us > self->last_us)
    return self->n;
  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (sonde_block_get_time (self, middle) < time_us)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
sonde_block_extend (const SondeBlock *self, guint from, guint to, double *min, double *max)
{
  if (self->pyramid != NULL)
    sonde_pyramid_extend (self->pyramid, self->values, from, to, min, max);
  else
    sonde_sample_extend (self->form, self->values, from, to, min, max);
}
