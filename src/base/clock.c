/* clock.c: monotonic and wall time in microseconds, and wake-ups that come on time */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define NOT_ARMED G_MAXINT64

struct _SondeWake
{
  GSource source; /* first: the wake is its own source */
  int fd;         /* timerfd, non-blocking */
  gint64 due_us;  /* on the turned scale; NOT_ARMED between a wake-up and the next call */
  SondeWakeFunc func;
  gpointer user_data;
};

/* Guards all of these. Only arming and turning take it, so it is never held for long. */
static GMutex lock;
static GPtrArray *wakes; /* all that live, borrowed: turning the clock arms them anew */
static gint64 turned_us; /* read without the lock by the clocks */
static gint64 held_us;   /* monotonic; 0: the clocks run */
static gint64 held_real_us;

static gint64
get_turned_us (void)
{
  return __atomic_load_n (&turned_us, __ATOMIC_ACQUIRE);
}

static gint64
get_host_us (void)
{
  const gint64 held = __atomic_load_n (&held_us, __ATOMIC_ACQUIRE);

  return held != 0 ? held : g_get_monotonic_time ();
}

gint64
sonde_clock_now_us (void)
{
  return get_host_us () + get_turned_us ();
}

gint64
sonde_clock_real_us (void)
{
  const gint64 host_us
      = __atomic_load_n (&held_us, __ATOMIC_ACQUIRE) != 0 ? held_real_us : g_get_real_time ();

  return host_us + get_turned_us ();
}

/* While the clocks are held, only turning them makes a wake due. */
static gboolean
is_to_arm (const SondeWake *self)
{
  if (self->due_us == NOT_ARMED)
    return FALSE;
  return held_us == 0 || self->due_us <= sonde_clock_now_us ();
}

/* A time of zero would disarm the timer, so that the past is told as the first nanosecond. */
static void
set_timer (SondeWake *self)
{
  struct itimerspec spec = { { 0, 0 }, { 0, 0 } };

  if (is_to_arm (self))
    {
      const gint64 host_us = held_us != 0 ? 0 : self->due_us - get_turned_us ();

      spec.it_value.tv_sec = host_us > 0 ? host_us / G_USEC_PER_SEC : 0;
      spec.it_value.tv_nsec = host_us > 0 ? host_us % G_USEC_PER_SEC * 1000 : 1;
    }
  if (timerfd_settime (self->fd, TFD_TIMER_ABSTIME, &spec, NULL) != 0)
    g_error ("timerfd_settime: %s", g_strerror (errno));
}

void
sonde_clock_turn_us (gint64 forward_us)
{
  g_mutex_lock (&lock);
  __atomic_add_fetch (&turned_us, forward_us, __ATOMIC_ACQ_REL);
  for (guint i = 0; wakes != NULL && i < wakes->len; i++)
    set_timer (g_ptr_array_index (wakes, i));
  g_mutex_unlock (&lock);
}

void
sonde_clock_hold (void)
{
  g_mutex_lock (&lock);
  if (held_us == 0)
    {
      held_real_us = g_get_real_time ();
      __atomic_store_n (&held_us, g_get_monotonic_time (), __ATOMIC_RELEASE);
    }
  for (guint i = 0; wakes != NULL && i < wakes->len; i++)
    set_timer (g_ptr_array_index (wakes, i));
  g_mutex_unlock (&lock);
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  SondeWake *self = (SondeWake *) source;
  guint64 n_expired;

  g_mutex_lock (&lock);
  const gboolean is_due = read (self->fd, &n_expired, sizeof n_expired) == sizeof n_expired;
  if (is_due)
    self->due_us = NOT_ARMED;
  g_mutex_unlock (&lock);
  /* Otherwise it was put off after it had expired, and comes at its new time. */
  if (is_due)
    self->func (self->user_data);
  return G_SOURCE_CONTINUE;
}

static void
finalize (GSource *source)
{
  close (((SondeWake *) source)->fd);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch, .finalize = finalize };

SondeWake *
sonde_wake_new (GMainContext *context, SondeWakeFunc func, gpointer user_data)
{
  g_return_val_if_fail (func != NULL, NULL);

  GSource *source = g_source_new (&source_funcs, sizeof (SondeWake));
  SondeWake *self = (SondeWake *) source;

  self->fd = timerfd_create (CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->fd < 0)
    g_error ("timerfd_create: %s", g_strerror (errno));
  self->due_us = NOT_ARMED;
  self->func = func;
  self->user_data = user_data;

  g_mutex_lock (&lock);
  if (wakes == NULL)
    wakes = g_ptr_array_new ();
  g_ptr_array_add (wakes, self);
  g_mutex_unlock (&lock);

  g_source_set_static_name (source, "sonde-wake");
  g_source_set_priority (source, G_PRIORITY_HIGH);
  /* A source that blocks itself while it is dispatched makes the loop write to its own eventfd
   * every time; two system calls for each wake-up. */
  g_source_set_can_recurse (source, TRUE);
  g_source_add_unix_fd (source, self->fd, G_IO_IN);
  g_source_attach (source, context != NULL ? context : g_main_context_get_thread_default ());
  return self;
}

void
sonde_wake_free (SondeWake *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&lock);
  g_ptr_array_remove_fast (wakes, self);
  if (wakes->len == 0)
    g_clear_pointer (&wakes, g_ptr_array_unref);
  g_mutex_unlock (&lock);

  g_source_destroy (&self->source);
  g_source_unref (&self->source);
}

void
sonde_wake_at (SondeWake *self, gint64 due_us)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&lock);
  if (self->due_us != due_us)
    {
      self->due_us = due_us;
      set_timer (self);
    }
  g_mutex_unlock (&lock);
}

void
sonde_wake_cancel (SondeWake *self)
{
  sonde_wake_at (self, NOT_ARMED);
}
