/* stream-scout.c: notices what boards begin to push */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/stream-scout.h"

#include "base/clock.h"

/* Of one board on one connection, under one name. */
typedef struct
{
  char *name;
  gint64 connected_us; /* epoch */
  GHashTable *told;    /* SondeWatch, borrowed from the device */
} Sight;

struct _SondeStreamScout
{
  GHashTable *sights; /* SondeDevice, as a number -> Sight */
};

void
sonde_stream_news_free (gpointer data)
{
  SondeStreamNews *news = data;

  g_free (news->device);
  sonde_variable_unref (news->variable);
  g_free (news);
}

static void
free_sight (gpointer data)
{
  Sight *sight = data;

  g_free (sight->name);
  g_hash_table_unref (sight->told);
  g_free (sight);
}

SondeStreamScout *
sonde_stream_scout_new (void)
{
  SondeStreamScout *self = g_new0 (SondeStreamScout, 1);

  self->sights = g_hash_table_new_full (NULL, NULL, NULL, free_sight);
  return self;
}

void
sonde_stream_scout_free (SondeStreamScout *self)
{
  g_hash_table_unref (self->sights);
  g_free (self);
}

/* A device at the place of a forgotten one differs in name or in time of connection. */
static Sight *
ensure_sight (SondeStreamScout *self, SondeDevice *device)
{
  const SondeDeviceInfo *info = sonde_device_get_info (device);
  Sight *sight = g_hash_table_lookup (self->sights, device);

  if (sight != NULL && sight->connected_us == info->connected_us
      && g_str_equal (sight->name, info->name))
    return sight;
  sight = g_new0 (Sight, 1);
  sight->name = g_strdup (info->name);
  sight->connected_us = info->connected_us;
  sight->told = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (self->sights, device, sight);
  return sight;
}

static void
look_at (SondeStreamScout *self, SondeDevice *device, GPtrArray *fresh)
{
  Sight *sight = NULL;
  gint64 since_us = 0;

  if (sonde_device_get_n_streams (device) == 0)
    return;
  sight = ensure_sight (self, device);
  since_us = sonde_clock_now_us () - (sonde_clock_real_us () - sight->connected_us);
  for (guint i = 0; i < sonde_device_get_n_streams (device); i++)
    {
      SondeWatch *stream = sonde_device_get_stream (device, i);
      SondeStreamNews *news = NULL;

      if (sonde_watch_get_state (stream)->received_us < since_us - 1000
          || !g_hash_table_add (sight->told, stream))
        continue;
      news = g_new0 (SondeStreamNews, 1);
      news->device = g_strdup (sight->name);
      news->variable = sonde_variable_ref (sonde_watch_get_variable (stream));
      g_ptr_array_add (fresh, news);
    }
}

void
sonde_stream_scout_look (SondeStreamScout *self, SondeRegistry *registry, GPtrArray *fresh)
{
  for (guint i = 0; i < sonde_registry_get_n (registry); i++)
    look_at (self, sonde_registry_get (registry, i), fresh);
}
