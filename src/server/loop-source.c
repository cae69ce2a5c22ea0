/* loop-source.c: a place for one source of a main loop */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/loop-source.h"

void
sonde_loop_source_drop (GSource **place)
{
  if (*place != NULL)
    g_source_destroy (*place);
  g_clear_pointer (place, g_source_unref);
}

void
sonde_loop_source_put (GSource **place, GSource *source, GMainContext *context)
{
  sonde_loop_source_drop (place);
  g_source_attach (source, context);
  *place = source;
}

void
sonde_loop_source_attach (GSource **place, GSource *source, GSourceFunc func, gpointer user_data,
                          GMainContext *context)
{
  g_source_set_callback (source, func, user_data, NULL);
  sonde_loop_source_put (place, source, context);
}
