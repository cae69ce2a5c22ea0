/* engine.c: builds, owns and joins all parts below */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-engine"

#include "workbench/engine.h"

#define TRIM_PERIOD_US (500 * 1000)

struct _SondeEngine
{
  SondeRegistry *registry;
  SondeServer *server;
  SondeTraceStore *store;
  GPtrArray *maps; /* SondeAddressMap, newest last */
  SondeFirmwareMatch *firmware;
  SondeFirmwareMatchFunc on_match; /* (nullable) */
  gpointer on_match_data;
  GSource *trim; /* keeps the traces within their budget */
};

static gboolean
on_trim (gpointer user_data)
{
  SondeEngine *self = user_data;

  sonde_trace_store_trim (self->store);
  return G_SOURCE_CONTINUE;
}

static void
on_checked (SondeDevice *device, gpointer user_data)
{
  SondeEngine *self = user_data;

  if (self->on_match != NULL)
    self->on_match (device, self->on_match_data);
}

static void
on_device_removed (SondeRegistry *registry, SondeDevice *device, gpointer user_data)
{
  sonde_firmware_match_forget_device (((SondeEngine *) user_data)->firmware, device);
}

SondeEngine *
sonde_engine_new (gsize history_bytes)
{
  SondeEngine *self = g_new0 (SondeEngine, 1);

  self->registry = sonde_registry_new ();
  self->server = sonde_server_new (self->registry);
  self->store = sonde_trace_store_new (history_bytes);
  self->maps = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_address_map_unref);
  self->firmware = sonde_firmware_match_new (on_checked, self);
  g_signal_connect (self->registry, "device-removed", G_CALLBACK (on_device_removed), self);
  self->trim = g_timeout_source_new (TRIM_PERIOD_US / 1000);
  g_source_set_callback (self->trim, on_trim, self, NULL);
  g_source_attach (self->trim, g_main_context_get_thread_default ());
  return self;
}

void
sonde_engine_free (SondeEngine *self)
{
  g_source_destroy (self->trim);
  g_source_unref (self->trim);
  sonde_server_stop (self->server);
  g_signal_handlers_disconnect_by_data (self->registry, self);
  g_clear_pointer (&self->firmware, sonde_firmware_match_free);
  g_clear_object (&self->server);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->store, sonde_trace_store_free);
  g_clear_pointer (&self->maps, g_ptr_array_unref);
  g_free (self);
}

gboolean
sonde_engine_listen (SondeEngine *self, const char *address, guint port, GError **error)
{
  return sonde_server_listen (self->server, address, port, error);
}

SondeServer *
sonde_engine_get_server (SondeEngine *self)
{
  return self->server;
}

SondeRegistry *
sonde_engine_get_registry (SondeEngine *self)
{
  return self->registry;
}

SondeTraceStore *
sonde_engine_get_trace_store (SondeEngine *self)
{
  return self->store;
}

void
sonde_engine_add_map (SondeEngine *self, SondeAddressMap *map)
{
  g_ptr_array_add (self->maps, sonde_address_map_ref (map));
}

static void
forget_map (SondeEngine *self, SondeAddressMap *map)
{
  SondeSymbolTable *table = sonde_address_map_get_table (map);

  if (table != NULL)
    sonde_firmware_match_forget_table (self->firmware, table);
}

void
sonde_engine_replace_map (SondeEngine *self, SondeAddressMap *old, SondeAddressMap *map)
{
  guint index = 0;

  g_return_if_fail (g_ptr_array_find (self->maps, old, &index));

  forget_map (self, old);
  sonde_address_map_unref (old);
  g_ptr_array_index (self->maps, index) = sonde_address_map_ref (map);
}

void
sonde_engine_clear_maps (SondeEngine *self)
{
  for (guint i = 0; i < self->maps->len; i++)
    forget_map (self, g_ptr_array_index (self->maps, i));
  g_ptr_array_set_size (self->maps, 0);
}

void
sonde_engine_set_map (SondeEngine *self, SondeAddressMap *map)
{
  SondeSymbolTable *table = sonde_address_map_get_table (map);

  for (guint i = 0; i < self->maps->len; i++)
    if (sonde_address_map_get_table (g_ptr_array_index (self->maps, i)) != table)
      forget_map (self, g_ptr_array_index (self->maps, i));
  g_ptr_array_set_size (self->maps, 0);
  sonde_engine_add_map (self, map);
}

/* --- firmware match
 * ---------------------------------------------------------------------------------------------------
 */

SondeAddressMap *
sonde_engine_judge (SondeEngine *self, SondeDevice *device, SondeVerdict *verdict)
{
  SondeAddressMap *map = NULL;

  sonde_firmware_match_judge (self->firmware, device, NULL, verdict);
  /* The newest first: it serves where none is a match. */
  for (guint i = self->maps->len; i > 0; i--)
    {
      SondeAddressMap *candidate = g_ptr_array_index (self->maps, i - 1);
      SondeVerdict found;

      sonde_firmware_match_judge (self->firmware, device, sonde_address_map_get_table (candidate),
                                  &found);
      if (map != NULL && found.match != SONDE_MATCH_YES)
        continue;
      *verdict = found;
      map = candidate;
      if (found.match == SONDE_MATCH_YES)
        break;
    }
  return map;
}

SondeMatch
sonde_engine_match (SondeEngine *self, SondeDevice *device, SondeAddressMap **map)
{
  SondeVerdict verdict;
  SondeAddressMap *found = sonde_engine_judge (self, device, &verdict);

  if (map != NULL)
    *map = found;
  return verdict.match;
}

void
sonde_engine_check (SondeEngine *self, SondeDevice *device)
{
  SondeVerdict verdict;

  sonde_engine_judge (self, device, &verdict);
  if (verdict.match == SONDE_MATCH_YES)
    return;
  for (guint i = 0; i < self->maps->len; i++)
    {
      SondeSymbolTable *table = sonde_address_map_get_table (g_ptr_array_index (self->maps, i));

      if (table != NULL)
        sonde_firmware_match_check (self->firmware, device, table);
    }
}

gboolean
sonde_engine_may_write (SondeEngine *self, SondeDevice *device)
{
  SondeVerdict verdict;

  sonde_engine_judge (self, device, &verdict);
  return verdict.match != SONDE_MATCH_NO || verdict.is_trusted;
}

void
sonde_engine_trust (SondeEngine *self, SondeDevice *device)
{
  SondeVerdict verdict;
  SondeAddressMap *map = sonde_engine_judge (self, device, &verdict);

  if (map != NULL && verdict.match == SONDE_MATCH_NO)
    sonde_firmware_match_trust (self->firmware, device, sonde_address_map_get_table (map));
}

void
sonde_engine_set_match_func (SondeEngine *self, SondeFirmwareMatchFunc func, gpointer user_data)
{
  self->on_match = func;
  self->on_match_data = user_data;
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!sonde_registry_end_finish (SONDE_REGISTRY (source), result, &error))
    g_debug ("boards did not all answer end: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

void
sonde_engine_close_async (SondeEngine *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, sonde_engine_close_async);
  sonde_server_stop (self->server);
  sonde_registry_end_async (self->registry, on_ended, task);
}

gboolean
sonde_engine_close_finish (SondeEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
