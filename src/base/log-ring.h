/* log-ring.h: the newest lines of the log, bounded in number and in memory */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/log-line.h"

/* Owned struct, knows no thread. Grows as lines come. */
typedef struct _SondeLogRing SondeLogRing;

SondeLogRing *sonde_log_ring_new (guint max_lines, gsize max_bytes);
void sonde_log_ring_free (SondeLogRing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeLogRing, sonde_log_ring_free)

/** sonde_log_ring_push: (transfer full line): gives it the next number; the oldest go when a bound
 * is passed. */
void sonde_log_ring_push (SondeLogRing *self, SondeLogLine *line);
/** sonde_log_ring_get_newest: its number, 0 before the first line. */
guint64 sonde_log_ring_get_newest (const SondeLogRing *self);
guint sonde_log_ring_get_n (const SondeLogRing *self);
/** sonde_log_ring_dup_since: (transfer full): lines after @number, the oldest first, at most @max.
 */
GPtrArray *sonde_log_ring_dup_since (const SondeLogRing *self, guint64 number, guint max);
