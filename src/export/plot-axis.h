/* plot-axis.h: ticks and their labels: of values, and of times before now */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** sonde_axis_step: 1, 2 or 5 times a power of ten, so that at most @max_ticks fit into @span. */
double sonde_axis_step (double span, guint max_ticks);
/** sonde_axis_fit: the whole ticks around [@min, @max], which may be one value. */
void sonde_axis_fit (double min, double max, double *low, double *high);
/** sonde_axis_first: the first multiple of @step not below @low. */
double sonde_axis_first (double low, double step);
/** sonde_axis_label: (transfer full): decimals as @step needs them, U+2212 as minus, thin spaces
 * from 10 000 on, powers of ten where it would be too long. */
char *sonde_axis_label (double value, double step);

/** sonde_time_axis_step: 10 us .. days; steps of a minute and above divide the next larger unit. */
gint64 sonde_time_axis_step (gint64 span_us, guint max_ticks);
/**
 * sonde_time_axis_label:
 * @offset_us: from now; 0 is "now"
 * @step_us: between ticks
 * @reach_us: largest distance from now on the axis: all labels of one axis have one unit
 *
 * Returns: (transfer full): "-10 s", "-1:30 min", "-250 us" (with a real mu and minus)
 */
char *sonde_time_axis_label (gint64 offset_us, gint64 step_us, gint64 reach_us);
/** sonde_axis_duration: (transfer full): "480 ms", "12.4 ms", "1.50 s", "2:05 min". */
char *sonde_axis_duration (gint64 duration_us);
