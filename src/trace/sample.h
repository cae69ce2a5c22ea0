/* sample.h: numbers kept side by side at their type's own width */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/value.h"

typedef enum
{
  SONDE_SAMPLE_S8,
  SONDE_SAMPLE_S16,
  SONDE_SAMPLE_S32,
  SONDE_SAMPLE_S64,
  SONDE_SAMPLE_U8,
  SONDE_SAMPLE_U16,
  SONDE_SAMPLE_U32,
  SONDE_SAMPLE_U64,
  SONDE_SAMPLE_F32,
  SONDE_SAMPLE_F64,
} SondeSampleForm;

/** sonde_sample_form_of: the narrowest form that holds every value of @type exactly. */
SondeSampleForm sonde_sample_form_of (const SondeType *type);
/** sonde_sample_width: bytes. */
guint sonde_sample_width (SondeSampleForm form);
/** sonde_sample_store: Returns: FALSE for NONE and RAW, which are no numbers. */
gboolean sonde_sample_store (SondeSampleForm form, gpointer values, guint index,
                             const SondeValue *value);
SondeValue sonde_sample_load (SondeSampleForm form, gconstpointer values, guint index);
double sonde_sample_to_double (SondeSampleForm form, gconstpointer values, guint index);
/**
 * sonde_sample_extend:
 * @min: in: INFINITY or what was found so far
 * @max: in: -INFINITY or what was found so far
 *
 * Widens by the samples [@from, @to); those that are not a number change nothing.
 */
void sonde_sample_extend (SondeSampleForm form, gconstpointer values, guint from, guint to,
                          double *min, double *max);
