/* stream-source.h: numbers that a board pushes by itself, as named traces */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trace/trace.h"
#include "wire/message.h"

/* Owned struct, engine thread. */
typedef struct _SondeStreamSource SondeStreamSource;

SondeStreamSource *sonde_stream_source_new (void);
void sonde_stream_source_free (SondeStreamSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeStreamSource, sonde_stream_source_free)

/**
 * sonde_stream_source_take:
 * @message: DATA of the older generation, or FREE: then each number of @text, by its key path
 * @time_us: of receipt, since the epoch: clocks of such boards may be unset
 *
 * Returns: how many numbers were taken
 */
guint sonde_stream_source_take (SondeStreamSource *self, const SondeMessage *message,
                                const char *text, gsize size, gint64 time_us);
void sonde_stream_source_take_gap (SondeStreamSource *self);
guint sonde_stream_source_get_n (SondeStreamSource *self);
const char *sonde_stream_source_get_name (SondeStreamSource *self, guint index);
SondeTrace *sonde_stream_source_get_trace (SondeStreamSource *self, guint index);
/** sonde_stream_source_get_n_dropped: numbers under names beyond the limit of 1 024. */
guint64 sonde_stream_source_get_n_dropped (SondeStreamSource *self);
