/* tap-queue.c: raw messages of tapped boards on their way to the main thread */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/tap-queue.h"

#include "base/log.h"

#define MAX_MESSAGES 5000
#define MAX_BYTES (64 * 1024)

struct _SondeTapQueue
{
  GMutex mutex;
  GPtrArray *messages; /* SondeTapNews */
  guint n_dropped;
};

static void
free_news (gpointer data)
{
  SondeTapNews *news = data;

  g_free (news->device);
  g_free (news->text);
  g_free (news);
}

SondeTapQueue *
sonde_tap_queue_new (void)
{
  SondeTapQueue *self = g_new0 (SondeTapQueue, 1);

  g_mutex_init (&self->mutex);
  self->messages = g_ptr_array_new_with_free_func (free_news);
  return self;
}

void
sonde_tap_queue_free (SondeTapQueue *self)
{
  g_ptr_array_unref (self->messages);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
append (SondeTapQueue *self, const char *device, gboolean is_outgoing, const char *text, gsize size)
{
  SondeTapNews *news = g_new0 (SondeTapNews, 1);

  news->device = g_strdup (device);
  news->text = sonde_log_make_safe (text, (gssize) MIN (size, MAX_BYTES));
  news->is_outgoing = is_outgoing;
  g_ptr_array_add (self->messages, news);
}

void
sonde_tap_queue_push (SondeTapQueue *self, const char *device, gboolean is_outgoing,
                      const char *text, gsize size)
{
  while (size > 0 && text[size - 1] == '\n')
    size--;
  g_mutex_lock (&self->mutex);
  if (self->messages->len < MAX_MESSAGES)
    append (self, device, is_outgoing, text, size);
  else
    self->n_dropped++;
  g_mutex_unlock (&self->mutex);
}

GPtrArray *
sonde_tap_queue_take (SondeTapQueue *self, guint *n_dropped)
{
  GPtrArray *messages = NULL;

  g_mutex_lock (&self->mutex);
  messages = self->messages;
  self->messages = g_ptr_array_new_with_free_func (free_news);
  *n_dropped = self->n_dropped;
  self->n_dropped = 0;
  g_mutex_unlock (&self->mutex);
  return messages;
}
