/* device-row.c: a board as the pages see it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/device-row.h"

#include <string.h>

struct _SondeDeviceRow
{
  GObject parent_instance;
  SondeDeviceFacts facts;
};

G_DEFINE_FINAL_TYPE (SondeDeviceRow, sonde_device_row, G_TYPE_OBJECT)

static guint changed_signal;

static void
sonde_device_row_class_init (SondeDeviceRowClass *klass)
{
  changed_signal = g_signal_new ("changed", SONDE_TYPE_DEVICE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
sonde_device_row_init (SondeDeviceRow *self)
{
  self->facts.rtt_us = -1;
}

SondeDeviceRow *
sonde_device_row_new (const char *name)
{
  SondeDeviceRow *self = g_object_new (SONDE_TYPE_DEVICE_ROW, NULL);

  g_strlcpy (self->facts.name, name, sizeof self->facts.name);
  return self;
}

const SondeDeviceFacts *
sonde_device_row_get_facts (SondeDeviceRow *self)
{
  return &self->facts;
}

const char *
sonde_device_row_get_name (SondeDeviceRow *self)
{
  return self->facts.name;
}

gboolean
sonde_device_row_is_connected (SondeDeviceRow *self)
{
  return self->facts.state != SONDE_DEVICE_LOST;
}

void
sonde_device_row_take_facts (SondeDeviceRow *self, const SondeDeviceFacts *facts)
{
  if (memcmp (&self->facts, facts, sizeof *facts) == 0)
    return;
  self->facts = *facts;
  g_signal_emit (self, changed_signal, 0);
}
