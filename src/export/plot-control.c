/* plot-control.c: what a person does to the view of a plot, and the way back; no GTK */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plot-control.h"

#include <math.h>

struct _SondePlotControl
{
  GObject parent_instance;
  SondePlotRange *range; /* referenced */
  gulong range_handler;
  SondeYRange y;
  SondePlotHistory *history;
  guint width_px;
  gboolean is_frozen;
  gboolean was_following; /* when it was frozen */
};

G_DEFINE_FINAL_TYPE (SondePlotControl, sonde_plot_control, G_TYPE_OBJECT)

static guint changed_signal;

static void
emit_changed (SondePlotControl *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
drop_range (SondePlotControl *self)
{
  if (self->range != NULL)
    g_clear_signal_handler (&self->range_handler, self->range);
  g_clear_object (&self->range);
}

static void
sonde_plot_control_finalize (GObject *object)
{
  SondePlotControl *self = SONDE_PLOT_CONTROL (object);

  drop_range (self);
  sonde_plot_history_free (self->history);
  G_OBJECT_CLASS (sonde_plot_control_parent_class)->finalize (object);
}

static void
sonde_plot_control_class_init (SondePlotControlClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_plot_control_finalize;
  changed_signal = g_signal_new ("changed", SONDE_TYPE_PLOT_CONTROL, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_plot_control_init (SondePlotControl *self)
{
  g_autoptr (SondePlotRange) range = sonde_plot_range_new ();

  self->history = sonde_plot_history_new ();
  sonde_plot_control_set_range (self, range);
}

SondePlotControl *
sonde_plot_control_new (void)
{
  return g_object_new (SONDE_TYPE_PLOT_CONTROL, NULL);
}

void
sonde_plot_control_set_range (SondePlotControl *self, SondePlotRange *range)
{
  if (range == self->range)
    return;
  drop_range (self);
  self->range = g_object_ref (range);
  self->range_handler
      = g_signal_connect_swapped (range, "changed", G_CALLBACK (emit_changed), self);
  emit_changed (self);
}

SondePlotRange *
sonde_plot_control_get_range (SondePlotControl *self)
{
  return self->range;
}

void
sonde_plot_control_set_width (SondePlotControl *self, guint width_px)
{
  self->width_px = width_px;
}

SondePlotSpan
sonde_plot_control_get_span (SondePlotControl *self)
{
  return sonde_plot_range_get_span (self->range, self->width_px);
}

SondeYRange
sonde_plot_control_get_y (SondePlotControl *self)
{
  return self->y;
}

void
sonde_plot_control_take_extremes (SondePlotControl *self, double min, double max)
{
  sonde_y_range_update (&self->y, min, max);
}

SondePlotLook
sonde_plot_control_get_look (SondePlotControl *self)
{
  return (SondePlotLook){ sonde_plot_control_get_span (self), self->y };
}

void
sonde_plot_control_remember (SondePlotControl *self)
{
  const SondePlotLook look = sonde_plot_control_get_look (self);

  sonde_plot_history_push (self->history, &look);
}

void
sonde_plot_control_set_span (SondePlotControl *self, gint64 span_ns)
{
  SondePlotSpan span = sonde_plot_control_get_span (self);

  sonde_plot_control_remember (self);
  span.start_ns += span.span_ns - span_ns;
  span.span_ns = span_ns;
  sonde_plot_range_set_span (self->range, span);
}

void
sonde_plot_control_set_y (SondePlotControl *self, SondeYRange y)
{
  sonde_plot_control_remember (self);
  if (y.low >= y.high)
    {
      y.low = self->y.low;
      y.high = self->y.high;
    }
  self->y = y;
  emit_changed (self);
}

void
sonde_plot_control_zoom_time (SondePlotControl *self, double factor, double fraction)
{
  sonde_plot_control_remember (self);
  sonde_plot_range_zoom (self->range, factor, fraction, self->width_px);
}

void
sonde_plot_control_zoom_value (SondePlotControl *self, double factor, double fraction)
{
  sonde_plot_control_remember (self);
  sonde_y_range_zoom (&self->y, factor, fraction);
  emit_changed (self);
}

void
sonde_plot_control_zoom_box (SondePlotControl *self, double left, double right, double low,
                             double high)
{
  const SondePlotSpan old = sonde_plot_control_get_span (self);
  const double height = self->y.high - self->y.low;
  const SondePlotSpan span = { old.start_ns + (gint64) round ((double) old.span_ns * left),
                               (gint64) round ((double) old.span_ns * (right - left)), FALSE };

  if (!(left < right && low < high))
    return;
  sonde_plot_control_remember (self);
  self->y = (SondeYRange){ SONDE_Y_FIXED, self->y.low + height * low, self->y.low + height * high };
  sonde_plot_range_set_span (self->range, span);
}

void
sonde_plot_control_pan_time (SondePlotControl *self, double fraction)
{
  sonde_plot_control_remember (self);
  sonde_plot_range_pan (self->range, fraction, self->width_px);
}

void
sonde_plot_control_pan_value (SondePlotControl *self, double fraction)
{
  const double distance = (self->y.high - self->y.low) * fraction;

  sonde_plot_control_remember (self);
  self->y = (SondeYRange){ SONDE_Y_FIXED, self->y.low + distance, self->y.high + distance };
  emit_changed (self);
}

void
sonde_plot_control_drag_time (SondePlotControl *self, const SondePlotLook *look, double fraction)
{
  SondePlotSpan span = look->span;

  span.start_ns -= (gint64) round ((double) span.span_ns * fraction);
  span.is_following = FALSE;
  sonde_plot_range_set_span (self->range, span);
}

void
sonde_plot_control_follow (SondePlotControl *self)
{
  sonde_plot_control_remember (self);
  self->is_frozen = FALSE;
  sonde_plot_range_follow (self->range);
}

void
sonde_plot_control_fit (SondePlotControl *self, gint64 first_us, gint64 last_us)
{
  sonde_plot_control_remember (self);
  self->y = (SondeYRange){ SONDE_Y_AUTO, 0, 0 };
  sonde_plot_range_fit (self->range, first_us, last_us);
}

gboolean
sonde_plot_control_back (SondePlotControl *self)
{
  SondePlotLook look;

  if (!sonde_plot_history_pop (self->history, &look))
    return FALSE;
  self->y = look.y;
  sonde_plot_range_set_span (self->range, look.span);
  return TRUE;
}

void
sonde_plot_control_set_frozen (SondePlotControl *self, gboolean is_frozen)
{
  SondePlotSpan span = sonde_plot_control_get_span (self);

  if (is_frozen == self->is_frozen)
    return;
  self->is_frozen = is_frozen;
  if (is_frozen)
    {
      self->was_following = span.is_following;
      span.is_following = FALSE;
      sonde_plot_range_set_span (self->range, span);
    }
  else if (self->was_following)
    sonde_plot_range_follow (self->range);
  else
    emit_changed (self);
}

gboolean
sonde_plot_control_get_frozen (SondePlotControl *self)
{
  return self->is_frozen;
}
