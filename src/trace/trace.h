/* trace.h: the samples of one variable over time: one writer, many readers without a lock */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trace/source.h"

/* A SondeSource. The writing calls belong to one thread (the engine's); readers may be on any.
 * Owned by reference count. */
#define SONDE_TYPE_TRACE (sonde_trace_get_type ())
G_DECLARE_FINAL_TYPE (SondeTrace, sonde_trace, SONDE, TRACE, GObject)

/**
 * sonde_trace_new:
 * @type: a leaf with a number; samples are kept at its own width (a bit-field: in the narrowest
 * integer that holds it)
 */
SondeTrace *sonde_trace_new (SondeType *type);
/**
 * sonde_trace_append:
 * @time_us: not before the newest sample's
 *
 * Amortised O(1), never blocks. Returns: FALSE when @time_us runs backwards; the sample is then not
 * stored
 */
gboolean sonde_trace_append (SondeTrace *self, gint64 time_us, const SondeValue *value);
/** sonde_trace_append_gap: nothing is known from the newest sample on, until the next one comes.
 * Idempotent while open. */
void sonde_trace_append_gap (SondeTrace *self);
/** sonde_trace_mark_boot: a new segment begins at @time_us; an open gap is closed there by the next
 * sample. */
void sonde_trace_mark_boot (SondeTrace *self, gint64 time_us);
/** sonde_trace_drop_oldest: frees the oldest full block once no reader can see it. Returns: bytes
 * that will be freed, 0 when only the tail is left. */
gsize sonde_trace_drop_oldest (SondeTrace *self);
/** sonde_trace_get_oldest_block: time of the first sample of the oldest full block; FALSE when only
 * the tail is left. */
gboolean sonde_trace_get_oldest_block (SondeTrace *self, gint64 *first_us);
void sonde_trace_clear (SondeTrace *self);
/** sonde_trace_get_bytes: memory held, blocks, times and pyramid. */
gsize sonde_trace_get_bytes (SondeTrace *self);
guint64 sonde_trace_get_n_samples (SondeTrace *self);
/** sonde_trace_get_type_shape: (transfer none): the type given at birth. */
SondeType *sonde_trace_get_type_shape (SondeTrace *self);
