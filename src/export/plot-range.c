/* plot-range.c: which span of time a plot shows: follow, zoom, pan, fit, and the way back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plot-range.h"

#include <math.h>

#include "export/plot-axis.h"

#define LIVE_EDGE 0.985 /* fraction of the width from where a zoom means the right edge */
#define MAX_HISTORY 100
#define SHRINK_BELOW 0.6 /* of the old range: less is not worth an axis that moves */

struct _SondePlotRange
{
  GObject parent_instance;
  SondePlotSpan span; /* while following only its width counts */
  gint64 newest_us;
  gint64 origin_us;
};

G_DEFINE_FINAL_TYPE (SondePlotRange, sonde_plot_range, G_TYPE_OBJECT)

static guint changed_signal;

static void
sonde_plot_range_class_init (SondePlotRangeClass *klass)
{
  changed_signal = g_signal_new ("changed", SONDE_TYPE_PLOT_RANGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
sonde_plot_range_init (SondePlotRange *self)
{
  self->span = (SondePlotSpan){ 0, G_GINT64_CONSTANT (10000000000), TRUE };
}

SondePlotRange *
sonde_plot_range_new (void)
{
  return g_object_new (SONDE_TYPE_PLOT_RANGE, NULL);
}

SondePlotSpan
sonde_plot_range_get_span (SondePlotRange *self, guint width_px)
{
  SondePlotSpan span = self->span;
  gint64 column_us;

  if (!span.is_following)
    return span;
  span.start_ns = self->newest_us * 1000 - span.span_ns;
  column_us = width_px > 0 ? (span.span_ns / width_px + 500) / 1000 : 0;
  if (column_us > 0)
    {
      span.span_ns = column_us * width_px * 1000;
      span.start_ns = (self->newest_us / column_us + 1 - width_px) * column_us * 1000;
    }
  return span;
}

void
sonde_plot_range_set_span (SondePlotRange *self, SondePlotSpan span)
{
  if (self->span.is_following && !span.is_following)
    self->origin_us = self->newest_us;
  span.span_ns = CLAMP (span.span_ns, SONDE_PLOT_MIN_SPAN_NS, SONDE_PLOT_MAX_SPAN_NS);
  self->span = span;
  g_signal_emit (self, changed_signal, 0);
}

void
sonde_plot_range_set_newest (SondePlotRange *self, gint64 newest_us)
{
  self->newest_us = newest_us;
}

gint64
sonde_plot_range_get_origin (SondePlotRange *self)
{
  return self->span.is_following ? self->newest_us : self->origin_us;
}

gboolean
sonde_plot_range_is_following (SondePlotRange *self)
{
  return self->span.is_following;
}

void
sonde_plot_range_follow (SondePlotRange *self)
{
  sonde_plot_range_set_span (self, (SondePlotSpan){ 0, self->span.span_ns, TRUE });
}

void
sonde_plot_range_zoom (SondePlotRange *self, double factor, double fraction, guint width_px)
{
  const SondePlotSpan old = sonde_plot_range_get_span (self, width_px);
  const double wanted_ns = (double) old.span_ns * factor;
  SondePlotSpan span = old;

  span.span_ns = (gint64) round (
      CLAMP (wanted_ns, (double) SONDE_PLOT_MIN_SPAN_NS, (double) SONDE_PLOT_MAX_SPAN_NS));
  span.is_following = old.is_following && fraction >= LIVE_EDGE;
  /* From the difference of the widths: small numbers, so nothing is lost to rounding. */
  span.start_ns += (gint64) round ((double) (old.span_ns - span.span_ns) * fraction);
  sonde_plot_range_set_span (self, span);
}

void
sonde_plot_range_pan (SondePlotRange *self, double fraction, guint width_px)
{
  SondePlotSpan span = sonde_plot_range_get_span (self, width_px);

  span.start_ns += (gint64) round ((double) span.span_ns * fraction);
  span.is_following = FALSE;
  sonde_plot_range_set_span (self, span);
}

void
sonde_plot_range_fit (SondePlotRange *self, gint64 first_us, gint64 last_us)
{
  const gint64 span_ns = (last_us - first_us) * 1000;
  const gint64 room_ns = MAX (span_ns / 100, SONDE_PLOT_MIN_SPAN_NS / 2);

  sonde_plot_range_set_span (
      self, (SondePlotSpan){ first_us * 1000 - room_ns, span_ns + 2 * room_ns, FALSE });
}

void
sonde_y_range_update (SondeYRange *self, double min, double max)
{
  const gboolean is_set = self->low < self->high;
  double low, high;

  if (self->mode == SONDE_Y_FIXED || !(min <= max) || isinf (min) || isinf (max))
    return;
  if (self->mode == SONDE_Y_GROW && is_set)
    {
      min = MIN (min, self->low);
      max = MAX (max, self->high);
    }
  sonde_axis_fit (min, max, &low, &high);
  if (is_set && min >= self->low && max <= self->high
      && high - low > (self->high - self->low) * SHRINK_BELOW)
    return;
  self->low = low;
  self->high = high;
}

void
sonde_y_range_zoom (SondeYRange *self, double factor, double fraction)
{
  const double middle = self->low + (self->high - self->low) * fraction;
  const double low = middle - (middle - self->low) * factor;
  const double high = middle + (self->high - middle) * factor;

  self->mode = SONDE_Y_FIXED;
  /* Below what a double resolves there is nothing left to zoom into. */
  if (high - low <= (fabs (low) + fabs (high)) * 1e-12 || !isfinite (high - low))
    return;
  self->low = low;
  self->high = high;
}

struct _SondePlotHistory
{
  GArray *looks; /* SondePlotLook */
};

SondePlotHistory *
sonde_plot_history_new (void)
{
  SondePlotHistory *self = g_new (SondePlotHistory, 1);

  self->looks = g_array_new (FALSE, FALSE, sizeof (SondePlotLook));
  return self;
}

void
sonde_plot_history_free (SondePlotHistory *self)
{
  g_array_unref (self->looks);
  g_free (self);
}

/* While following, the start moves by itself and is no difference. */
static gboolean
is_same_look (const SondePlotLook *a, const SondePlotLook *b)
{
  return a->span.is_following == b->span.is_following && a->span.span_ns == b->span.span_ns
         && (a->span.is_following || a->span.start_ns == b->span.start_ns) && a->y.mode == b->y.mode
         && (a->y.mode == SONDE_Y_AUTO || (a->y.low == b->y.low && a->y.high == b->y.high));
}

void
sonde_plot_history_push (SondePlotHistory *self, const SondePlotLook *look)
{
  const guint n = self->looks->len;

  if (n > 0 && is_same_look (&g_array_index (self->looks, SondePlotLook, n - 1), look))
    return;
  if (n == MAX_HISTORY)
    g_array_remove_index (self->looks, 0);
  g_array_append_val (self->looks, *look);
}

gboolean
sonde_plot_history_pop (SondePlotHistory *self, SondePlotLook *look)
{
  const guint n = self->looks->len;

  if (n == 0)
    return FALSE;
  *look = g_array_index (self->looks, SondePlotLook, n - 1);
  g_array_set_size (self->looks, n - 1);
  return TRUE;
}
