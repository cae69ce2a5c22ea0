/* stream-watch.h: the stream below libsoup's, and a cheap way to wait for its bytes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/** sonde_stream_dup_base: (transfer full): the stream under libsoup's own, or @stream itself. */
GIOStream *sonde_stream_dup_base (GIOStream *stream);

/** sonde_stream_dup_socket: (transfer full) (nullable): NULL where @base is not a plain socket. */
GSocket *sonde_stream_dup_socket (GIOStream *base);

/**
 * sonde_stream_watch_new:
 * @func: called when @base can be read; also inside itself, from a loop that it runs
 *
 * Returns: (transfer full): a source that is not attached yet
 */
GSource *sonde_stream_watch_new (GIOStream *base, GSourceFunc func, gpointer user_data);
