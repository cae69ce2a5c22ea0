/* test-trace.c: appending, gaps, boots and what a reader makes of them, against a plain list */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/trace.h"

#include <math.h>

#define T0 G_GINT64_CONSTANT (1700000000000000)

static SondeTrace *
new_trace (void)
{
  g_autoptr (SondeType) type
      = sonde_type_new_base (SONDE_KIND_NUMBER, "int32_t", SONDE_ENCODING_SIGNED, TRUE, 4);

  return sonde_trace_new (type);
}

static void
append (SondeTrace *trace, gint64 time_us, gint64 number)
{
  const SondeValue value = sonde_value_signed (number);

  g_assert_true (sonde_trace_append (trace, time_us, &value));
}

/* A saw tooth at 1 kHz: the number is known from the time alone. */
static void
append_saw (SondeTrace *trace, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    append (trace, T0 + i * 1000, (gint64) (i % 1000) - 500);
}

static void
test_empty (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  SondeSource *source = SONDE_SOURCE (trace);
  SondeColumn columns[3];
  gint64 first_us, last_us;

  g_assert_false (sonde_source_get_span (source, &first_us, &last_us));
  g_assert_false (sonde_source_get_nearest (source, T0, &first_us, NULL));
  g_assert_cmpuint (sonde_source_count_samples (source, G_MININT64, G_MAXINT64), ==, 0);
  sonde_source_read_columns (source, T0, T0 + 30, 3, columns);
  g_assert_true (isnan (columns[1].min) && columns[1].n == 0);
  sonde_trace_append_gap (trace);
  sonde_source_read_columns (source, T0, T0 + 30, 3, columns);
  g_assert_false (columns[1].has_gap);
}

static void
test_backwards (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  const SondeValue value = sonde_value_signed (1), none = SONDE_VALUE_INIT;

  append (trace, T0, 1);
  append (trace, T0, 2);
  g_assert_false (sonde_trace_append (trace, T0 - 1, &value));
  g_assert_false (sonde_trace_append (trace, T0 + 1, &none));
  g_assert_cmpuint (sonde_trace_get_n_samples (trace), ==, 2);
}

typedef struct
{
  guint next;
  guint stop_at;
} SawWalk;

static gboolean
check_saw (gint64 time_us, const SondeValue *value, gpointer user_data)
{
  SawWalk *walk = user_data;

  g_assert_cmpint (time_us, ==, T0 + walk->next * 1000);
  g_assert_cmpint (value->kind, ==, SONDE_VALUE_SIGNED);
  g_assert_cmpint (value->i, ==, (gint64) (walk->next % 1000) - 500);
  walk->next++;
  return walk->next != walk->stop_at;
}

static void
test_samples (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  SondeSource *source = SONDE_SOURCE (trace);
  SawWalk walk = { 0, 0 };
  gint64 first_us, last_us;

  append_saw (trace, 0, 20000);
  g_assert_true (sonde_source_get_span (source, &first_us, &last_us));
  g_assert_cmpint (first_us, ==, T0);
  g_assert_cmpint (last_us, ==, T0 + 19999000);
  g_assert_true (sonde_source_foreach_sample (source, T0, T0 + 20000000, check_saw, &walk));
  g_assert_cmpuint (walk.next, ==, 20000);
  walk = (SawWalk){ 5000, 5010 };
  g_assert_false (sonde_source_foreach_sample (source, T0 + 5000000, G_MAXINT64, check_saw, &walk));
  g_assert_cmpuint (walk.next, ==, 5010);
  walk = (SawWalk){ 4095, 0 };
  sonde_source_foreach_sample (source, T0 + 4094001, T0 + 4096001, check_saw, &walk);
  g_assert_cmpuint (walk.next, ==, 4097);
  g_assert_cmpuint (sonde_source_count_samples (source, T0 + 4094001, T0 + 12288000), ==, 8193);
}

static void
test_nearest (void)
{
  static const struct
  {
    gint64 asked_us;
    guint sample;
  } cases[] = { { -50000000, 0 },  { 400, 0 },        { 600, 1 },        { 4095499, 4095 },
                { 4095600, 4096 }, { 8999400, 8999 }, { 99000000, 8999 } };
  g_autoptr (SondeTrace) trace = new_trace ();

  append_saw (trace, 0, 9000);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 sample_us = 0;
      SondeValue value = SONDE_VALUE_INIT;

      g_assert_true (sonde_source_get_nearest (SONDE_SOURCE (trace), T0 + cases[i].asked_us,
                                               &sample_us, &value));
      g_assert_cmpint (sample_us, ==, T0 + cases[i].sample * 1000);
      g_assert_cmpint (value.i, ==, (gint64) (cases[i].sample % 1000) - 500);
    }
}

/* Each column as a plain loop over all samples gives it. */
static void
check_columns (guint n_samples, gint64 start_us, gint64 end_us, guint n, const SondeColumn *columns)
{
  g_autofree SondeColumn *plain = g_new0 (SondeColumn, n);

  for (guint i = 0; i < n_samples; i++)
    {
      const gint64 time_us = T0 + i * 1000;
      const double value = (double) (i % 1000) - 500;
      SondeColumn *column;

      if (time_us < start_us || time_us >= end_us)
        continue;
      column = &plain[(time_us - start_us) * n / (end_us - start_us)];
      column->min = column->n == 0 ? value : MIN (column->min, value);
      column->max = column->n == 0 ? value : MAX (column->max, value);
      column->first = column->n == 0 ? value : column->first;
      column->last = value;
      column->n++;
    }
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (columns[i].n, ==, plain[i].n);
      g_assert_true (columns[i].n > 0 || isnan (columns[i].min));
      if (columns[i].n == 0)
        continue;
      g_assert_cmpfloat (columns[i].min, ==, plain[i].min);
      g_assert_cmpfloat (columns[i].max, ==, plain[i].max);
      g_assert_cmpfloat (columns[i].first, ==, plain[i].first);
      g_assert_cmpfloat (columns[i].last, ==, plain[i].last);
    }
}

