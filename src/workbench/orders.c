/* orders.c: what the main thread asks of the desk */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/orders.h"

struct _SondeOrders
{
  SondeEngineThread *thread; /* borrowed; NULL after closing */
  SondeDesk *desk;
};

/* One closure's worth; each kind uses the fields it needs. */
typedef struct
{
  SondeDesk *desk;
  guint id;
  char *device;
  char *text; /* to send, or a stream's name */
  gboolean is_on;
  double rate_hz;
  SondeVariable *variable;
  SondeAddressMap *map;
  GBytes *bytes;
  SondeWriteDone done;
  GObject *owner;
} Order;

SondeOrders *
sonde_orders_new (SondeEngineThread *thread, SondeDesk *desk)
{
  SondeOrders *self = g_new0 (SondeOrders, 1);

  self->thread = thread;
  self->desk = sonde_desk_ref (desk);
  return self;
}

void
sonde_orders_free (SondeOrders *self)
{
  sonde_desk_unref (self->desk);
  g_free (self);
}

void
sonde_orders_close (SondeOrders *self)
{
  self->thread = NULL;
}

static void
free_order (gpointer data)
{
  Order *order = data;

  sonde_desk_unref (order->desk);
  g_free (order->device);
  g_free (order->text);
  g_clear_pointer (&order->variable, sonde_variable_unref);
  g_clear_pointer (&order->map, sonde_address_map_unref);
  g_clear_pointer (&order->bytes, g_bytes_unref);
  g_clear_object (&order->owner);
  g_free (order);
}

static Order *
order_new (SondeOrders *self, guint id, const char *device)
{
  Order *order = g_new0 (Order, 1);

  order->desk = sonde_desk_ref (self->desk);
  order->id = id;
  order->device = g_strdup (device);
  return order;
}

static void
post (SondeOrders *self, SondeEngineFunc func, Order *order)
{
  if (self->thread == NULL)
    free_order (order);
  else
    sonde_engine_thread_post (self->thread, func, order, free_order);
}

static void
set_map (SondeEngine *engine, gpointer user_data)
{
  Order *order = user_data;

  sonde_desk_set_map (order->desk, order->map);
}

void
sonde_orders_set_map (SondeOrders *self, SondeAddressMap *map)
{
  Order *order = order_new (self, 0, NULL);

  order->map = sonde_address_map_ref (map);
  post (self, set_map, order);
}

static void
trust (SondeEngine *engine, gpointer user_data)
{
  Order *order = user_data;

  sonde_desk_trust (order->desk, order->device);
}

void
sonde_orders_trust (SondeOrders *self, const char *device)
{
  post (self, trust, order_new (self, 0, device));
}

static void
forget_device (SondeEngine *engine, gpointer user_data)
{
  Order *order = user_data;

  sonde_desk_forget_device (order->desk, order->device);
}

void
sonde_orders_forget_device (SondeOrders *self, const char *device)
{
  post (self, forget_device, order_new (self, 0, device));
}

static void
send_text (SondeEngine *engine, gpointer user_data)
{
  Order *order = user_data;

  sonde_desk_send_text (order->desk, order->device, order->text);
}

void
sonde_orders_send_text (SondeOrders *self, const char *device, const char *text)
{
  Order *order = order_new (self, 0, device);

  order->text = g_strdup (text);
  post (self, send_text, order);
}

static void
set_tapped (SondeEngine *engine, gpointer user_data)
{
  Order *order = user_data;

  sonde_desk_set_tapped (order->desk, order->device, order->is_on);
}

void
sonde_orders_set_tapped (SondeOrders *self, const char *device, gboolean is_tapped)
{
  Order *order = order_new (self, 0, device);

  order->is_on = is_tapped;
  post (self, set_tapped, order);
}

static void
put_watch (SondeEngine *engine, gpointer user_data)
{
  Order *order = user_data;

  sonde_desk_put_watch (order->desk, order->id, order->device, order->variable, order->rate_hz);
  sonde_desk_set_rate (order->desk, order->id, order->rate_hz);
}

void
sonde_orders_put_watch (SondeOrders *self, guint id, const char *device, SondeVariable *variable,
                        double rate_hz)
{
  Order *order = order_new (self, id, device);

  order->variable = sonde_variable_ref (variable);
  order->rate_hz = rate_hz;
  post (self, put_watch, order);
}

static void
put_stream (SondeEngine *engine, gpointer user_data)
{
  Order *order = user_data;

  sonde_desk_put_stream (order->desk, order->id, order->device, order->text);
}

void
sonde_orders_put_stream (SondeOrders *self, guint id, const char *device, const char *name)
{
  Order *order = order_new (self, id, device);

  order->text = g_strdup (name);
  post (self, put_stream, order);
}

static void
rest_watch (SondeEngine *engine, gpointer user_data)
{
  Order *order = user_data;

  sonde_desk_rest_watch (order->desk, order->id);
}

void
sonde_orders_rest_watch (SondeOrders *self, guint id)
{
  post (self, rest_watch, order_new (self, id, NULL));
}

static void
drop_watch (SondeEngine *engine, gpointer user_data)
{
  Order *order = user_data;

  sonde_desk_drop_watch (order->desk, order->id);
}

void
sonde_orders_drop_watch (SondeOrders *self, guint id)
{
  post (self, drop_watch, order_new (self, id, NULL));
}

static void
reset_extremes (SondeEngine *engine, gpointer user_data)
{
  Order *order = user_data;

  sonde_desk_reset_extremes (order->desk, order->id);
}

void
sonde_orders_reset_extremes (SondeOrders *self, guint id)
{
  post (self, reset_extremes, order_new (self, id, NULL));
}

static void
write_watch (SondeEngine *engine, gpointer user_data)
{
  Order *order = user_data;

  sonde_desk_write (order->desk, order->id, order->bytes, order->done,
                    g_steal_pointer (&order->owner));
}

void
sonde_orders_write (SondeOrders *self, guint id, GBytes *bytes, SondeWriteDone done, GObject *owner)
{
  Order *order = order_new (self, id, NULL);

  order->bytes = g_bytes_ref (bytes);
  order->done = done;
  order->owner = g_object_ref (owner);
  post (self, write_watch, order);
}
