/* peer-stream.c: the two ends of an upgraded stream, with libsoup's layer and without */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/peer-stream.h"

#include "server/stream-watch.h"

static void
set_ends (SondePeerStream *self, GIOStream *stream)
{
  g_set_object (&self->input, G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream)));
  g_set_object (&self->output, G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream)));
}

void
sonde_peer_stream_init (SondePeerStream *self, GIOStream *stream)
{
  self->whole = stream;
  set_ends (self, stream);
}

void
sonde_peer_stream_clear (SondePeerStream *self)
{
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->whole);
}

void
sonde_peer_stream_close (SondePeerStream *self)
{
  g_io_stream_close (self->whole, NULL, NULL);
}

void
sonde_peer_stream_bare (SondePeerStream *self)
{
  g_autoptr (GIOStream) base = sonde_stream_dup_base (self->whole);

  set_ends (self, base);
  self->is_bare = TRUE;
}

GSource *
sonde_peer_stream_watch (SondePeerStream *self, GSourceFunc func, gpointer user_data)
{
  g_autoptr (GIOStream) base = sonde_stream_dup_base (self->whole);
  GSource *source;

  if (self->is_bare)
    return sonde_stream_watch_new (base, func, user_data);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, user_data, NULL);
  return source;
}
