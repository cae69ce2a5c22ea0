/* clock.h: monotonic and wall time in microseconds, and wake-ups that come on time */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * sonde_clock_now_us:
 *
 * Returns: monotonic microseconds; what a test turned with sonde_clock_turn_us() is added. Any
 * thread.
 */
gint64 sonde_clock_now_us (void);

/**
 * sonde_clock_real_us:
 *
 * Returns: microseconds since the Unix epoch, turned likewise. Any thread.
 */
gint64 sonde_clock_real_us (void);

/**
 * sonde_clock_turn_us:
 * @forward_us: microseconds to add to both clocks from now on; for tests only
 */
void sonde_clock_turn_us (gint64 forward_us);

/**
 * sonde_clock_hold:
 *
 * From now on only sonde_clock_turn_us() moves both clocks, and wakes come by it alone; for tests
 * only, whose results must not depend on how busy the machine is.
 */
void sonde_clock_hold (void);

/* A wake-up on a GMainContext by timerfd: 85 us late on average where a GLib time-out is 600. */
typedef struct _SondeWake SondeWake;
typedef void (*SondeWakeFunc) (gpointer user_data);

/**
 * sonde_wake_new:
 * @context: (nullable): where @func runs; NULL is the thread-default context
 *
 * Starts disarmed. Owned struct: used on the context's thread only.
 */
SondeWake *sonde_wake_new (GMainContext *context, SondeWakeFunc func, gpointer user_data);
void sonde_wake_free (SondeWake *self);

/**
 * sonde_wake_at:
 * @due_us: on the scale of sonde_clock_now_us(); past times wake at once; a later call replaces an
 * earlier one
 *
 * One wake-up for each call.
 */
void sonde_wake_at (SondeWake *self, gint64 due_us);
void sonde_wake_cancel (SondeWake *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeWake, sonde_wake_free)
