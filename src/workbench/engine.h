/* engine.h: builds, owns and joins all parts below; one GMainContext, no face */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/registry.h"
#include "server/server.h"
#include "symbols/address-map.h"
#include "trace/trace-store.h"
#include "workbench/firmware-match.h"

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
/** sonde_engine_add_map: an ELF's map; a board uses the one whose build id is its own or whose code
 * it was seen to hold, else the newest. */
void sonde_engine_add_map (SondeEngine *self, SondeAddressMap *map);
/** sonde_engine_replace_map: after a rebuild; boards that used @old use @map. */
void sonde_engine_replace_map (SondeEngine *self, SondeAddressMap *old, SondeAddressMap *map);
void sonde_engine_clear_maps (SondeEngine *self);
/** sonde_engine_set_map: instead of all others; of a table that was there before, what is known of
 * boards stays known. */
void sonde_engine_set_map (SondeEngine *self, SondeAddressMap *map);

/** sonde_engine_judge: by what is known now. Returns: (transfer none) (nullable): the map that
 * serves @device. */
SondeAddressMap *sonde_engine_judge (SondeEngine *self, SondeDevice *device, SondeVerdict *verdict);
/** sonde_engine_match: the same in short. @map: (out) (transfer none) (nullable). */
SondeMatch sonde_engine_match (SondeEngine *self, SondeDevice *device, SondeAddressMap **map);
/** sonde_engine_check: reads code of @device where build ids cannot tell; once for each start of
 * it. Costs nothing when there is nothing to do. */
void sonde_engine_check (SondeEngine *self, SondeDevice *device);
/** sonde_engine_may_write: FALSE while it runs other firmware and nobody decided to use the map all
 * the same. */
gboolean sonde_engine_may_write (SondeEngine *self, SondeDevice *device);
/** sonde_engine_trust: that decision: for this board and this ELF until either changes. */
void sonde_engine_trust (SondeEngine *self, SondeDevice *device);
/** sonde_engine_set_match_func: @func: (nullable): called when a check of a board ended. */
void sonde_engine_set_match_func (SondeEngine *self, SondeFirmwareMatchFunc func,
                                  gpointer user_data);
/** sonde_engine_close_async: listener stops, "end" to the boards, at most 1 s; then free it. */
void sonde_engine_close_async (SondeEngine *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean sonde_engine_close_finish (SondeEngine *self, GAsyncResult *result, GError **error);
