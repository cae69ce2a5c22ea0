/* loop-source.h: a place for one source of a main loop */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** sonde_loop_source_drop: ends the source in @place, if there is one. */
void sonde_loop_source_drop (GSource **place);
/** sonde_loop_source_put: @source: (transfer full): takes the place of the one before. */
void sonde_loop_source_put (GSource **place, GSource *source, GMainContext *context);
/** sonde_loop_source_attach: the same, with what it is to call. */
void sonde_loop_source_attach (GSource **place, GSource *source, GSourceFunc func,
                               gpointer user_data, GMainContext *context);
