/* desk.c: the engine's side of the workbench */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-desk"

#include "workbench/desk.h"

#include "base/log.h"

#define NEWS_PERIOD_MS 33

/* A watch as the window asked for it; bound while its board is known, and pushes it where it is a
 * stream. Engine thread. */
typedef struct
{
  guint id;
  char *device_name;       /* owned, "" none yet */
  SondeVariable *variable; /* NULL of a stream */
  char *stream;            /* its name, else NULL */
  double rate_hz;
  SondeDevice *device; /* reference, NULL while unbound */
  SondeWatch *watch;   /* reference, NULL while unbound */
  gboolean is_resting; /* nobody knows where its variable is */
} Entry;

struct _SondeDesk
{
  gatomicrefcount count;
  /* engine thread */
  SondeEngine *engine;
  GHashTable *entries; /* id -> Entry */
  GHashTable *tapped;  /* device name -> itself */
  SondeStreamScout *scout;
  GSource *tick;
  gulong on_added;
  /* both, under the mutex */
  GMutex mutex;
  SondeBulletin *ready;
  GPtrArray *fresh; /* SondeStreamNews */
  SondeTapQueue *taps;
};

typedef struct
{
  guint id;
  SondeWriteDone done;
  gpointer user_data;
  GBytes *read_back;
  GError *error;
} WriteReport;

static void
unbind (Entry *entry)
{
  if (entry->watch != NULL && entry->stream == NULL)
    sonde_device_remove_watch (entry->device, entry->watch);
  g_clear_object (&entry->watch);
  g_clear_object (&entry->device);
}

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  unbind (entry);
  g_clear_pointer (&entry->variable, sonde_variable_unref);
  g_free (entry->stream);
  g_free (entry->device_name);
  g_free (entry);
}

SondeDesk *
sonde_desk_new (void)
{
  SondeDesk *self = g_new0 (SondeDesk, 1);

  g_atomic_ref_count_init (&self->count);
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, free_entry);
  self->tapped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->scout = sonde_stream_scout_new ();
  self->fresh = g_ptr_array_new_with_free_func (sonde_stream_news_free);
  self->taps = sonde_tap_queue_new ();
  g_mutex_init (&self->mutex);
  return self;
}

