/* device.c: one board: who it is, how it is, what is watched on it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/device.h"

#include "base/clock.h"
#include "base/log.h"
#include "device/session.h"
#include "device/stream-source.h"
#include "device/meters.h"

#define CHANGED_US 100000

struct _SondeDevice
{
  GObject parent_instance;
  SondeDeviceInfo info; /* its texts are the two below */
  char *name;
  char *address;
  SondeDeviceGreeted greeted;
  gpointer owner;
  SondeSession *session;
  GPtrArray *watches; /* of SondeWatch */
  SondeStreamSource *streams;
  GDestroyNotify destroy_memory_of;
  gpointer memory_of_data;
  guint n_taps;
  SondeTrafficMeter traffic;
  gint64 changed_us; /* monotonic, of the newest signal */
  gboolean is_dirty;
  SondeChatter chatter;
  GTask *ending; /* owned; NULL unless it ends */
};

G_DEFINE_QUARK (sonde_device_error, sonde_device_error)
G_DEFINE_FINAL_TYPE (SondeDevice, sonde_device, G_TYPE_OBJECT)

enum
{
  CHANGED,
  TAP,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* News */

static void
emit_changed (SondeDevice *self, gint64 now_us)
{
  self->is_dirty = FALSE;
  self->changed_us = now_us;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* At most ten a second; what is held back goes out with the next tick. */
static void
mark_changed (SondeDevice *self)
{
  gint64 now_us = sonde_clock_now_us ();

  self->is_dirty = TRUE;
  if (now_us - self->changed_us >= CHANGED_US)
    emit_changed (self, now_us);
}

static void
refresh_info (SondeDevice *self)
{
  SondeDeviceInfo *info = &self->info;
  SondeLinkStatus status;

  sonde_session_get_status (self->session, &status);
  info->rtt_us = status.rtt_us;
  info->n_answers = status.n_answers;
  info->n_timeouts = status.n_timeouts;
  info->n_refused = status.n_refused;
  info->n_unasked = status.n_unasked;
  if (status.sends_unmasked && !info->sends_unmasked)
    sonde_log_write (SONDE_LOG_INFO, self->name, "device", "sends unmasked frames");
  info->sends_unmasked = status.sends_unmasked;
  if (sonde_board_clock_take_lie (sonde_session_get_clock (self->session)))
    sonde_log_write (SONDE_LOG_WARNING, self->name, "device",
                     "its clock does not run at the clock_hz it announced: "
                     "times are those of receipt until it starts anew");
  info->n_lost_samples
      = sonde_poll_scheduler_get_tally (sonde_session_get_scheduler (self->session))->n_lost;
}

static void
meter_rates (SondeDevice *self, gint64 now_us)
{
  SondePollScheduler *scheduler = sonde_session_get_scheduler (self->session);

  sonde_traffic_meter_update (&self->traffic, now_us, self->info.n_answers,
                              sonde_poll_scheduler_get_tally (scheduler)->n_samples);
  self->info.rate_hz = sonde_rate_meter_get_hz (&self->traffic.answers, now_us);
  self->info.samples_hz = sonde_rate_meter_get_hz (&self->traffic.samples, now_us);
  for (guint i = 0; i < self->watches->len; i++)
    sonde_watch_update_rate (g_ptr_array_index (self->watches, i), now_us);
  sonde_stream_source_update_rates (self->streams, now_us);
}

gint64
sonde_device_tick (SondeDevice *self, gint64 now_us)
{
  g_autoptr (SondeDevice) hold = g_object_ref (self);
  double rate_hz = self->info.rate_hz + self->info.samples_hz;
  gint64 due_us = sonde_session_tick (self->session, now_us);

  refresh_info (self);
  meter_rates (self, now_us);
  rate_hz += self->info.rate_hz + self->info.samples_hz;
  if (self->is_dirty || rate_hz > 0)
    emit_changed (self, now_us);
  /* Rates of a lost board must fall to nothing too. */
  return rate_hz > 0 ? MIN (due_us, now_us + G_USEC_PER_SEC) : due_us;
}

/* What the session tells */

static void
take_free_message (SondeDevice *self, const SondeMessage *message, const char *text, gsize size)
{
  gint64 now_us = sonde_clock_now_us ();
  SondeBoardClock *clock = sonde_session_get_clock (self->session);
  guint n = sonde_stream_source_take (self->streams, message, text, size,
                                      sonde_board_clock_map_host (clock, now_us));

  sonde_traffic_meter_count_pushed (&self->traffic, now_us, n);
  sonde_chatter_log_text (&self->chatter, self->name, text, size, now_us);
}

static void
on_message (gpointer owner, const SondeMessage *message, const char *text, gsize size)
{
  g_autoptr (SondeDevice) self = g_object_ref (SONDE_DEVICE (owner));

  if (message->kind == SONDE_MESSAGE_INIT)
    {
      SondeIdentity identity = message->identity;

      self->greeted (self, &identity, self->owner);
    }
  else if (message->kind == SONDE_MESSAGE_LOG)
    sonde_chatter_log (self->name, message);
  else
    take_free_message (self, message, text, size);
}

static void
on_state (gpointer owner, const char *why)
{
  SondeDevice *self = owner;
  SondeDeviceState state = sonde_session_get_state (self->session);
  gboolean was_lost = self->info.state == SONDE_DEVICE_LOST;

  self->info.state = state;
  self->info.is_silent = sonde_session_is_silent (self->session);
  self->info.identity = *sonde_session_get_identity (self->session);
  if (state != SONDE_DEVICE_LOST)
    self->info.lost_us = 0;
  else if (!was_lost)
    self->info.lost_us = sonde_clock_real_us ();
  sonde_log_write (state == SONDE_DEVICE_LOST ? SONDE_LOG_WARNING : SONDE_LOG_INFO, self->name,
                   "device", why);
  mark_changed (self);
}

static void
on_gap (gpointer owner)
{
  SondeDevice *self = owner;

  for (guint i = 0; i < self->watches->len; i++)
    sonde_watch_take_gap (g_ptr_array_index (self->watches, i));
  sonde_stream_source_take_gap (self->streams);
}

static void
on_boot (gpointer owner)
{
  SondeDevice *self = owner;
  gint64 now_us = sonde_clock_real_us ();

  for (guint i = 0; i < self->watches->len; i++)
    sonde_watch_take_boot (g_ptr_array_index (self->watches, i), now_us);
}

static void
on_ended (gpointer owner)
{
  SondeDevice *self = owner;
  g_autoptr (GTask) task = g_steal_pointer (&self->ending);

  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
on_tap (gpointer owner, gboolean outgoing, const char *text, gsize size)
{
  g_autofree char *copy = g_strndup (text, size);

  g_signal_emit (owner, signals[TAP], 0, outgoing, copy, (guint) size);
}

/* Life */

static void
clear_memory_of (SondeDevice *self)
{
  if (self->destroy_memory_of != NULL)
    self->destroy_memory_of (self->memory_of_data);
  self->destroy_memory_of = NULL;
}

static void
sonde_device_finalize (GObject *object)
{
  SondeDevice *self = SONDE_DEVICE (object);

  sonde_session_free (self->session);
  clear_memory_of (self);
  g_ptr_array_unref (self->watches);
  sonde_stream_source_free (self->streams);
  g_free (self->name);
  g_free (self->address);
  G_OBJECT_CLASS (sonde_device_parent_class)->finalize (object);
}

static void
sonde_device_class_init (SondeDeviceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_device_finalize;
  signals[CHANGED] = g_signal_new ("changed", SONDE_TYPE_DEVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[TAP] = g_signal_new ("tap", SONDE_TYPE_DEVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 3, G_TYPE_BOOLEAN, G_TYPE_STRING, G_TYPE_UINT);
}

static void
sonde_device_init (SondeDevice *self)
{
  static const SondeSessionHandler handler
      = { on_message, on_state, on_gap, on_boot, on_ended, on_tap };

  self->session = sonde_session_new (&handler, self);
  self->watches = g_ptr_array_new_with_free_func (g_object_unref);
  self->streams = sonde_stream_source_new ();
  self->info.rtt_us = -1;
}

SondeDevice *
sonde_device_new (const char *name, SondeDeviceGreeted greeted, gpointer owner)
{
  SondeDevice *self = g_object_new (SONDE_TYPE_DEVICE, NULL);

  self->greeted = greeted;
  self->owner = owner;
  self->info.name = self->name = g_strdup (name);
  self->info.address = self->address = g_strdup ("");
  return self;
}

void
sonde_device_rename (SondeDevice *self, const char *name)
{
  g_autofree char *old = self->name;

  self->info.name = self->name = g_strdup (name);
  sonde_log_printf (SONDE_LOG_INFO, self->name, "device", "known as %s before", old);
  mark_changed (self);
}

const SondeDeviceInfo *
sonde_device_get_info (SondeDevice *self)
{
  refresh_info (self);
  return &self->info;
}

const char *
sonde_device_get_name (SondeDevice *self)
{
  return self->name;
}

gboolean
sonde_device_is_connected (SondeDevice *self)
{
  return sonde_device_has_link (self) && self->info.state != SONDE_DEVICE_LOST;
}

/* Connection */

void
sonde_device_take_link (SondeDevice *self, SondeLink *link, const SondeIdentity *identity)
{
  g_autoptr (SondeDevice) hold = g_object_ref (self);

  g_free (self->address);
  self->info.address = self->address = g_strdup (sonde_link_get_peer (link));
  self->info.connected_us = sonde_clock_real_us ();
  sonde_session_take_link (self->session, link, identity);
}

SondeLink *
sonde_device_release_link (SondeDevice *self)
{
  return sonde_session_release_link (self->session);
}

gboolean
sonde_device_has_link (SondeDevice *self)
{
  return sonde_session_get_link (self->session) != NULL;
}

gboolean
sonde_device_take_identity (SondeDevice *self, const SondeIdentity *identity)
{
  return sonde_session_take_identity (self->session, identity);
}

SondeSession *
sonde_device_get_session (SondeDevice *self)
{
  return self->session;
}

gboolean
sonde_device_send_text (SondeDevice *self, const char *text)
{
  SondeLink *link = sonde_session_get_link (self->session);

  return link != NULL && sonde_link_send_text (link, text);
}

void
sonde_device_tap (SondeDevice *self)
{
  self->n_taps++;
  sonde_session_set_tapped (self->session, TRUE);
}

void
sonde_device_untap (SondeDevice *self)
{
  g_return_if_fail (self->n_taps > 0);

  self->n_taps--;
  sonde_session_set_tapped (self->session, self->n_taps > 0);
}

void
sonde_device_end_async (SondeDevice *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->ending == NULL);

  self->ending = g_task_new (self, NULL, callback, user_data);
  sonde_session_end (self->session);
}

gboolean
sonde_device_end_finish (SondeDevice *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Watches and streams */

static void
on_rate_changed (SondeWatch *watch, SondeDevice *self)
{
  sonde_poll_scheduler_refresh (sonde_session_get_scheduler (self->session), watch);
}

SondeWatch *
sonde_device_add_watch (SondeDevice *self, SondeVariable *variable, double rate_hz)
{
  SondeWatch *watch;

  g_return_val_if_fail (sonde_variable_is_leaf (variable), NULL);

  watch = sonde_watch_new (variable, rate_hz);
  g_ptr_array_add (self->watches, watch);
  g_signal_connect_object (watch, "rate-changed", G_CALLBACK (on_rate_changed), self, 0);
  sonde_poll_scheduler_add (sonde_session_get_scheduler (self->session), watch);
  return watch;
}

void
sonde_device_move_watch (SondeDevice *self, SondeWatch *watch, SondeVariable *variable)
{
  sonde_watch_set_variable (watch, variable);
  sonde_poll_scheduler_refresh (sonde_session_get_scheduler (self->session), watch);
}

void
sonde_device_rest_watch (SondeDevice *self, SondeWatch *watch)
{
  sonde_poll_scheduler_remove (sonde_session_get_scheduler (self->session), watch);
  sonde_watch_take_gap (watch);
}

void
sonde_device_remove_watch (SondeDevice *self, SondeWatch *watch)
{
  sonde_poll_scheduler_remove (sonde_session_get_scheduler (self->session), watch);
  g_signal_handlers_disconnect_by_func (watch, on_rate_changed, self);
  g_ptr_array_remove (self->watches, watch);
}

guint
sonde_device_get_n_watches (SondeDevice *self)
{
  return self->watches->len;
}

SondeWatch *
sonde_device_get_watch (SondeDevice *self, guint index)
{
  g_return_val_if_fail (index < self->watches->len, NULL);

  return g_ptr_array_index (self->watches, index);
}

void
sonde_device_set_memory_of (SondeDevice *self, SondeMemoryOf func, gpointer user_data,
                            GDestroyNotify destroy)
{
  sonde_poll_scheduler_set_memory_of (sonde_session_get_scheduler (self->session), func, user_data);
  clear_memory_of (self);
  self->memory_of_data = user_data;
  self->destroy_memory_of = destroy;
}

guint
sonde_device_get_n_streams (SondeDevice *self)
{
  return sonde_stream_source_get_n (self->streams);
}

SondeWatch *
sonde_device_get_stream (SondeDevice *self, guint index)
{
  return sonde_stream_source_get (self->streams, index);
}

SondeWatch *
sonde_device_lookup_stream (SondeDevice *self, const char *name)
{
  return sonde_stream_source_lookup (self->streams, name);
}

SondeWatch *
sonde_device_find_stream (SondeDevice *self, SondeVariable *variable)
{
  SondeWatch *stream
      = sonde_stream_source_lookup (self->streams, sonde_variable_get_path (variable));

  return stream != NULL && sonde_watch_get_variable (stream) == variable ? stream : NULL;
}