static void
test_columns (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  SondeColumn columns[700];

  append_saw (trace, 0, 30000);
  for (guint i = 0; i < 60; i++)
    {
      const gint64 start_us = T0 + g_rand_int_range (rand, -3000000, 31000000);
      const gint64 end_us = start_us + 1 + g_rand_int_range (rand, 0, i < 30 ? 900 : 40000000);
      const guint n = (guint) g_rand_int_range (rand, 1, G_N_ELEMENTS (columns));

      sonde_source_read_columns (SONDE_SOURCE (trace), start_us, end_us, n, columns);
      check_columns (30000, start_us, end_us, n, columns);
    }
}

static void
test_gap (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  SondeSource *source = SONDE_SOURCE (trace);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SondeMark));
  SondeColumn columns[10];
  const SondeMark *mark;

  append_saw (trace, 0, 4);
  sonde_trace_append_gap (trace);
  sonde_trace_append_gap (trace);
  g_assert_cmpuint (sonde_source_read_marks (source, T0, T0 + 10000, marks), ==, 1);
  mark = &g_array_index (marks, SondeMark, 0);
  g_assert_cmpint (mark->time_us, ==, T0 + 3000);
  g_assert_cmpint (mark->end_us, ==, 0);
  append_saw (trace, 7, 10);
  g_array_set_size (marks, 0);
  g_assert_cmpuint (sonde_source_read_marks (source, T0 + 4000, T0 + 5000, marks), ==, 1);
  g_assert_cmpint (g_array_index (marks, SondeMark, 0).end_us, ==, T0 + 7000);
  g_assert_cmpuint (sonde_source_read_marks (source, T0 + 7001, T0 + 9000, marks), ==, 0);
  g_assert_cmpuint (sonde_source_read_marks (source, T0, T0 + 3000, marks), ==, 0);
  sonde_source_read_columns (source, T0, T0 + 10000, 10, columns);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpint (columns[i].has_gap, ==, i >= 3 && i <= 7);
}

/* Many gaps and boots: the list grows and still finds the one that reaches into a span. */
static void
test_many_marks (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  SondeSource *source = SONDE_SOURCE (trace);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SondeMark));

  for (guint i = 0; i < 500; i++)
    {
      append_saw (trace, i * 10, i * 10 + 5);
      sonde_trace_append_gap (trace);
      sonde_trace_mark_boot (trace, T0 + i * 10000 + 6000);
    }
  g_assert_cmpuint (sonde_source_read_marks (source, T0, T0 + 5000000, marks), ==, 1000);
  g_array_set_size (marks, 0);
  g_assert_cmpuint (sonde_source_read_marks (source, T0 + 1007000, T0 + 1008000, marks), ==, 1);
  g_assert_cmpint (g_array_index (marks, SondeMark, 0).kind, ==, SONDE_MARK_GAP);
  g_assert_cmpint (g_array_index (marks, SondeMark, 0).time_us, ==, T0 + 1004000);
}

static void
test_drop (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  SondeSource *source = SONDE_SOURCE (trace);
  gint64 first_us, last_us;
  gsize before;
  SawWalk walk = { 3 * 4096, 0 };
  guint64 generation;

  g_assert_cmpuint (sonde_trace_drop_oldest (trace), ==, 0);
  append_saw (trace, 0, 200000);
  before = sonde_trace_get_bytes (trace);
  generation = sonde_source_get_generation (source);
  for (guint i = 0; i < 3; i++)
    {
      const gsize freed = sonde_trace_drop_oldest (trace);

      g_assert_cmpuint (freed, >, 0);
      before -= freed;
    }
  g_assert_cmpuint (sonde_trace_get_bytes (trace), ==, before);
  g_assert_cmpuint (sonde_source_get_generation (source), !=, generation);
  g_assert_cmpuint (sonde_trace_get_n_samples (trace), ==, 200000 - 3 * 4096);
  g_assert_true (sonde_source_get_span (source, &first_us, &last_us));
  g_assert_cmpint (first_us, ==, T0 + 3 * 4096 * 1000);
  append_saw (trace, 200000, 300000);
  g_assert_true (sonde_source_foreach_sample (source, T0, G_MAXINT64, check_saw, &walk));
  g_assert_cmpuint (walk.next, ==, 300000);
}

static void
test_clear (void)
{
  g_autoptr (SondeTrace) trace = new_trace ();
  gint64 first_us, last_us;

  append_saw (trace, 0, 10000);
  sonde_trace_append_gap (trace);
  sonde_trace_clear (trace);
  g_assert_cmpuint (sonde_trace_get_n_samples (trace), ==, 0);
  g_assert_false (sonde_source_get_span (SONDE_SOURCE (trace), &first_us, &last_us));
  append_saw (trace, 0, 5);
  g_assert_cmpuint (sonde_source_count_samples (SONDE_SOURCE (trace), T0, G_MAXINT64), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace/empty", test_empty);
  g_test_add_func ("/trace/backwards", test_backwards);
  g_test_add_func ("/trace/samples", test_samples);
  g_test_add_func ("/trace/nearest", test_nearest);
  g_test_add_func ("/trace/columns", test_columns);
  g_test_add_func ("/trace/gap", test_gap);
  g_test_add_func ("/trace/many-marks", test_many_marks);
  g_test_add_func ("/trace/drop", test_drop);
  g_test_add_func ("/trace/clear", test_clear);
  return g_test_run ();
}