SondeDesk *
sonde_desk_ref (SondeDesk *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
sonde_desk_unref (SondeDesk *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->tapped);
  g_clear_pointer (&self->ready, sonde_bulletin_free);
  sonde_stream_scout_free (self->scout);
  g_ptr_array_unref (self->fresh);
  sonde_tap_queue_free (self->taps);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* --- boards
 * -------------------------------------------------------------------------------------------------------
 */

/* Streams have a budget of their own, which their board keeps. */
static void
bind_stream (Entry *entry, SondeDevice *device)
{
  SondeWatch *stream = sonde_device_lookup_stream (device, entry->stream);

  if (stream == NULL)
    return;
  entry->device = g_object_ref (device);
  entry->watch = g_object_ref (stream);
}

static void
bind (SondeDesk *self, Entry *entry)
{
  SondeDevice *device
      = sonde_registry_lookup (sonde_engine_get_registry (self->engine), entry->device_name);

  if (device == NULL || entry->watch != NULL || entry->is_resting)
    return;
  if (entry->stream != NULL)
    {
      bind_stream (entry, device);
      return;
    }
  entry->device = g_object_ref (device);
  entry->watch = g_object_ref (sonde_device_add_watch (device, entry->variable, entry->rate_hz));
  if (sonde_watch_get_trace (entry->watch) != NULL)
    sonde_trace_store_add (sonde_engine_get_trace_store (self->engine),
                           sonde_watch_get_trace (entry->watch));
}

static void
release_trace (SondeDesk *self, Entry *entry)
{
  if (entry->watch != NULL && entry->stream == NULL && sonde_watch_get_trace (entry->watch) != NULL)
    sonde_trace_store_remove (sonde_engine_get_trace_store (self->engine),
                              sonde_watch_get_trace (entry->watch));
}

static void
on_tap (SondeDevice *device, gboolean is_outgoing, const char *text, guint size, gpointer user_data)
{
  sonde_tap_queue_push (((SondeDesk *) user_data)->taps, sonde_device_get_name (device),
                        is_outgoing, text, size);
}

static SondeMemory
memory_of (guint64 address, guint64 size, gpointer user_data)
{
  return sonde_address_map_get_memory (user_data, address, size);
}

/* A board polls across unasked bytes only where the map that serves it says that this is RAM. */
static void
set_memory_of (SondeDesk *self, SondeDevice *device)
{
  SondeAddressMap *map = NULL;

  sonde_engine_match (self->engine, device, &map);
  if (map != NULL)
    sonde_device_set_memory_of (device, memory_of, sonde_address_map_ref (map),
                                (GDestroyNotify) sonde_address_map_unref);
}

static void
set_tap (SondeDesk *self, SondeDevice *device, gboolean is_tapped)
{
  gulong handler = g_signal_handler_find (device, G_SIGNAL_MATCH_FUNC | G_SIGNAL_MATCH_DATA, 0, 0,
                                          NULL, on_tap, self);

  if (is_tapped && handler == 0)
    {
      g_signal_connect (device, "tap", G_CALLBACK (on_tap), self);
      sonde_device_tap (device);
    }
  if (!is_tapped && handler != 0)
    {
      g_signal_handler_disconnect (device, handler);
      sonde_device_untap (device);
    }
}

static void
on_device_ready (SondeRegistry *registry, SondeDevice *device, gpointer user_data)
{
  SondeDesk *self = user_data;
  GHashTableIter iter;
  Entry *entry = NULL;

  set_memory_of (self, device);
  if (g_hash_table_contains (self->tapped, sonde_device_get_name (device)))
    set_tap (self, device, TRUE);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    if (entry->watch == NULL && g_strcmp0 (entry->device_name, sonde_device_get_name (device)) == 0)
      bind (self, entry);
}

/* --- news
 * ---------------------------------------------------------------------------------------------------------
 */

static void
report_device (SondeDesk *self, SondeBulletin *bulletin, SondeDevice *device)
{
  SondeVerdict verdict;

  sonde_engine_check (self->engine, device);
  sonde_engine_judge (self->engine, device, &verdict);
  sonde_bulletin_add_device (bulletin, device, &verdict);
}

static void
report_entry (SondeDesk *self, SondeBulletin *bulletin, Entry *entry)
{
  if (entry->watch == NULL && entry->stream != NULL)
    bind (self, entry);
  if (entry->watch != NULL && !entry->is_resting)
    sonde_bulletin_add_watch (bulletin, entry->id, entry->watch);
}

static gboolean
on_tick (gpointer user_data)
{
  SondeDesk *self = user_data;
  SondeRegistry *registry = sonde_engine_get_registry (self->engine);
  SondeTraceStore *store = sonde_engine_get_trace_store (self->engine);
  SondeBulletin *bulletin = sonde_bulletin_new ();
  g_autoptr (SondeBulletin) old = NULL;
  GHashTableIter iter;
  Entry *entry = NULL;

  bulletin->history_bytes = sonde_trace_store_get_bytes (store);
  bulletin->budget_bytes = sonde_trace_store_get_budget (store);
  for (guint i = 0; i < sonde_registry_get_n (registry); i++)
    report_device (self, bulletin, sonde_registry_get (registry, i));
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    report_entry (self, bulletin, entry);

  g_mutex_lock (&self->mutex);
  sonde_stream_scout_look (self->scout, registry, self->fresh);
  old = g_steal_pointer (&self->ready);
  self->ready = bulletin;
  g_mutex_unlock (&self->mutex);
  return G_SOURCE_CONTINUE;
}

void
sonde_desk_open (SondeDesk *self, SondeEngine *engine)
{
  self->engine = engine;
  self->on_added = g_signal_connect (sonde_engine_get_registry (engine), "device-ready",
                                     G_CALLBACK (on_device_ready), self);
  self->tick = g_timeout_source_new (NEWS_PERIOD_MS);
  g_source_set_callback (self->tick, on_tick, self, NULL);
  g_source_attach (self->tick, g_main_context_get_thread_default ());
}

void
sonde_desk_close (SondeDesk *self)
{
  SondeRegistry *registry = sonde_engine_get_registry (self->engine);

  g_clear_signal_handler (&self->on_added, registry);
  for (guint i = 0; i < sonde_registry_get_n (registry); i++)
    set_tap (self, sonde_registry_get (registry, i), FALSE);
  g_source_destroy (self->tick);
  g_clear_pointer (&self->tick, g_source_unref);
  g_hash_table_remove_all (self->entries);
}

/* --- commands, on the engine thread
 * ------------------------------------------------------------------------------- */

static Entry *
ensure_entry (SondeDesk *self, guint id)
{
  Entry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (id));

  if (entry != NULL)
    return entry;
  entry = g_new0 (Entry, 1);
  entry->id = id;
  g_hash_table_insert (self->entries, GUINT_TO_POINTER (id), entry);
  return entry;
}

