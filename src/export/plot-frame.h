/* plot-frame.h: where in a picture times and values lie */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "export/plot-theme.h"

/* A value: on the stack of one painting. Lengths are logical pixels. */
typedef struct
{
  double x, y, width, height; /* of the data, without gutters; whole pixels */
  double scale;               /* device pixels for one of ours */
  gint64 start_ns, span_ns;
  double low, high;
  SondeThemeFlags flags;
} SondePlotFrame;

static inline double
sonde_plot_frame_x (const SondePlotFrame *self, gint64 time_us)
{
  return self->x
         + (double) (time_us * 1000 - self->start_ns) / (double) self->span_ns * self->width;
}

static inline double
sonde_plot_frame_y (const SondePlotFrame *self, double value)
{
  return self->y + (self->high - value) / (self->high - self->low) * self->height;
}

static inline gint64
sonde_plot_frame_time (const SondePlotFrame *self, double x)
{
  const double offset_ns = (x - self->x) / self->width * (double) self->span_ns;

  return (self->start_ns + (gint64) offset_ns) / 1000;
}

/* The visible span in whole microseconds, [start, end). */
static inline gint64
sonde_plot_frame_start_us (const SondePlotFrame *self)
{
  return self->start_ns / 1000;
}

static inline gint64
sonde_plot_frame_end_us (const SondePlotFrame *self)
{
  return (self->start_ns + self->span_ns + 999) / 1000;
}
