/* plot-axis.c: ticks and their labels: of values, and of times before now */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plot-axis.h"

#include <math.h>
#include <stdlib.h>

#define MINUS "\u2212"
#define THIN_SPACE "\u2009"
#define FIT_TICKS 16 /* finer than the labels: an axis is not to be half empty */

#define MS G_GINT64_CONSTANT (1000)
#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

double
sonde_axis_step (double span, guint max_ticks)
{
  const double raw = span / MAX (max_ticks, 1);
  const double power = pow (10, floor (log10 (raw)));
  const double rest = raw / power;

  if (!(span > 0) || !isfinite (power) || power == 0)
    return 1;
  return power * (rest <= 1.0000001 ? 1 : rest <= 2.0000001 ? 2 : rest <= 5.0000001 ? 5 : 10);
}

/* A level signal still gets an axis: around it, as wide as itself. */
void
sonde_axis_fit (double min, double max, double *low, double *high)
{
  double step;

  if (max - min <= (fabs (min) + fabs (max)) * 1e-9)
    {
      const double room = MAX (fabs (min) * 0.5, min == 0 ? 1 : fabs (min) * 1e-6);

      min -= room;
      max += room;
    }
  step = sonde_axis_step (max - min, FIT_TICKS);
  *low = floor (min / step + 1e-9) * step;
  *high = ceil (max / step - 1e-9) * step;
}

double
sonde_axis_first (double low, double step)
{
  return ceil (low / step - 1e-9) * step;
}

static guint
decimals_of (double step)
{
  const double digits = -floor (log10 (step) + 1e-9);

  return digits > 0 ? (guint) MIN (digits, 15) : 0;
}

/* "1234567.5" becomes "1 234 567.5" from five digits on. */
static char *
group_digits (const char *digits)
{
  const gsize n_whole = strspn (digits, "0123456789");
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_whole; i++)
    {
      if (n_whole > 4 && i > 0 && (n_whole - i) % 3 == 0)
        g_string_append (text, THIN_SPACE);
      g_string_append_c (text, digits[i]);
    }
  g_string_append (text, digits + n_whole);
  return g_string_free (text, FALSE);
}

char *
sonde_axis_label (double value, double step)
{
  char number[64], format[16];
  g_autofree char *grouped = NULL;

  if (fabs (value) < step * 1e-6)
    value = 0;
  if (fabs (value) >= 1e7 || (value != 0 && step < 1e-5))
    {
      const double exponent = value != 0 ? floor (log10 (fabs (value))) : 0;
      const guint n_digits = decimals_of (step / pow (10, exponent));

      g_snprintf (format, sizeof format, "%%.%ue", MIN (n_digits, 12));
    }
  else
    g_snprintf (format, sizeof format, "%%.%uf", decimals_of (step));
  g_ascii_formatd (number, sizeof number, format, fabs (value));
  grouped = group_digits (number);
  return g_strconcat (value < 0 ? MINUS : "", grouped, NULL);
}

static const gint64 long_steps[] = {
  // clang-format off
  SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 5 * DAY, 10 * DAY, 20 * DAY, 50 * DAY,
  // clang-format on
};

gint64
sonde_time_axis_step (gint64 span_us, guint max_ticks)
{
  const gint64 least_us = span_us / MAX (max_ticks, 1);

  if (least_us < SECOND)
    return MAX (1, (gint64) sonde_axis_step ((double) span_us, max_ticks));
  for (guint i = 0; i < G_N_ELEMENTS (long_steps); i++)
    if (long_steps[i] >= least_us)
      return long_steps[i];
  return (least_us / (50 * DAY) + 1) * 50 * DAY;
}

/* One unit, decimals as the step needs them. */
static char *
label_in_unit (gint64 offset_us, gint64 step_us, gint64 unit_us, const char *unit)
{
  char number[64], format[16];

  g_snprintf (format, sizeof format, "%%.%uf", decimals_of ((double) step_us / (double) unit_us));
  g_ascii_formatd (number, sizeof number, format, (double) offset_us / (double) unit_us);
  return g_strdup_printf ("%s %s", number, unit);
}

/* Two units: minutes and seconds, hours and minutes, days and hours. */
static char *
label_in_two (gint64 offset_us, gint64 step_us, gint64 unit_us, const char *unit)
{
  const gint64 part_us = unit_us == DAY ? HOUR : unit_us / 60;
  const gint64 whole = offset_us / unit_us;
  const gint64 rest_us = offset_us % unit_us;

  if (step_us % unit_us == 0 && rest_us == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " %s", whole, unit);
  if (step_us < part_us)
    {
      char number[64], format[16];
      const guint decimals = decimals_of ((double) step_us / (double) part_us);

      g_snprintf (format, sizeof format, "%%0%u.%uf", decimals + 3, decimals);
      g_ascii_formatd (number, sizeof number, format, (double) rest_us / (double) part_us);
      return g_strdup_printf ("%" G_GINT64_FORMAT ":%s %s", whole, number, unit);
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT " %s", whole,
                          rest_us / part_us, unit);
}

static char *
label_distance (gint64 offset_us, gint64 step_us, gint64 reach_us)
{
  if (reach_us < MS)
    return label_in_unit (offset_us, step_us, 1, "\u00b5s");
  if (reach_us < SECOND)
    return label_in_unit (offset_us, step_us, MS, "ms");
  if (reach_us < 2 * MINUTE)
    return label_in_unit (offset_us, step_us, SECOND, "s");
  if (reach_us < 2 * HOUR)
    return label_in_two (offset_us, step_us, MINUTE, "min");
  if (reach_us < 2 * DAY)
    return label_in_two (offset_us, step_us, HOUR, "h");
  return label_in_two (offset_us, step_us, DAY, "d");
}

char *
sonde_time_axis_label (gint64 offset_us, gint64 step_us, gint64 reach_us)
{
  g_autofree char *distance = NULL;

  if (offset_us == 0)
    return g_strdup ("now");
  distance = label_distance (ABS (offset_us), step_us, reach_us);
  return g_strconcat (offset_us < 0 ? MINUS : "+", distance, NULL);
}

/* Three digits, but for whole numbers of a unit. */
char *
sonde_axis_duration (gint64 duration_us)
{
  const gint64 unit_us = duration_us < MS ? 1 : duration_us < SECOND ? MS : SECOND;
  const char *unit = unit_us == 1 ? "\u00b5s" : unit_us == MS ? "ms" : "s";
  gint64 step_us = unit_us;

  if (duration_us >= 2 * MINUTE)
    return label_distance (duration_us, SECOND, duration_us);
  while (step_us >= 10 && step_us > duration_us / 100 && duration_us % step_us != 0)
    step_us /= 10;
  return label_in_unit (duration_us, step_us, unit_us, unit);
}
