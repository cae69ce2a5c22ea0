/* registry.c: all boards; one that returns is the same board */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/registry.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "device/greeting.h"

#define MAX_NAME_LENGTH 64
/* A board that comes under ever new names must not fill the list with lost ones. */
#define MAX_DEVICES 1024

struct _SondeRegistry
{
  GObject parent_instance;
  GPtrArray *devices;   /* of SondeDevice, by first appearance */
  GPtrArray *greetings; /* of SondeGreeting */
  SondeWake *tick;      /* one for all: a board costs no descriptor but its polling */
  gint64 tick_us;
  GTask *ending; /* owned; NULL unless it ends */
  guint n_ending;
};

G_DEFINE_FINAL_TYPE (SondeRegistry, sonde_registry, G_TYPE_OBJECT)

enum
{
  DEVICE_ADDED,
  DEVICE_REMOVED,
  DEVICE_READY,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Time */

static void
arm (SondeRegistry *self, gint64 due_us)
{
  if (self->tick_us != 0 && due_us >= self->tick_us)
    return;
  self->tick_us = due_us;
  sonde_wake_at (self->tick, due_us);
}

/* In the order of their coming, which numbers those without a name; one that ends leaves the list.
 */
static void
tick_greetings (SondeRegistry *self, gint64 now_us)
{
  guint i = 0;

  while (i < self->greetings->len)
    {
      SondeGreeting *greeting = g_ptr_array_index (self->greetings, i);

      sonde_greeting_tick (greeting, now_us);
      if (i < self->greetings->len && g_ptr_array_index (self->greetings, i) == greeting)
        i++;
    }
}

static void
on_tick (gpointer user_data)
{
  g_autoptr (SondeRegistry) self = g_object_ref (SONDE_REGISTRY (user_data));
  gint64 now_us = sonde_clock_now_us ();
  gint64 due_us = G_MAXINT64;

  self->tick_us = 0;
  tick_greetings (self, now_us);
  for (guint i = 0; i < self->greetings->len; i++)
    due_us = MIN (due_us, sonde_greeting_get_due (g_ptr_array_index (self->greetings, i)));
  for (guint i = self->devices->len; i-- > 0;)
    if (i < self->devices->len)
      due_us = MIN (due_us, sonde_device_tick (g_ptr_array_index (self->devices, i), now_us));
  if (due_us != G_MAXINT64)
    arm (self, due_us);
}

/* Names */

static gboolean
is_good_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= MAX_NAME_LENGTH
         && strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
                == length;
}

/* Unnamed boards are their address and the lowest number that no connected one has: one that
 * returns is most likely the one that left. */
static char *
dup_address_name (SondeRegistry *self, const char *address)
{
  for (guint n = 1;; n++)
    {
      g_autofree char *name = g_strdup_printf ("%s#%u", address, n);
      SondeDevice *device = sonde_registry_lookup (self, name);

      if (device == NULL || !sonde_device_has_link (device))
        return g_steal_pointer (&name);
    }
}

static char *
dup_name (SondeRegistry *self, const SondeIdentity *identity, const char *address)
{
  if (identity == NULL || identity->device[0] == '\0')
    return dup_address_name (self, address);
  if (is_good_name (identity->device))
    return g_strdup (identity->device);
  sonde_log_printf (SONDE_LOG_WARNING, NULL, "device",
                    "%s: a board calls itself \"%s\", which is no name; it gets its address",
                    address, identity->device);
  return dup_address_name (self, address);
}

/* Devices */

static void
remove_device (SondeRegistry *self, SondeDevice *device)
{
  g_autoptr (SondeDevice) hold = g_object_ref (device);

  if (g_ptr_array_remove (self->devices, device))
    g_signal_emit (self, signals[DEVICE_REMOVED], 0, device);
}

static gboolean
is_forgettable (SondeDevice *device)
{
  return !sonde_device_has_link (device) && sonde_device_get_n_watches (device) == 0;
}

static void
make_room (SondeRegistry *self)
{
  for (guint i = 0; i < self->devices->len && self->devices->len >= MAX_DEVICES; i++)
    if (is_forgettable (g_ptr_array_index (self->devices, i)))
      remove_device (self, g_ptr_array_index (self->devices, i--));
}

static void on_greeted (SondeDevice *device, const SondeIdentity *identity, gpointer owner);

/* The device of that name, old or new, gets the link; its owners hear of it when it stands. */
static SondeDevice *
place_link (SondeRegistry *self, const char *name, SondeLink *link, const SondeIdentity *identity)
{
  SondeDevice *device = sonde_registry_lookup (self, name);
  gboolean is_new = device == NULL;

  if (is_new)
    {
      make_room (self);
      device = sonde_device_new (name, on_greeted, self);
      g_ptr_array_add (self->devices, device);
    }
  sonde_device_take_link (device, link, identity);
  if (is_new)
    g_signal_emit (self, signals[DEVICE_ADDED], 0, device);
  arm (self, sonde_clock_now_us ());
  return device;
}

/* A board told another name than the one it had: its own after its address, or simply another. */
static void
move_link (SondeRegistry *self, SondeDevice *device, const SondeIdentity *identity)
{
  SondeLink *link;

  if (sonde_registry_lookup (self, identity->device) == NULL)
    {
      sonde_device_rename (device, identity->device);
      sonde_device_take_identity (device, identity);
      g_signal_emit (self, signals[DEVICE_READY], 0, device);
      return;
    }
  link = sonde_device_release_link (device);
  if (sonde_device_get_n_watches (device) == 0)
    remove_device (self, device);
  device = place_link (self, identity->device, link, identity);
  g_signal_emit (self, signals[DEVICE_READY], 0, device);
}

