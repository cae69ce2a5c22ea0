/* trace-store.h: all traces under one memory budget */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trace/trace.h"

/* Owned struct, engine thread. Holds a reference on each trace. */
typedef struct _SondeTraceStore SondeTraceStore;

SondeTraceStore *sonde_trace_store_new (gsize budget_bytes);
void sonde_trace_store_free (SondeTraceStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeTraceStore, sonde_trace_store_free)
void sonde_trace_store_add (SondeTraceStore *self, SondeTrace *trace);
void sonde_trace_store_remove (SondeTraceStore *self, SondeTrace *trace);
/** sonde_trace_store_trim: drops the block that is oldest in time, whosever it is, until the budget
 * holds. Call it about once a second. Returns bytes dropped. */
gsize sonde_trace_store_trim (SondeTraceStore *self);
gsize sonde_trace_store_get_bytes (SondeTraceStore *self);
gsize sonde_trace_store_get_budget (SondeTraceStore *self);
void sonde_trace_store_set_budget (SondeTraceStore *self, gsize budget_bytes);
