/* bench-trace.c: what appending, columns and pictures cost, as ratios within one run */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <time.h>

#include "export/plot-painter.h"
#include "trace/trace.h"

#define T0 G_GINT64_CONSTANT (1700000000000000)
#define N_COLUMNS 1200
#define N_ROUNDS 40

static double
cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e9 + (double) now.tv_nsec;
}

/* The barest thing that could be called storing a sample. */
static double
measure_plain (guint n)
{
  g_autofree float *values = g_new (float, n);
  g_autofree gint64 *times = g_new (gint64, n);
  const double start = cpu_ns ();

  for (guint i = 0; i < n; i++)
    {
      ((volatile float *) values)[i] = (float) (i % 1000);
      ((volatile gint64 *) times)[i] = T0 + i * 1000;
    }
  return (cpu_ns () - start) / n;
}

static SondeTrace *
fill_trace (guint n, double *append_ns)
{
  g_autoptr (SondeType) type
      = sonde_type_new_base (SONDE_KIND_NUMBER, "float", SONDE_ENCODING_FLOAT, TRUE, 4);
  SondeTrace *trace = sonde_trace_new (type);
  const double start = cpu_ns ();

  for (guint i = 0; i < n; i++)
    {
      const SondeValue value = sonde_value_float (i % 1000, TRUE);

      sonde_trace_append (trace, T0 + (gint64) i * 1000, &value);
    }
  *append_ns = (cpu_ns () - start) / n;
  return trace;
}

static double
measure_columns (SondeTrace *trace, guint n)
{
  SondeColumn columns[N_COLUMNS];
  const double start = cpu_ns ();

  for (guint i = 0; i < N_ROUNDS; i++)
    sonde_source_read_columns (SONDE_SOURCE (trace), T0, T0 + (gint64) n * 1000, N_COLUMNS,
                               columns);
  return (cpu_ns () - start) / N_ROUNDS;
}

static double
measure_picture (SondeTrace *trace, guint n)
{
  const SondePlotTrace plot = { SONDE_SOURCE (trace), "rpm", 0, SONDE_LINE_STRAIGHT };
  const SondePlotPicture picture = {
    .traces = &plot,
    .n_traces = 1,
    .span = { T0 * 1000, (gint64) n * 1000000, FALSE },
    .origin_us = T0 + (gint64) n * 1000,
    .high = 1000,
    .width = N_COLUMNS,
    .height = 600,
    .scale = 1,
  };
  double start;

  cairo_surface_destroy (sonde_plot_painter_paint (&picture));
  start = cpu_ns ();
  for (guint i = 0; i < N_ROUNDS; i++)
    cairo_surface_destroy (sonde_plot_painter_paint (&picture));
  return (cpu_ns () - start) / N_ROUNDS;
}

int
main (int argc, char **argv)
{
  static const guint sizes[] = { 1000, 100000, 1000000, 4000000 };
  const double plain_ns = measure_plain (4000000);
  double small_ns = 0;

  g_print ("storing time and value in two plain arrays: %.1f ns\n", plain_ns);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      double append_ns;
      g_autoptr (SondeTrace) trace = fill_trace (sizes[i], &append_ns);
      const double columns_ns = measure_columns (trace, sizes[i]);
      const double picture_ns = measure_picture (trace, sizes[i]);

      small_ns = i == 0 ? columns_ns : small_ns;
      g_print (
          "%7u samples: append %5.1f ns (x%.1f), %5.2f bytes each; %u columns %5.0f us (x%.1f of "
          "the first), picture %.2f ms\n",
          sizes[i], append_ns, append_ns / plain_ns,
          (double) sonde_trace_get_bytes (trace) / sizes[i], N_COLUMNS, columns_ns / 1e3,
          columns_ns / small_ns, picture_ns / 1e6);
    }
  return 0;
}
