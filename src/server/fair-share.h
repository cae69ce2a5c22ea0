/* fair-share.h: how much a peer may send before the others get their turns */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define SONDE_FAIR_SHARE_MIN_BYTES 512
#define SONDE_FAIR_SHARE_MAX_BYTES (16 * 1024)

/* One for each peer; starts as { SONDE_FAIR_SHARE_MAX_BYTES }. */
typedef struct
{
  gsize bytes; /* what may be read in one turn */
} SondeFairShare;

/**
 * sonde_fair_share_judge:
 * @n_read: bytes that were read in the turn that is just over
 * @took_us: what it cost
 *
 * Only a peer that always has more to say than is read counts: other turns are long because the
 * machine was busy elsewhere. A board that floods makes turns long; they are cut, and paid for by a
 * rest in which the others are served. What it sends meanwhile waits in its own socket.
 *
 * Returns: milliseconds for which this peer is not read; 0 for all who behave
 */
guint sonde_fair_share_judge (SondeFairShare *self, gsize n_read, gint64 took_us);
