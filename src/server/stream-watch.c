/* stream-watch.c: the stream below libsoup's, and a cheap way to wait for its bytes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/stream-watch.h"

#include <glib-unix.h>

typedef struct
{
  GSourceFunc func;
  gpointer user_data;
} Watch;

GIOStream *
sonde_stream_dup_base (GIOStream *stream)
{
  GIOStream *base = NULL;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (stream), "base-iostream") != NULL)
    g_object_get (stream, "base-iostream", &base, NULL);
  return base != NULL ? base : g_object_ref (stream);
}

GSocket *
sonde_stream_dup_socket (GIOStream *base)
{
  if (!G_IS_SOCKET_CONNECTION (base))
    return NULL;
  return g_object_ref (g_socket_connection_get_socket (G_SOCKET_CONNECTION (base)));
}

static gboolean
on_socket (gint fd, GIOCondition condition, gpointer data)
{
  const Watch *watch = data;

  return watch->func (watch->user_data);
}

static gboolean
on_stream (GObject *stream, gpointer data)
{
  const Watch *watch = data;

  return watch->func (watch->user_data);
}

GSource *
sonde_stream_watch_new (GIOStream *base, GSourceFunc func, gpointer user_data)
{
  g_autoptr (GSocket) socket = sonde_stream_dup_socket (base);
  GInputStream *input = g_io_stream_get_input_stream (base);
  Watch *watch = g_new (Watch, 1);
  GSource *source;

  *watch = (Watch){ func, user_data };
  if (socket == NULL)
    {
      source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
      g_source_set_callback (source, G_SOURCE_FUNC (on_stream), watch, g_free);
      return source;
    }
  /* A source that may recurse is not taken out of the poll set around every dispatch, which wakes
   * the loop up by a write each time; a pollable stream's source has a hidden child that is. */
  source = g_unix_fd_source_new (g_socket_get_fd (socket), G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_source_set_can_recurse (source, TRUE);
  g_source_set_callback (source, G_SOURCE_FUNC (on_socket), watch, g_free);
  return source;
}
