/* block.h: up to 4 096 samples that no longer change */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trace/pyramid.h"

#define SONDE_BLOCK_SAMPLES 4096

/* How times are kept: what a straight line from the first to the last leaves over. */
typedef enum
{
  SONDE_TIMES_EVEN,  /* nothing: evenly spaced, no column at all */
  SONDE_TIMES_NEAR,  /* 8 bits */
  SONDE_TIMES_LOOSE, /* 16 bits */
  SONDE_TIMES_WIDE,  /* 32 bits */
  SONDE_TIMES_WHOLE, /* 64 bits: the times themselves */
} SondeTimesForm;

/* Shared, immutable: atomic reference count, any thread. The fields are open to trace/ only: the
 * tail of a trace is read through a block on the stack (WHOLE times, no pyramid). */
typedef struct
{
  SondeSampleForm form;
  SondeTimesForm times_form;
  guint n;
  gint64 first_us, last_us;
  double min, max; /* INFINITY and -INFINITY where no sample is a number; of a tail: unknown */
  gconstpointer times;
  gconstpointer values;
  const SondePyramid *pyramid; /* NULL: small, or still growing */
} SondeBlock;

/** sonde_block_new: copies; @n is at least 1, @times never fall. */
SondeBlock *sonde_block_new (SondeSampleForm form, guint n, const gint64 *times,
                             gconstpointer values);
SondeBlock *sonde_block_ref (SondeBlock *self);
void sonde_block_unref (SondeBlock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeBlock, sonde_block_unref)
/** sonde_block_get_bytes: memory held, times and pyramid with it. */
gsize sonde_block_get_bytes (const SondeBlock *self);
gint64 sonde_block_get_time (const SondeBlock *self, guint index);
SondeValue sonde_block_get_value (const SondeBlock *self, guint index);
double sonde_block_get_double (const SondeBlock *self, guint index);
/** sonde_block_find: index of the first sample not before @time_us, n where there is none. */
guint sonde_block_find (const SondeBlock *self, gint64 time_us);
/** sonde_block_extend: as sonde_sample_extend(). */
void sonde_block_extend (const SondeBlock *self, guint from, guint to, double *min, double *max);
