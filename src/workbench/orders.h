/* orders.h: what the main thread asks of the desk: each call goes over as a closure, in order */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/desk.h"
#include "workbench/engine-thread.h"

/* Owned struct, main thread. Every call returns at once; after closing it does nothing. */
typedef struct _SondeOrders SondeOrders;

/** sonde_orders_new: borrows @thread until closing. */
SondeOrders *sonde_orders_new (SondeEngineThread *thread, SondeDesk *desk);
void sonde_orders_free (SondeOrders *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeOrders, sonde_orders_free)
/** sonde_orders_close: before the thread is freed. */
void sonde_orders_close (SondeOrders *self);

void sonde_orders_set_map (SondeOrders *self, SondeAddressMap *map);
void sonde_orders_trust (SondeOrders *self, const char *device);
void sonde_orders_forget_device (SondeOrders *self, const char *device);
void sonde_orders_send_text (SondeOrders *self, const char *device, const char *text);
void sonde_orders_set_tapped (SondeOrders *self, const char *device, gboolean is_tapped);
void sonde_orders_put_watch (SondeOrders *self, guint id, const char *device,
                             SondeVariable *variable, double rate_hz);
void sonde_orders_put_stream (SondeOrders *self, guint id, const char *device, const char *name);
void sonde_orders_rest_watch (SondeOrders *self, guint id);
void sonde_orders_drop_watch (SondeOrders *self, guint id);
/** sonde_orders_reset_extremes: @id 0: of all. */
void sonde_orders_reset_extremes (SondeOrders *self, guint id);
/** sonde_orders_write: @owner: handed to @done as its user data; released here where the write
 * never begins. */
void sonde_orders_write (SondeOrders *self, guint id, GBytes *bytes, SondeWriteDone done,
                         GObject *owner);
