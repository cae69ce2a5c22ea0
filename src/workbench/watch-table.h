/* watch-table.h: the rows of the watch table and their way to the engine */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/address-map.h"
#include "workbench/orders.h"
#include "workbench/watch-row.h"

/* Owned struct, main thread. */
typedef struct _SondeWatchTable SondeWatchTable;
/* A sentence for a person. */
typedef void (*SondeSayFunc) (const char *text, gpointer user_data);

/** sonde_watch_table_new: borrows @orders, which outlives it. */
SondeWatchTable *sonde_watch_table_new (SondeOrders *orders, SondeSayFunc say, gpointer user_data);
void sonde_watch_table_free (SondeWatchTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeWatchTable, sonde_watch_table_free)
/** sonde_watch_table_set_default_rate: of a watch that is added without one. */
void sonde_watch_table_set_default_rate (SondeWatchTable *self, double rate_hz);
GListModel *sonde_watch_table_get_rows (SondeWatchTable *self);
SondeWatchRow *sonde_watch_table_add (SondeWatchTable *self, const char *path, double rate_hz,
                                      GError **error);
SondeWatchRow *sonde_watch_table_lookup (SondeWatchTable *self, const char *path);
void sonde_watch_table_remove (SondeWatchTable *self, SondeWatchRow *row);
void sonde_watch_table_move (SondeWatchTable *self, SondeWatchRow *row, guint position);
void sonde_watch_table_reset_extremes (SondeWatchTable *self, SondeWatchRow *row);
gboolean sonde_watch_table_write (SondeWatchTable *self, SondeWatchRow *row, const char *text,
                                  GError **error);
char *sonde_watch_table_paste (SondeWatchTable *self, const char *text);
/** sonde_watch_table_set_map: resolves every row again by its path and says what moved, changed or
 * is gone. */
void sonde_watch_table_set_map (SondeWatchTable *self, SondeAddressMap *map);
/** sonde_watch_table_set_device: rows follow the active board. */
void sonde_watch_table_set_device (SondeWatchTable *self, const char *name);
/** sonde_watch_table_set_demo: units of the demo board's variables are known. */
void sonde_watch_table_set_demo (SondeWatchTable *self, gboolean is_demo);
/** sonde_watch_table_take_streams: (element-type SondeStreamNews): rows appear by themselves, some
 * of each board. */
void sonde_watch_table_take_streams (SondeWatchTable *self, GPtrArray *streams);
/** sonde_watch_table_take_news: of SondeWatchNews and SondeDeviceFacts. */
void sonde_watch_table_take_news (SondeWatchTable *self, GArray *watches, GArray *devices);
