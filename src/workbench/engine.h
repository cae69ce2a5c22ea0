/* engine.h: builds, owns and joins all parts below; one GMainContext, no face */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/registry.h"
#include "server/server.h"
#include "symbols/address-map.h"
#include "trace/trace-store.h"

/* Lives on one thread: the engine thread of sonde (see workbench.h), or the main thread of
 * sondectl. */
typedef struct _SondeEngine SondeEngine;

/** sonde_engine_new: on the thread-default context. @history_bytes: memory budget of all traces. */
SondeEngine *sonde_engine_new (gsize history_bytes);
/** sonde_engine_free: at once, without asking the boards; see sonde_engine_close_async(). */
void sonde_engine_free (SondeEngine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeEngine, sonde_engine_free)
gboolean sonde_engine_listen (SondeEngine *self, const char *address, guint port, GError **error);
SondeServer *sonde_engine_get_server (SondeEngine *self);
SondeRegistry *sonde_engine_get_registry (SondeEngine *self);
SondeTraceStore *sonde_engine_get_trace_store (SondeEngine *self);
/** sonde_engine_add_map: an ELF's map; a board uses the one whose build id is its own, else the
 * newest. */
void sonde_engine_add_map (SondeEngine *self, SondeAddressMap *map);
void sonde_engine_clear_maps (SondeEngine *self);

typedef enum
{
  SONDE_MATCH_UNKNOWN, /* the board or the ELF has no build id, or there is no ELF */
  SONDE_MATCH_YES,
  SONDE_MATCH_NO, /* reads may be wrong; writes are refused */
} SondeMatch;
/** sonde_engine_match: @map: (out) (transfer none) (nullable): the map that serves @device. */
SondeMatch sonde_engine_match (SondeEngine *self, SondeDevice *device, SondeAddressMap **map);
/** sonde_engine_close_async: listener stops, "end" to the boards, at most 1 s; then free it. */
void sonde_engine_close_async (SondeEngine *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean sonde_engine_close_finish (SondeEngine *self, GAsyncResult *result, GError **error);
