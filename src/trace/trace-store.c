/* trace-store.c: all traces under one memory budget */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/trace-store.h"

struct _SondeTraceStore
{
  GPtrArray *traces; /* SondeTrace, referenced */
  gsize budget_bytes;
};

SondeTraceStore *
sonde_trace_store_new (gsize budget_bytes)
{
  SondeTraceStore *self = g_new (SondeTraceStore, 1);

  self->traces = g_ptr_array_new_with_free_func (g_object_unref);
  self->budget_bytes = budget_bytes;
  return self;
}

void
sonde_trace_store_free (SondeTraceStore *self)
{
  g_ptr_array_unref (self->traces);
  g_free (self);
}

void
sonde_trace_store_add (SondeTraceStore *self, SondeTrace *trace)
{
  if (!g_ptr_array_find (self->traces, trace, NULL))
    g_ptr_array_add (self->traces, g_object_ref (trace));
}

void
sonde_trace_store_remove (SondeTraceStore *self, SondeTrace *trace)
{
  g_ptr_array_remove (self->traces, trace);
}

static SondeTrace *
find_oldest (SondeTraceStore *self)
{
  SondeTrace *oldest = NULL;
  gint64 oldest_us = G_MAXINT64, first_us;

  for (guint i = 0; i < self->traces->len; i++)
    {
      SondeTrace *trace = self->traces->pdata[i];

      if (sonde_trace_get_oldest_block (trace, &first_us) && first_us < oldest_us)
        {
          oldest = trace;
          oldest_us = first_us;
        }
    }
  return oldest;
}

gsize
sonde_trace_store_trim (SondeTraceStore *self)
{
  gsize bytes = sonde_trace_store_get_bytes (self);
  gsize dropped = 0;
  SondeTrace *oldest;

  while (bytes - dropped > self->budget_bytes && (oldest = find_oldest (self)) != NULL)
    dropped += sonde_trace_drop_oldest (oldest);
  return dropped;
}

gsize
sonde_trace_store_get_bytes (SondeTraceStore *self)
{
  gsize bytes = 0;

  for (guint i = 0; i < self->traces->len; i++)
    bytes += sonde_trace_get_bytes (self->traces->pdata[i]);
  return bytes;
}

gsize
sonde_trace_store_get_budget (SondeTraceStore *self)
{
  return self->budget_bytes;
}

void
sonde_trace_store_set_budget (SondeTraceStore *self, gsize budget_bytes)
{
  self->budget_bytes = budget_bytes;
}
