/* device-row.h: a board as the pages see it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/device.h"
#include "workbench/engine.h"

/* Main thread. Signal "changed" at most 10 a second. A copy of what the engine said last; the board
 * itself is named by its name. */
#define SONDE_TYPE_DEVICE_ROW (sonde_device_row_get_type ())
G_DECLARE_FINAL_TYPE (SondeDeviceRow, sonde_device_row, SONDE, DEVICE_ROW, GObject)

typedef struct
{
  char name[80];
  char address[64];
  SondeDeviceState state;
  SondeMatch match;
  SondeVerdict verdict; /* the same and how it is known */
  SondeIdentity identity;
  gint64 connected_us, lost_us; /* epoch */
  double rate_hz, samples_hz;
  gint64 rtt_us; /* -1 unknown */
  guint64 n_timeouts, n_lost_samples;
  gboolean is_demo;
} SondeDeviceFacts;

const SondeDeviceFacts *sonde_device_row_get_facts (SondeDeviceRow *self);
const char *sonde_device_row_get_name (SondeDeviceRow *self);
gboolean sonde_device_row_is_connected (SondeDeviceRow *self);

/* For the workbench. */
SondeDeviceRow *sonde_device_row_new (const char *name);
void sonde_device_row_take_facts (SondeDeviceRow *self, const SondeDeviceFacts *facts);
