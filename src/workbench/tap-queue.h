/* tap-queue.h: raw messages of tapped boards on their way to the main thread, bounded */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A raw message of a tapped board. */
typedef struct
{
  char *device;
  char *text; /* safe to show, at most 64 KiB */
  gboolean is_outgoing;
} SondeTapNews;

/* Owned struct; any thread. Holds 5 000 messages, what comes beyond is counted. */
typedef struct _SondeTapQueue SondeTapQueue;

SondeTapQueue *sonde_tap_queue_new (void);
void sonde_tap_queue_free (SondeTapQueue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeTapQueue, sonde_tap_queue_free)
void sonde_tap_queue_push (SondeTapQueue *self, const char *device, gboolean is_outgoing,
                           const char *text, gsize size);
/** sonde_tap_queue_take: (element-type SondeTapNews) (transfer full): all of them. @n_dropped:
 * since the last call. */
GPtrArray *sonde_tap_queue_take (SondeTapQueue *self, guint *n_dropped);
