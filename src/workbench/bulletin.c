/* bulletin.c: one round of news from the engine */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/bulletin.h"

static void
clear_watch_news (gpointer data)
{
  SondeWatchNews *news = data;

  g_clear_pointer (&news->variable, sonde_variable_unref);
  g_clear_object (&news->trace);
  g_free (news->text);
}

SondeBulletin *
sonde_bulletin_new (void)
{
  SondeBulletin *self = g_new0 (SondeBulletin, 1);

  self->watches = g_array_new (FALSE, FALSE, sizeof (SondeWatchNews));
  g_array_set_clear_func (self->watches, clear_watch_news);
  self->devices = g_array_new (FALSE, FALSE, sizeof (SondeDeviceFacts));
  return self;
}

void
sonde_bulletin_free (SondeBulletin *self)
{
  g_array_unref (self->watches);
  g_array_unref (self->devices);
  g_free (self);
}

void
sonde_bulletin_add_device (SondeBulletin *self, SondeDevice *device, const SondeVerdict *verdict)
{
  const SondeDeviceInfo *info = sonde_device_get_info (device);
  SondeDeviceFacts facts = { .state = info->state,
                             .match = verdict->match,
                             .verdict = *verdict,
                             .identity = info->identity,
                             .connected_us = info->connected_us,
                             .lost_us = info->lost_us,
                             .rate_hz = info->rate_hz,
                             .samples_hz = info->samples_hz,
                             .rtt_us = info->rtt_us,
                             .n_timeouts = info->n_timeouts,
                             .n_lost_samples = info->n_lost_samples };

  g_strlcpy (facts.name, info->name, sizeof facts.name);
  g_strlcpy (facts.address, info->address, sizeof facts.address);
  g_array_append_val (self->devices, facts);
}

void
sonde_bulletin_add_watch (SondeBulletin *self, guint id, SondeWatch *watch)
{
  SondeTrace *trace = sonde_watch_get_trace (watch);
  SondeWatchNews news = { .id = id,
                          .variable = sonde_variable_ref (sonde_watch_get_variable (watch)),
                          .state = *sonde_watch_get_state (watch),
                          .trace = trace == NULL ? NULL : g_object_ref (trace),
                          .text = sonde_watch_dup_text_value (watch) };

  g_array_append_val (self->watches, news);
}
