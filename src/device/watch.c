/* watch.c: one variable of one board under observation */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/watch.h"

#include <math.h>
#include <string.h>

#include "device/meters.h"
#include "types/text.h"

#define MAX_RATE_HZ 100000.0

struct _SondeWatch
{
  GObject parent_instance;
  SondeVariable *variable; /* owned */
  SondeTrace *trace;       /* owned; NULL for text and raw bytes */
  SondeWatchState state;
  gint64 newest_us; /* of samples and boots: what the trace has been told */
  SondeRateMeter meter;
  GByteArray *text; /* owned; newest content of a char array, NULL of a number */
  SondeWatchFunc listener;
  gpointer listener_data;
};

G_DEFINE_FINAL_TYPE (SondeWatch, sonde_watch, G_TYPE_OBJECT)

enum
{
  RATE_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* 80- and 128-bit numbers come as raw bytes, which have no place on a plot. */
static gboolean
is_plottable (const SondeType *type)
{
  guint64 size = sonde_type_get_size (type);

  return sonde_type_is_leaf (type) && (size == 1 || size == 2 || size == 4 || size == 8);
}

static void
sonde_watch_finalize (GObject *object)
{
  SondeWatch *self = SONDE_WATCH (object);

  g_clear_pointer (&self->variable, sonde_variable_unref);
  g_clear_object (&self->trace);
  g_clear_pointer (&self->text, g_byte_array_unref);
  G_OBJECT_CLASS (sonde_watch_parent_class)->finalize (object);
}

static void
sonde_watch_class_init (SondeWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_watch_finalize;
  signals[RATE_CHANGED] = g_signal_new ("rate-changed", SONDE_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_watch_init (SondeWatch *self)
{
  self->state.min = self->state.max = NAN;
}

static void
begin_history (SondeWatch *self)
{
  SondeType *type = sonde_variable_get_type (self->variable);

  g_clear_object (&self->trace);
  g_clear_pointer (&self->text, g_byte_array_unref);
  if (sonde_type_is_text (type))
    self->text = g_byte_array_new ();
  else if (is_plottable (type))
    self->trace = sonde_trace_new (type);
}

/* NAN and what is below nothing mean as fast as the board answers. */
static double
clamp_rate (double rate_hz)
{
  return rate_hz > 0 ? MIN (rate_hz, MAX_RATE_HZ) : 0;
}

SondeWatch *
sonde_watch_new (SondeVariable *variable, double rate_hz)
{
  SondeWatch *self = g_object_new (SONDE_TYPE_WATCH, NULL);

  self->variable = sonde_variable_ref (variable);
  self->state.asked_hz = clamp_rate (rate_hz);
  begin_history (self);
  return self;
}

SondeVariable *
sonde_watch_get_variable (SondeWatch *self)
{
  return self->variable;
}

static gboolean
is_same_shape (const SondeType *a, const SondeType *b)
{
  return sonde_type_get_kind (a) == sonde_type_get_kind (b)
         && sonde_type_get_encoding (a) == sonde_type_get_encoding (b)
         && sonde_type_get_size (a) == sonde_type_get_size (b)
         && sonde_type_get_bit_size (a) == sonde_type_get_bit_size (b);
}

static gboolean
is_same_place (SondeVariable *a, SondeVariable *b)
{
  return sonde_variable_get_address (a) == sonde_variable_get_address (b)
         && sonde_type_get_bit_offset (sonde_variable_get_type (a))
                == sonde_type_get_bit_offset (sonde_variable_get_type (b))
         && is_same_shape (sonde_variable_get_type (a), sonde_variable_get_type (b));
}

void
sonde_watch_set_variable (SondeWatch *self, SondeVariable *variable)
{
  g_autoptr (SondeVariable) old = self->variable;

  self->variable = sonde_variable_ref (variable);
  if (is_same_place (old, variable))
    return;
  /* The old value is none of the new place. */
  sonde_watch_take_gap (self);
  self->state.has_value = FALSE;
  self->state.value = (SondeValue) SONDE_VALUE_INIT;
  if (is_same_shape (sonde_variable_get_type (old), sonde_variable_get_type (variable)))
    return;
  /* Retyped: old samples are none of the new type. */
  begin_history (self);
  sonde_watch_reset_extremes (self);
}

SondeTrace *
sonde_watch_get_trace (SondeWatch *self)
{
  return self->trace;
}

const SondeWatchState *
sonde_watch_get_state (SondeWatch *self)
{
  return &self->state;
}

char *
sonde_watch_dup_text_value (SondeWatch *self)
{
  if (self->text == NULL || !self->state.has_value)
    return NULL;
  return sonde_text_from_chars (self->text->data, self->text->len);
}

void
sonde_watch_set_rate (SondeWatch *self, double rate_hz)
{
  rate_hz = clamp_rate (rate_hz);
  if (self->state.asked_hz == rate_hz)
    return;
  self->state.asked_hz = rate_hz;
  g_signal_emit (self, signals[RATE_CHANGED], 0);
}

void
sonde_watch_reset_extremes (SondeWatch *self)
{
  self->state.min = self->state.max = NAN;
}

void
sonde_watch_set_listener (SondeWatch *self, SondeWatchFunc func, gpointer user_data)
{
  self->listener = func;
  self->listener_data = user_data;
}

static void
take_extremes (SondeWatchState *state, double number)
{
  if (isnan (number))
    return;
  /* Written so that the NAN of the beginning gives way. */
  if (!(state->min <= number))
    state->min = number;
  if (!(state->max >= number))
    state->max = number;
}

static gboolean
take_bytes (SondeWatch *self, const guint8 *bytes, gsize size)
{
  const SondeVariableInfo *info = sonde_variable_get_info (self->variable);

  if (self->text != NULL)
    {
      g_byte_array_set_size (self->text, 0);
      g_byte_array_append (self->text, bytes, (guint) size);
      return TRUE;
    }
  return sonde_value_decode (info->type, info->byte_order, bytes, size, &self->state.value)
         || self->state.value.kind == SONDE_VALUE_RAW;
}

void
sonde_watch_take_sample (SondeWatch *self, gint64 time_us, gint64 received_us, const guint8 *bytes,
                         gsize size)
{
  SondeWatchState *state = &self->state;

  if (!take_bytes (self, bytes, size))
    {
      sonde_watch_take_error (self, "the bytes are no value of the variable's type");
      return;
    }
  /* Strictly rising: a reboot or a coarse clock must not give two samples one time. */
  time_us = MAX (time_us, self->newest_us + 1);
  self->newest_us = time_us;
  state->sequence++;
  state->has_value = TRUE;
  state->time_us = time_us;
  state->received_us = received_us;
  state->n_samples++;
  state->error[0] = '\0';
  sonde_rate_meter_count (&self->meter, received_us, 1);
  take_extremes (state, sonde_value_to_double (&state->value));
  if (self->trace != NULL)
    sonde_trace_append (self->trace, time_us, &state->value);
  if (self->listener != NULL)
    self->listener (self, time_us, &state->value, NULL, self->listener_data);
}

/* Cut where a letter ends. */
static void
copy_text (char *target, gsize size, const char *text)
{
  const char *end;

  g_strlcpy (target, text, size);
  if (!g_utf8_validate (target, -1, &end))
    target[end - target] = '\0';
}

void
sonde_watch_take_error (SondeWatch *self, const char *error)
{
  self->state.sequence++;
  self->state.n_failed++;
  copy_text (self->state.error, sizeof self->state.error, error);
  sonde_watch_take_gap (self);
  if (self->listener != NULL)
    self->listener (self, self->state.time_us, NULL, error, self->listener_data);
}

void
sonde_watch_take_gap (SondeWatch *self)
{
  if (self->trace != NULL && self->state.has_value)
    sonde_trace_append_gap (self->trace);
}

void
sonde_watch_take_boot (SondeWatch *self, gint64 time_us)
{
  if (!self->state.has_value)
    return;
  self->newest_us = MAX (time_us, self->newest_us + 1);
  if (self->trace != NULL)
    sonde_trace_mark_boot (self->trace, self->newest_us);
}

void
sonde_watch_count_skipped (SondeWatch *self, guint64 n)
{
  self->state.n_skipped += n;
}

void
sonde_watch_update_rate (SondeWatch *self, gint64 now_us)
{
  self->state.rate_hz = sonde_rate_meter_get_hz (&self->meter, now_us);
}
