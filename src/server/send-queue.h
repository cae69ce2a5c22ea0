/* send-queue.h: bytes that wait for the kernel to take them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Owned struct; public only to be embedded. */
typedef struct
{
  GByteArray *bytes;
  gsize taken; /* of bytes: already given to the kernel */
} SondeSendQueue;

void sonde_send_queue_init (SondeSendQueue *self);
void sonde_send_queue_clear (SondeSendQueue *self);
gsize sonde_send_queue_get_size (const SondeSendQueue *self);
void sonde_send_queue_put (SondeSendQueue *self, const void *data, gsize size);
/** sonde_send_queue_write: what @stream takes at once. FALSE: the stream is broken. */
gboolean sonde_send_queue_write (SondeSendQueue *self, GPollableOutputStream *stream,
                                 GError **error);
