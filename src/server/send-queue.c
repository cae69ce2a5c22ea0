/* send-queue.c: bytes that wait for the kernel to take them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/send-queue.h"

#define KEEP_BYTES (256 * 1024) /* a queue that grew larger is given back when it is empty */

void
sonde_send_queue_init (SondeSendQueue *self)
{
  self->bytes = g_byte_array_new ();
  self->taken = 0;
}

void
sonde_send_queue_clear (SondeSendQueue *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

gsize
sonde_send_queue_get_size (const SondeSendQueue *self)
{
  return self->bytes->len - self->taken;
}

void
sonde_send_queue_put (SondeSendQueue *self, const void *data, gsize size)
{
  g_byte_array_append (self->bytes, data, (guint) size);
}

static void
forget_taken (SondeSendQueue *self)
{
  if (sonde_send_queue_get_size (self) == 0)
    {
      if (self->bytes->len > KEEP_BYTES)
        {
          sonde_send_queue_clear (self);
          sonde_send_queue_init (self);
        }
      g_byte_array_set_size (self->bytes, 0);
      self->taken = 0;
    }
  /* Moving what waits is worth it once it is the smaller part. */
  else if (self->taken > self->bytes->len / 2)
    {
      g_byte_array_remove_range (self->bytes, 0, (guint) self->taken);
      self->taken = 0;
    }
}

gboolean
sonde_send_queue_write (SondeSendQueue *self, GPollableOutputStream *stream, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gssize n = g_pollable_output_stream_write_nonblocking (
      stream, self->bytes->data + self->taken, sonde_send_queue_get_size (self), NULL, &problem);

  if (n < 0 && !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  self->taken += n > 0 ? (gsize) n : 0;
  forget_taken (self);
  return TRUE;
}