/* The watch goes on; of another type it goes on with another trace. */
static void
move_watch (SondeDesk *self, Entry *entry, SondeVariable *variable)
{
  SondeTraceStore *store = sonde_engine_get_trace_store (self->engine);
  SondeTrace *trace = sonde_watch_get_trace (entry->watch);
  g_autoptr (SondeTrace) old = trace == NULL ? NULL : g_object_ref (trace);

  if (entry->is_resting)
    sonde_watch_set_rate (entry->watch, entry->rate_hz);
  sonde_device_move_watch (entry->device, entry->watch, variable);
  trace = sonde_watch_get_trace (entry->watch);
  if (trace == old)
    return;
  if (old != NULL)
    sonde_trace_store_remove (store, old);
  if (trace != NULL)
    sonde_trace_store_add (store, trace);
}

void
sonde_desk_put_watch (SondeDesk *self, guint id, const char *device, SondeVariable *variable,
                      double rate_hz)
{
  Entry *entry = ensure_entry (self, id);

  entry->rate_hz = rate_hz;
  if (entry->watch != NULL && entry->stream == NULL && g_strcmp0 (entry->device_name, device) == 0)
    move_watch (self, entry, variable);
  else
    {
      release_trace (self, entry);
      unbind (entry);
    }
  entry->is_resting = FALSE;
  g_clear_pointer (&entry->stream, g_free);
  g_free (entry->device_name);
  entry->device_name = g_strdup (device);
  sonde_variable_ref (variable);
  g_clear_pointer (&entry->variable, sonde_variable_unref);
  entry->variable = variable;
  bind (self, entry);
}

void
sonde_desk_rest_watch (SondeDesk *self, guint id)
{
  Entry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (id));

  if (entry == NULL || entry->stream != NULL || entry->is_resting)
    return;
  entry->is_resting = TRUE;
  if (entry->watch != NULL)
    sonde_device_rest_watch (entry->device, entry->watch);
}

void
sonde_desk_put_stream (SondeDesk *self, guint id, const char *device, const char *name)
{
  Entry *entry = ensure_entry (self, id);

  release_trace (self, entry);
  unbind (entry);
  entry->is_resting = FALSE;
  g_clear_pointer (&entry->variable, sonde_variable_unref);
  g_free (entry->device_name);
  entry->device_name = g_strdup (device);
  g_free (entry->stream);
  entry->stream = g_strdup (name);
  bind (self, entry);
}

void
sonde_desk_drop_watch (SondeDesk *self, guint id)
{
  Entry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (id));

  if (entry == NULL)
    return;
  release_trace (self, entry);
  g_hash_table_remove (self->entries, GUINT_TO_POINTER (id));
}

void
sonde_desk_set_rate (SondeDesk *self, guint id, double rate_hz)
{
  Entry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (id));

  if (entry == NULL)
    return;
  entry->rate_hz = rate_hz;
  if (entry->watch != NULL && entry->stream == NULL && !entry->is_resting)
    sonde_watch_set_rate (entry->watch, rate_hz);
}

void
sonde_desk_reset_extremes (SondeDesk *self, guint id)
{
  GHashTableIter iter;
  Entry *entry = NULL;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    if (entry->watch != NULL && (id == 0 || entry->id == id))
      sonde_watch_reset_extremes (entry->watch);
}

static gboolean
deliver_report (gpointer user_data)
{
  WriteReport *report = user_data;

  report->done (report->id, report->read_back, report->error, report->user_data);
  g_clear_pointer (&report->read_back, g_bytes_unref);
  g_clear_error (&report->error);
  g_free (report);
  return G_SOURCE_REMOVE;
}

