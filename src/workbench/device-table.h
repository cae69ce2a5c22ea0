/* device-table.h: the rows of the device list, and which of them is the active one */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/device-row.h"

/* Owned struct, main thread. */
typedef struct _SondeDeviceTable SondeDeviceTable;
/* @row is the active board: it became that (@is_new), or has news. */
typedef void (*SondeDeviceTableFunc) (SondeDeviceRow *row, gboolean is_new, gpointer user_data);

SondeDeviceTable *sonde_device_table_new (SondeDeviceTableFunc func, gpointer user_data);
void sonde_device_table_free (SondeDeviceTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDeviceTable, sonde_device_table_free)
GListModel *sonde_device_table_get_rows (SondeDeviceTable *self);
SondeDeviceRow *sonde_device_table_lookup (SondeDeviceTable *self,
                                           const char *name); /* (transfer none) (nullable) */
SondeDeviceRow *
sonde_device_table_get_active (SondeDeviceTable *self); /* (transfer none) (nullable) */
/** sonde_device_table_choose: by the person: stays the active one even while it is gone. */
void sonde_device_table_choose (SondeDeviceTable *self, const char *name);
/** sonde_device_table_set_demo: boards of the demo's name are marked as such. */
void sonde_device_table_set_demo (SondeDeviceTable *self, gboolean is_demo);
/** sonde_device_table_take_news: @devices: (element-type SondeDeviceFacts): all boards; rows of
 * others are dropped. */
void sonde_device_table_take_news (SondeDeviceTable *self, GArray *devices);
