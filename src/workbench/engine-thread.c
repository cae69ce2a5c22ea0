/* engine-thread.c: the thread the engine of the window lives on */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-engine"

#include "workbench/engine-thread.h"

struct _SondeEngineThread
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SondeEngine *engine; /* touched on the thread only */
  gsize history_bytes;
  GMutex mutex; /* guards the two below */
  GCond changed;
  gboolean is_ready;
};

typedef struct
{
  SondeEngineThread *owner;
  SondeEngineFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Closure;

typedef struct
{
  SondeEngineFunc func;
  gpointer user_data;
  GMutex mutex;
  GCond done;
  gboolean is_done;
} Call;

static gpointer
run_thread (gpointer user_data)
{
  SondeEngineThread *self = user_data;

  g_main_context_push_thread_default (self->context);
  self->engine = sonde_engine_new (self->history_bytes);
  g_mutex_lock (&self->mutex);
  self->is_ready = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_main_loop_run (self->loop);
  g_clear_pointer (&self->engine, sonde_engine_free);
  /* Closures posted while closing still get their say, with no engine left to act on. */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

SondeEngineThread *
sonde_engine_thread_new (gsize history_bytes)
{
  SondeEngineThread *self = g_new0 (SondeEngineThread, 1);

  self->history_bytes = history_bytes;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->thread = g_thread_new ("sonde-engine", run_thread, self);
  g_mutex_lock (&self->mutex);
  while (!self->is_ready)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

static gboolean
run_closure (gpointer user_data)
{
  Closure *closure = user_data;

  if (closure->owner->engine != NULL)
    closure->func (closure->owner->engine, closure->user_data);
  return G_SOURCE_REMOVE;
}

static void
free_closure (gpointer user_data)
{
  Closure *closure = user_data;

  if (closure->destroy != NULL)
    closure->destroy (closure->user_data);
  g_free (closure);
}

void
sonde_engine_thread_post (SondeEngineThread *self, SondeEngineFunc func, gpointer user_data,
                          GDestroyNotify destroy)
{
  Closure *closure = g_new0 (Closure, 1);

  closure->owner = self;
  closure->func = func;
  closure->user_data = user_data;
  closure->destroy = destroy;
  /* Always through a source: g_main_context_invoke() would run it here while the thread is outside
   * its loop. */
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, run_closure, closure, free_closure);
  g_source_attach (source, self->context);
}

static void
run_call (SondeEngine *engine, gpointer user_data)
{
  Call *call = user_data;

  call->func (engine, call->user_data);
}

static void
finish_call (gpointer user_data)
{
  Call *call = user_data;

  g_mutex_lock (&call->mutex);
  call->is_done = TRUE;
  g_cond_signal (&call->done);
  g_mutex_unlock (&call->mutex);
}

void
sonde_engine_thread_call (SondeEngineThread *self, SondeEngineFunc func, gpointer user_data)
{
  Call call = { .func = func, .user_data = user_data };

  g_mutex_init (&call.mutex);
  g_cond_init (&call.done);
  sonde_engine_thread_post (self, run_call, &call, finish_call);
  g_mutex_lock (&call.mutex);
  while (!call.is_done)
    g_cond_wait (&call.done, &call.mutex);
  g_mutex_unlock (&call.mutex);
  g_mutex_clear (&call.mutex);
  g_cond_clear (&call.done);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeEngineThread *self = user_data;

  sonde_engine_close_finish (self->engine, result, NULL);
  g_main_loop_quit (self->loop);
}

static void
close_engine (SondeEngine *engine, gpointer user_data)
{
  sonde_engine_close_async (engine, on_closed, user_data);
}

void
sonde_engine_thread_free (SondeEngineThread *self)
{
  sonde_engine_thread_post (self, close_engine, self, NULL);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}
