/* readout.c: numbers as they stand in the window: steady width, real minus, thin spaces */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/readout.h"

#include <math.h>
#include <string.h>

#define THIN_SPACE "\xe2\x80\x89"
#define MINUS "\xe2\x88\x92"
#define SIGNIFICANT 5
#define MAX_DECIMALS 4
#define GROUPED_FROM 5 /* digits */

/* With a point whatever the locale: what is read here is typed into firmware. */
static char *
dup_ascii (const char *format, double f)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE * 10];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, f));
}

static char *
dup_fixed (double f, int decimals)
{
  const char format[] = { '%', '.', (char) ('0' + decimals), 'f', '\0' };

  return dup_ascii (format, f);
}

static char *
dup_with_unit (const char *format, double f, const char *unit)
{
  g_autofree char *number = dup_ascii (format, f);

  return g_strconcat (number, " ", unit, NULL);
}

char *
sonde_readout_polish (const char *text)
{
  const char *digits = text[0] == '-' ? text + 1 : text;
  const gsize n = strspn (digits, "0123456789");
  g_autoptr (GString) out = NULL;

  if (n == 0 || (digits[n] != '\0' && digits[n] != '.' && digits[n] != 'e'))
    return g_strdup (text);
  out = g_string_new (digits == text ? "" : MINUS);
  for (gsize i = 0; i < n; i++)
    {
      if (n >= GROUPED_FROM && i > 0 && (n - i) % 3 == 0)
        g_string_append (out, THIN_SPACE);
      g_string_append_c (out, digits[i]);
    }
  g_string_append (out, digits + n);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* As many as keep five digits of the largest value seen: 1203.4, 3.182, 0.8500. -1: the range is
 * no one that fixed decimals suit. */
static int
count_decimals (const SondeWatchState *state)
{
  const double largest = fmax (fabs (state->min), fabs (state->max));

  if (!isfinite (largest) || largest >= 1e7 || (largest > 0 && largest < 1e-3))
    return -1;
  if (largest == 0)
    return 1;
  return CLAMP (SIGNIFICANT - 1 - (int) floor (log10 (largest)), 0, MAX_DECIMALS);
}

/* Floats stay decimal in every format; there is no hexadecimal to change to. */
static gboolean
is_float (SondeWatchRow *row)
{
  SondeVariable *variable = sonde_watch_row_get_variable (row);

  return variable != NULL
         && sonde_type_get_encoding (sonde_variable_get_type (variable)) == SONDE_ENCODING_FLOAT;
}

char *
sonde_readout_dup_value (SondeWatchRow *row)
{
  const SondeWatchState *state = sonde_watch_row_get_state (row);
  g_autofree char *exact = sonde_watch_row_dup_value_text (row);
  g_autofree char *fixed = NULL;
  SondeVariable *variable = sonde_watch_row_get_variable (row);
  int decimals;

  if (sonde_watch_row_get_cell_state (row) == SONDE_CELL_PENDING
      || (variable != NULL && sonde_type_is_text (sonde_variable_get_type (variable))))
    return g_steal_pointer (&exact);
  decimals = count_decimals (state);
  if (!state->has_value || !is_float (row) || state->min == state->max || decimals < 0
      || !isfinite (sonde_value_to_double (&state->value)))
    return sonde_readout_polish (exact);
  fixed = dup_fixed (sonde_value_to_double (&state->value), decimals);
  return sonde_readout_polish (fixed);
}

char *
sonde_readout_dup_number (SondeWatchRow *row, double f)
{
  SondeVariable *variable = sonde_watch_row_get_variable (row);
  g_autofree char *text = NULL;
  char shortest[40];
  const SondeWatchState *state = sonde_watch_row_get_state (row);
  const int decimals = state->min == state->max ? -1 : count_decimals (state);

  if (isnan (f) || variable == NULL)
    return g_strdup ("");
  if (!is_float (row))
    {
      const SondeValue value
          = f < 0 ? sonde_value_signed ((gint64) f) : sonde_value_unsigned ((guint64) f);

      text = sonde_text_from_value (sonde_variable_get_type (variable), &value,
                                    sonde_watch_row_get_format (row));
      return sonde_readout_polish (text);
    }
  if (decimals >= 0)
    text = dup_fixed (f, decimals);
  else
    {
      sonde_text_from_double (f, TRUE, shortest);
      text = g_strdup (shortest);
    }
  return sonde_readout_polish (text);
}

char *
sonde_readout_dup_count (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);

  return sonde_readout_polish (digits);
}

char *
sonde_readout_dup_rate (double rate_hz)
{
  if (rate_hz <= 0)
    return g_strdup ("max");
  if (rate_hz >= 999.5)
    return dup_with_unit ("%.3g", rate_hz / 1000, "kHz");
  return dup_with_unit ("%.3g", rate_hz, "Hz");
}

char *
sonde_readout_dup_span (gint64 span_us)
{
  const double s = (double) span_us / 1e6;

  if (span_us < 0)
    return g_strdup ("");
  if (s < 0.1)
    return dup_with_unit ("%.0f", s * 1e3, "ms");
  if (s < 1)
    return dup_with_unit ("%.1f", s, "s");
  if (s < 100)
    return dup_with_unit ("%.0f", s, "s");
  if (s < 3600)
    return dup_with_unit ("%.0f", s / 60, "min");
  return g_strdup_printf ("%d h %d min", (int) (s / 3600), (int) (s / 60) % 60);
}

char *
sonde_readout_dup_round_trip (gint64 rtt_us)
{
  if (rtt_us < 0)
    return g_strdup ("");
  if (rtt_us < 1000)
    return g_strdup_printf ("%d µs", (int) rtt_us);
  return dup_with_unit ("%.1f", (double) rtt_us / 1000, "ms");
}

char *
sonde_readout_dup_size (guint64 n_bytes)
{
  if (n_bytes >= 1 << 20)
    return dup_with_unit ("%.0f", (double) n_bytes / (1 << 20), "MB");
  return dup_with_unit ("%.0f", (double) n_bytes / 1024, "kB");
}

char *
sonde_readout_dup_bytes (guint64 n_bytes)
{
  if (n_bytes >= 1 << 20)
    return dup_with_unit ("%.1f", (double) n_bytes / (1 << 20), "MB");
  if (n_bytes >= 1 << 10)
    return dup_with_unit ("%.1f", (double) n_bytes / (1 << 10), "kB");
  return g_strdup_printf ("%" G_GUINT64_FORMAT " B", n_bytes);
}
