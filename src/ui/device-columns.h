/* device-columns.h: the columns of the device list */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/device-row.h"

typedef enum
{
  SONDE_DEVICE_ACT_WATCH,  /* make it the active board and go to the monitor */
  SONDE_DEVICE_ACT_LOG,    /* show its messages in Logs */
  SONDE_DEVICE_ACT_TAP,    /* show its raw messages */
  SONDE_DEVICE_ACT_COPY,   /* copy what is known of it */
  SONDE_DEVICE_ACT_FORGET, /* only of a board that is gone */
} SondeDeviceAct;

typedef void (*SondeDeviceActFunc) (SondeDeviceRow *row, SondeDeviceAct act, gpointer user_data);

/** sonde_device_columns_add: to an empty @view whose model holds SondeDeviceRow. */
void sonde_device_columns_add (GtkColumnView *view, SondeDeviceActFunc func, gpointer user_data);
/** sonde_device_columns_set_narrow: hides the columns that do not fit below 900 px. */
void sonde_device_columns_set_narrow (GtkColumnView *view, gboolean is_narrow);
/** sonde_device_dup_duration: (transfer full): "12 s", "4 min", "3 h 20 min", "2 d 4 h". */
char *sonde_device_dup_duration (gint64 span_us);
