/* pyramid.h: min and max of 64 samples, of 16 of those, and so on */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trace/sample.h"

/* Immutable once made. */
typedef struct _SondePyramid SondePyramid;

SondePyramid *sonde_pyramid_new (SondeSampleForm form, gconstpointer values, guint n);
void sonde_pyramid_free (SondePyramid *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondePyramid, sonde_pyramid_free)
gsize sonde_pyramid_get_bytes (const SondePyramid *self);
/**
 * sonde_pyramid_extend:
 * @values: those it was made from
 *
 * As sonde_sample_extend(), for about a hundred steps at most however long the range.
 */
void sonde_pyramid_extend (const SondePyramid *self, gconstpointer values, guint from, guint to,
                           double *min, double *max);
