/* watch.h: one variable of one board under observation */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "trace/trace.h"
#include "types/variable.h"

/* Engine thread only, except the trace inside (readers anywhere). Owned by its device; callers may
 * hold references. Signal "rate-changed": another rate is asked for. */
#define SONDE_TYPE_WATCH (sonde_watch_get_type ())
G_DECLARE_FINAL_TYPE (SondeWatch, sonde_watch, SONDE, WATCH, GObject)

typedef struct
{
  guint64 sequence;   /* samples and failures so far; a change means news */
  gboolean has_value; /* FALSE before the first sample: nothing is to be shown */
  SondeValue value;   /* newest good sample; of a char array: NONE, see text */
  gint64 time_us;     /* of the newest good sample, epoch */
  gint64 received_us; /* monotonic, for its age */
  double min, max;    /* since the watch began or was reset; NAN before */
  guint64 n_samples;
  guint64 n_skipped; /* due times that passed without a read */
  guint64 n_failed;
  double rate_hz; /* achieved, over the last second */
  double asked_hz;
  char error[160]; /* empty, or why the newest try failed; the value above stays the old one */
} SondeWatchState;

/** sonde_watch_new: @rate_hz 0 means as fast as the board answers. The trace is made here for
 * numbers, none for text. */
SondeWatch *sonde_watch_new (SondeVariable *variable, double rate_hz);
SondeVariable *sonde_watch_get_variable (SondeWatch *self); /* (transfer none) */
SondeTrace *sonde_watch_get_trace (SondeWatch *self);       /* (transfer none) (nullable) */
const SondeWatchState *sonde_watch_get_state (SondeWatch *self);
/** sonde_watch_dup_text_value: (transfer full) (nullable): newest content of a char array. */
char *sonde_watch_dup_text_value (SondeWatch *self);
void sonde_watch_set_rate (SondeWatch *self, double rate_hz);
void sonde_watch_reset_extremes (SondeWatch *self);

/* Called for every sample right after it was stored, on the engine thread; @value NULL and @error
 * set: the try failed. */
typedef void (*SondeWatchFunc) (SondeWatch *watch, gint64 time_us, const SondeValue *value,
                                const char *error, gpointer user_data);
/** sonde_watch_set_listener: one listener (sondectl watch); NULL removes it. */
void sonde_watch_set_listener (SondeWatch *self, SondeWatchFunc func, gpointer user_data);

/* For the scheduler. @bytes is the variable's size, as read. */
void sonde_watch_take_sample (SondeWatch *self, gint64 time_us, gint64 received_us,
                              const guint8 *bytes, gsize size);
void sonde_watch_take_error (SondeWatch *self, const char *error);
void sonde_watch_take_gap (SondeWatch *self);
void sonde_watch_take_boot (SondeWatch *self, gint64 time_us);
void sonde_watch_count_skipped (SondeWatch *self, guint64 n);
/** sonde_watch_update_rate: so that the rate falls when nothing comes. */
void sonde_watch_update_rate (SondeWatch *self, gint64 now_us);
/** sonde_watch_set_variable: the same name at another place; call sonde_device_move_watch(). */
void sonde_watch_set_variable (SondeWatch *self, SondeVariable *variable);