/* An idle source, not g_main_context_invoke(): that would run it here while the main thread is
 * outside its loop. */
static void
send_report (WriteReport *report)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, deliver_report, report, NULL);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WriteReport *report = user_data;

  report->read_back
      = sonde_device_write_finish (SONDE_DEVICE (source), result, NULL, &report->error);
  send_report (report);
}

void
sonde_desk_write (SondeDesk *self, guint id, GBytes *bytes, SondeWriteDone done, gpointer user_data)
{
  Entry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (id));
  WriteReport *report = g_new0 (WriteReport, 1);

  report->id = id;
  report->done = done;
  report->user_data = user_data;
  if (entry == NULL || entry->device == NULL || entry->stream != NULL)
    {
      report->error
          = g_error_new (SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_GONE, "no board is connected");
      send_report (report);
      return;
    }
  if (!sonde_engine_may_write (self->engine, entry->device))
    {
      report->error = g_error_new (SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_READ_ONLY,
                                   "%s runs other firmware than the open ELF", entry->device_name);
      send_report (report);
      return;
    }
  sonde_device_write_async (entry->device, entry->variable, bytes, NULL, on_written, report);
}

void
sonde_desk_set_tapped (SondeDesk *self, const char *device, gboolean is_tapped)
{
  SondeDevice *found = sonde_registry_lookup (sonde_engine_get_registry (self->engine), device);

  if (is_tapped)
    g_hash_table_add (self->tapped, g_strdup (device));
  else
    g_hash_table_remove (self->tapped, device);
  if (found != NULL)
    set_tap (self, found, is_tapped);
}

void
sonde_desk_set_map (SondeDesk *self, SondeAddressMap *map)
{
  SondeRegistry *registry = sonde_engine_get_registry (self->engine);

  sonde_engine_set_map (self->engine, map);
  for (guint i = 0; i < sonde_registry_get_n (registry); i++)
    set_memory_of (self, sonde_registry_get (registry, i));
}

void
sonde_desk_trust (SondeDesk *self, const char *device)
{
  SondeDevice *found = sonde_registry_lookup (sonde_engine_get_registry (self->engine), device);

  if (found != NULL)
    sonde_engine_trust (self->engine, found);
}

void
sonde_desk_forget_device (SondeDesk *self, const char *name)
{
  SondeRegistry *registry = sonde_engine_get_registry (self->engine);
  SondeDevice *device = sonde_registry_lookup (registry, name);
  GHashTableIter iter;
  Entry *entry = NULL;

  if (device == NULL || sonde_device_is_connected (device))
    return;
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    if (entry->device == device)
      {
        release_trace (self, entry);
        unbind (entry);
      }
  set_tap (self, device, FALSE);
  sonde_registry_forget (registry, device);
}

void
sonde_desk_send_text (SondeDesk *self, const char *device, const char *text)
{
  SondeDevice *found = sonde_registry_lookup (sonde_engine_get_registry (self->engine), device);

  if (found == NULL || !sonde_device_send_text (found, text))
    sonde_log_printf (SONDE_LOG_WARNING, NULL, "send", "%s: not connected; nothing was sent",
                      device);
  else
    sonde_log_printf (SONDE_LOG_INFO, device, "sent", "%s", text);
}

/* --- main thread
 * --------------------------------------------------------------------------------------------------
 */

SondeBulletin *
sonde_desk_take_bulletin (SondeDesk *self)
{
  SondeBulletin *bulletin = NULL;

  g_mutex_lock (&self->mutex);
  bulletin = g_steal_pointer (&self->ready);
  g_mutex_unlock (&self->mutex);
  return bulletin;
}

GPtrArray *
sonde_desk_take_streams (SondeDesk *self)
{
  GPtrArray *fresh = NULL;

  g_mutex_lock (&self->mutex);
  fresh = self->fresh;
  self->fresh = g_ptr_array_new_with_free_func (sonde_stream_news_free);
  g_mutex_unlock (&self->mutex);
  return fresh;
}

GPtrArray *
sonde_desk_take_taps (SondeDesk *self, guint *n_dropped)
{
  return sonde_tap_queue_take (self->taps, n_dropped);
}
