/* engine.c: builds, owns and joins all parts below */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-engine"

#include "workbench/engine.h"

#include <string.h>

#define TRIM_PERIOD_US (500 * 1000)

struct _SondeEngine
{
  SondeRegistry *registry;
  SondeServer *server;
  SondeTraceStore *store;
  GPtrArray *maps; /* SondeAddressMap, newest last */
  GSource *trim;   /* keeps the traces within their budget */
};

static gboolean
on_trim (gpointer user_data)
{
  SondeEngine *self = user_data;

  sonde_trace_store_trim (self->store);
  return G_SOURCE_CONTINUE;
}

SondeEngine *
sonde_engine_new (gsize history_bytes)
{
  SondeEngine *self = g_new0 (SondeEngine, 1);

  self->registry = sonde_registry_new ();
  self->server = sonde_server_new (self->registry);
  self->store = sonde_trace_store_new (history_bytes);
  self->maps = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_address_map_unref);
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

void
sonde_engine_clear_maps (SondeEngine *self)
{
  g_ptr_array_set_size (self->maps, 0);
}

static const char *
build_id_of (SondeAddressMap *map)
{
  SondeSymbolTable *table = sonde_address_map_get_table (map);

  return table == NULL ? "" : sonde_symbol_table_get_facts (table)->build_id;
}

SondeMatch
sonde_engine_match (SondeEngine *self, SondeDevice *device, SondeAddressMap **map)
{
  const char *wanted = sonde_device_get_info (device)->identity.build_id;
  SondeAddressMap *newest = NULL;

  if (map != NULL)
    *map = NULL;
  if (self->maps->len == 0)
    return SONDE_MATCH_UNKNOWN;
  for (guint i = 0; i < self->maps->len && wanted[0] != '\0'; i++)
    {
      SondeAddressMap *candidate = g_ptr_array_index (self->maps, i);

      if (g_ascii_strcasecmp (build_id_of (candidate), wanted) != 0)
        continue;
      if (map != NULL)
        *map = candidate;
      return SONDE_MATCH_YES;
    }
  newest = g_ptr_array_index (self->maps, self->maps->len - 1);
  if (map != NULL)
    *map = newest;
  return wanted[0] == '\0' || build_id_of (newest)[0] == '\0' ? SONDE_MATCH_UNKNOWN
                                                              : SONDE_MATCH_NO;
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
