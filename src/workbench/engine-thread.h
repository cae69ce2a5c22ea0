/* engine-thread.h: the thread the engine of the window lives on, and the way in */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/engine.h"

/* Owned struct of the main thread. The engine is made, used and freed on the thread alone. */
typedef struct _SondeEngineThread SondeEngineThread;

/* Runs on the engine thread. */
typedef void (*SondeEngineFunc) (SondeEngine *engine, gpointer user_data);

/** sonde_engine_thread_new: starts the thread and waits until the engine is there. */
SondeEngineThread *sonde_engine_thread_new (gsize history_bytes);
/**
 * sonde_engine_thread_free:
 *
 * Closes the engine (listener, "end" to the boards, at most 1 s) and joins. What was posted before
 * still runs; what its closures post back to the main context may arrive after this.
 */
void sonde_engine_thread_free (SondeEngineThread *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeEngineThread, sonde_engine_thread_free)
/** sonde_engine_thread_post: returns at once; closures run in order. @destroy (nullable) runs on
 * the engine thread, too. */
void sonde_engine_thread_post (SondeEngineThread *self, SondeEngineFunc func, gpointer user_data,
                               GDestroyNotify destroy);
/** sonde_engine_thread_call: waits until @func has run. Only for what takes no time (bind a port).
 */
void sonde_engine_thread_call (SondeEngineThread *self, SondeEngineFunc func, gpointer user_data);