static void
on_greeted (SondeDevice *device, const SondeIdentity *identity, gpointer owner)
{
  g_autoptr (SondeRegistry) self = g_object_ref (SONDE_REGISTRY (owner));

  if (is_good_name (identity->device)
      && strcmp (identity->device, sonde_device_get_name (device)) != 0)
    move_link (self, device, identity);
  else if (sonde_device_take_identity (device, identity))
    g_signal_emit (self, signals[DEVICE_READY], 0, device);
}

/* Greetings */

static void
replay (SondeJsonLink *link, GPtrArray *backlog)
{
  for (guint i = 0; i < backlog->len; i++)
    {
      gsize size;
      const char *text = g_bytes_get_data (g_ptr_array_index (backlog, i), &size);

      sonde_json_link_replay (link, text != NULL ? text : "", size);
    }
}

static void
on_greeting_end (SondeGreeting *greeting, SondeGreetingEnd end, const SondeIdentity *identity,
                 gpointer user_data)
{
  g_autoptr (SondeRegistry) self = g_object_ref (SONDE_REGISTRY (user_data));
  g_autoptr (SondeJsonLink) link = NULL;
  g_autoptr (GPtrArray) backlog = NULL;
  g_autofree char *name = NULL;
  SondeDevice *device;

  if (end != SONDE_GREETING_CLOSED)
    {
      link = sonde_greeting_take_link (greeting);
      backlog = sonde_greeting_take_backlog (greeting);
    }
  g_ptr_array_remove (self->greetings, greeting);
  if (link == NULL)
    return;
  name = dup_name (self, identity, sonde_link_get_peer (SONDE_LINK (link)));
  device = place_link (self, name, SONDE_LINK (g_object_ref (link)), identity);
  replay (link, backlog);
  if (identity != NULL)
    g_signal_emit (self, signals[DEVICE_READY], 0, device);
}

void
sonde_registry_adopt (SondeRegistry *self, SondeChannel *channel)
{
  SondeGreeting *greeting = sonde_greeting_new (channel, on_greeting_end, self);

  g_ptr_array_add (self->greetings, greeting);
  arm (self, sonde_greeting_get_due (greeting));
}

/* Life */

static void
sonde_registry_finalize (GObject *object)
{
  SondeRegistry *self = SONDE_REGISTRY (object);

  sonde_wake_free (self->tick);
  g_ptr_array_unref (self->greetings);
  g_ptr_array_unref (self->devices);
  G_OBJECT_CLASS (sonde_registry_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, SONDE_TYPE_REGISTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, SONDE_TYPE_DEVICE);
}

static void
sonde_registry_class_init (SondeRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_registry_finalize;
  signals[DEVICE_ADDED] = new_signal ("device-added");
  signals[DEVICE_REMOVED] = new_signal ("device-removed");
  signals[DEVICE_READY] = new_signal ("device-ready");
}

static void
sonde_registry_init (SondeRegistry *self)
{
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
  self->greetings = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_greeting_free);
  self->tick = sonde_wake_new (NULL, on_tick, self);
}

SondeRegistry *
sonde_registry_new (void)
{
  return g_object_new (SONDE_TYPE_REGISTRY, NULL);
}

guint
sonde_registry_get_n (SondeRegistry *self)
{
  return self->devices->len;
}

SondeDevice *
sonde_registry_get (SondeRegistry *self, guint index)
{
  g_return_val_if_fail (index < self->devices->len, NULL);

  return g_ptr_array_index (self->devices, index);
}

SondeDevice *
sonde_registry_lookup (SondeRegistry *self, const char *name)
{
  for (guint i = 0; i < self->devices->len; i++)
    {
      SondeDevice *device = g_ptr_array_index (self->devices, i);

      if (strcmp (sonde_device_get_name (device), name) == 0)
        return device;
    }
  return NULL;
}

void
sonde_registry_forget (SondeRegistry *self, SondeDevice *device)
{
  g_return_if_fail (!sonde_device_has_link (device));

  remove_device (self, device);
}

/* End */

static void
on_device_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SondeRegistry) self = user_data;
  g_autoptr (GTask) task = NULL;

  sonde_device_end_finish (SONDE_DEVICE (source), result, NULL);
  if (--self->n_ending > 0)
    return;
  task = g_steal_pointer (&self->ending);
  g_task_return_boolean (task, TRUE);
}

void
sonde_registry_end_async (SondeRegistry *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->ending == NULL);

  self->ending = g_task_new (self, NULL, callback, user_data);
  g_ptr_array_set_size (self->greetings, 0);
  /* Counted first: a board without a connection has ended before the next is asked. */
  self->n_ending = self->devices->len + 1;
  for (guint i = 0; i < self->devices->len; i++)
    sonde_device_end_async (g_ptr_array_index (self->devices, i), on_device_ended,
                            g_object_ref (self));
  arm (self, sonde_clock_now_us ());
  if (--self->n_ending == 0)
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->ending);

      g_task_return_boolean (task, TRUE);
    }
}

gboolean
sonde_registry_end_finish (SondeRegistry *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
