/* pyramid.c: min and max of 64 samples, of 16 of those, and so on */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/pyramid.h"

#include <math.h>

#define FIRST_SIZE 64
#define FAN_OUT 16
#define MAX_LEVELS 7 /* 64 * 16^6 samples are more than a guint counts */

typedef struct
{
  double min, max; /* INFINITY and -INFINITY where no sample is a number */
} Extremes;

struct _SondePyramid
{
  SondeSampleForm form;
  guint n_samples;
  guint n_levels;
  guint offsets[MAX_LEVELS + 1]; /* where each level begins in entries */
  Extremes entries[];
};

static guint
divide_up (guint n, guint by)
{
  return n / by + (n % by != 0);
}

static void
build_level (SondePyramid *self, guint level)
{
  const Extremes *below = &self->entries[self->offsets[level - 1]];
  const guint n_below = self->offsets[level] - self->offsets[level - 1];
  Extremes *own = &self->entries[self->offsets[level]];

  for (guint i = 0; i < n_below; i++)
    {
      Extremes *entry = &own[i / FAN_OUT];

      if (i % FAN_OUT == 0)
        *entry = below[i];
      entry->min = MIN (entry->min, below[i].min);
      entry->max = MAX (entry->max, below[i].max);
    }
}

SondePyramid *
sonde_pyramid_new (SondeSampleForm form, gconstpointer values, guint n)
{
  guint offsets[MAX_LEVELS + 1] = { 0 };
  guint n_levels = 0;
  SondePyramid *self;

  for (guint count = divide_up (n, FIRST_SIZE); n_levels < MAX_LEVELS;
       count = divide_up (count, FAN_OUT))
    {
      offsets[n_levels + 1] = offsets[n_levels] + count;
      n_levels++;
      if (count <= 1)
        break;
    }
  self = g_malloc (sizeof *self + offsets[n_levels] * sizeof self->entries[0]);
  self->form = form;
  self->n_samples = n;
  self->n_levels = n_levels;
  memcpy (self->offsets, offsets, sizeof offsets);
  for (guint i = 0; i < offsets[1]; i++)
    {
      self->entries[i] = (Extremes){ INFINITY, -INFINITY };
      sonde_sample_extend (form, values, i * FIRST_SIZE, MIN (n, (i + 1) * FIRST_SIZE),
                           &self->entries[i].min, &self->entries[i].max);
    }
  for (guint level = 1; level < n_levels; level++)
    build_level (self, level);
  return self;
}

void
sonde_pyramid_free (SondePyramid *self)
{
  g_free (self);
}

gsize
sonde_pyramid_get_bytes (const SondePyramid *self)
{
  return sizeof *self + self->offsets[self->n_levels] * sizeof self->entries[0];
}

/* Samples from @from on that one entry covers whole and within @to: the entry, and how many. */
static const Extremes *
largest_entry (const SondePyramid *self, guint from, guint to, guint *n_covered)
{
  const Extremes *found = NULL;
  guint size = FIRST_SIZE;

  for (guint level = 0; level < self->n_levels; level++, size *= FAN_OUT)
    {
      if (from % size != 0 || MIN (size, self->n_samples - from) > to - from)
        break;
      found = &self->entries[self->offsets[level] + from / size];
      *n_covered = MIN (size, self->n_samples - from);
    }
  return found;
}

void
sonde_pyramid_extend (const SondePyramid *self, gconstpointer values, guint from, guint to,
                      double *min, double *max)
{
  while (from < to)
    {
      guint n = 0;
      const Extremes *entry = largest_entry (self, from, to, &n);

      if (entry == NULL)
        {
          n = MIN (to, (from / FIRST_SIZE + 1) * FIRST_SIZE) - from;
          sonde_sample_extend (self->form, values, from, from + n, min, max);
        }
      else
        {
          *min = MIN (*min, entry->min);
          *max = MAX (*max, entry->max);
        }
      from += n;
    }
}
