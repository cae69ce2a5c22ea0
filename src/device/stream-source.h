/* stream-source.h: what a board pushes by itself: numbers as named traces, the rest as log lines */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/watch.h"
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
/** sonde_stream_source_get: (transfer none): a watch nobody polls for, of a double. */
SondeWatch *sonde_stream_source_get (SondeStreamSource *self, guint index);
/** sonde_stream_source_lookup: (transfer none) (nullable) */
SondeWatch *sonde_stream_source_lookup (SondeStreamSource *self, const char *name);
/** sonde_stream_source_update_rates: so that they fall when nothing comes. */
void sonde_stream_source_update_rates (SondeStreamSource *self, gint64 now_us);
/** sonde_stream_source_get_n_dropped: numbers under names beyond the limit of 1 024. */
guint64 sonde_stream_source_get_n_dropped (SondeStreamSource *self);

/* Bounds the lines of the log. A value; starts zeroed; one for each board. */
typedef struct
{
  gint64 second;
  guint n_lines; /* in that second */
} SondeChatter;

/** sonde_chatter_log: @message: LOG: a line of the level it names. */
void sonde_chatter_log (const char *device, const SondeMessage *message);
/** sonde_chatter_log_text: any other text. A person may have asked for it by hand, so it is shown;
 * of what a board pushes by the hundred only the first of each second. */
void sonde_chatter_log_text (SondeChatter *self, const char *device, const char *text, gsize size,
                             gint64 now_us);
