/* test-readers.c: readers on threads of their own while one thread appends, drops and clears */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/reclaim.h"
#include "trace/trace.h"

#include <stdatomic.h>

#define T0 G_GINT64_CONSTANT (1700000000000000)
#define N_READERS 4
#define N_SAMPLES 200000
#define KEPT_BLOCKS 6

typedef struct
{
  SondeTrace *trace;
  _Atomic (gboolean) is_over;
  _Atomic (guint) n_rounds;
} Stage;

typedef struct
{
  gint64 last_us;
  guint64 n;
} Walk;

/* Every value says its own time: a sample read from freed or half-written memory would not fit. */
static gboolean
check_sample (gint64 time_us, const SondeValue *value, gpointer user_data)
{
  Walk *walk = user_data;

  g_assert_cmpint (value->i, ==, (time_us - T0) / 10);
  g_assert_cmpint (time_us, >, walk->last_us);
  walk->last_us = time_us;
  walk->n++;
  return TRUE;
}

static void
check_columns (SondeSource *source, gint64 first_us, gint64 last_us)
{
  SondeColumn columns[200];

  sonde_source_read_columns (source, first_us, last_us + 1, G_N_ELEMENTS (columns), columns);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (columns[i].n > 0)
      {
        g_assert_cmpfloat (columns[i].min, ==, columns[i].first);
        g_assert_cmpfloat (columns[i].max, ==, columns[i].last);
        g_assert_cmpfloat (columns[i].min, >=, (double) (first_us - T0) / 10);
        g_assert_cmpfloat (columns[i].max, <=, (double) (last_us - T0) / 10);
      }
}

static gpointer
read_in_thread (gpointer data)
{
  Stage *stage = data;
  SondeSource *source = SONDE_SOURCE (stage->trace);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SondeMark));

  while (!atomic_load (&stage->is_over))
    {
      gint64 first_us, last_us, nearest_us;
      Walk walk = { G_MININT64, 0 };
      SondeValue value;

      atomic_fetch_add (&stage->n_rounds, 1);
      if (!sonde_source_get_span (source, &first_us, &last_us))
        continue;
      check_columns (source, first_us, last_us);
      sonde_source_foreach_sample (source, last_us - 60000, G_MAXINT64, check_sample, &walk);
      if (sonde_source_get_nearest (source, last_us, &nearest_us, &value))
        g_assert_cmpint (value.i, ==, (nearest_us - T0) / 10);
      g_array_set_size (marks, 0);
      sonde_source_read_marks (source, first_us, last_us, marks);
      g_thread_yield ();
    }
  return NULL;
}

static void
write_samples (SondeTrace *trace)
{
  guint n_blocks = 0;

  for (guint i = 0; i < N_SAMPLES; i++)
    {
      const SondeValue value = sonde_value_signed (i);

      g_assert_true (sonde_trace_append (trace, T0 + i * 10, &value));
      if (i % 4096 == 4095 && ++n_blocks > KEPT_BLOCKS)
        sonde_trace_drop_oldest (trace);
      if (i % 500 == 0)
        sonde_trace_append_gap (trace);
      if (i % 900 == 0)
        sonde_trace_mark_boot (trace, T0 + i * 10);
      if (i == N_SAMPLES / 2)
        {
          sonde_trace_clear (trace);
          n_blocks = 0;
        }
    }
}

static void
test_readers (void)
{
  g_autoptr (SondeType) type
      = sonde_type_new_base (SONDE_KIND_NUMBER, "int32_t", SONDE_ENCODING_SIGNED, TRUE, 4);
  g_autoptr (SondeTrace) trace = sonde_trace_new (type);
  Stage stage = { .trace = trace };
  GThread *readers[N_READERS];

  for (guint i = 0; i < N_READERS; i++)
    readers[i] = g_thread_new ("reader", read_in_thread, &stage);
  while (atomic_load (&stage.n_rounds) < N_READERS)
    g_thread_yield ();
  write_samples (trace);
  atomic_store (&stage.is_over, TRUE);
  for (guint i = 0; i < N_READERS; i++)
    g_thread_join (readers[i]);
}

static void
count_free (gpointer data)
{
  ++*(guint *) data;
}

/* What is retired while a reader is inside stays until that very reader has left. */
static void
test_reclaim (void)
{
  SondeReclaim reclaim;
  guint n_freed = 0, early, late;

  sonde_reclaim_init (&reclaim);
  early = sonde_reclaim_enter (&reclaim);
  sonde_reclaim_retire (&reclaim, &n_freed, count_free);
  late = sonde_reclaim_enter (&reclaim);
  g_assert_cmpuint (sonde_reclaim_collect (&reclaim), ==, 1);
  sonde_reclaim_retire (&reclaim, &n_freed, count_free);
  sonde_reclaim_leave (&reclaim, early);
  g_assert_cmpuint (sonde_reclaim_collect (&reclaim), ==, 1);
  g_assert_cmpuint (n_freed, ==, 1);
  sonde_reclaim_leave (&reclaim, late);
  g_assert_cmpuint (sonde_reclaim_collect (&reclaim), ==, 0);
  g_assert_cmpuint (n_freed, ==, 2);
  sonde_reclaim_retire (&reclaim, &n_freed, count_free);
  sonde_reclaim_clear (&reclaim);
  g_assert_cmpuint (n_freed, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/readers/reclaim", test_reclaim);
  g_test_add_func ("/readers/threads", test_readers);
  return g_test_run ();
}
