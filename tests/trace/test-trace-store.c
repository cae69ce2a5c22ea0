/* test-trace-store.c: one memory budget: what is oldest goes first, whosever it is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/trace-store.h"

#define BLOCK 4096

static SondeTrace *
new_trace (gint64 start_us, guint n_samples)
{
  g_autoptr (SondeType) type
      = sonde_type_new_base (SONDE_KIND_NUMBER, "double", SONDE_ENCODING_FLOAT, TRUE, 8);
  SondeTrace *trace = sonde_trace_new (type);

  for (guint i = 0; i < n_samples; i++)
    {
      const SondeValue value = sonde_value_float (i, FALSE);

      sonde_trace_append (trace, start_us + i * 1000, &value);
    }
  return trace;
}

static void
test_oldest_first (void)
{
  g_autoptr (SondeTraceStore) store = sonde_trace_store_new (G_MAXSIZE);
  g_autoptr (SondeTrace) old = new_trace (0, 4 * BLOCK + 1);
  g_autoptr (SondeTrace) young = new_trace (2 * BLOCK * 1000 + 1, 4 * BLOCK + 1);

  sonde_trace_store_add (store, old);
  sonde_trace_store_add (store, old);
  sonde_trace_store_add (store, young);
  g_assert_cmpuint (sonde_trace_store_get_bytes (store), ==,
                    sonde_trace_get_bytes (old) + sonde_trace_get_bytes (young));
  g_assert_cmpuint (sonde_trace_store_trim (store), ==, 0);
  sonde_trace_store_set_budget (store, sonde_trace_store_get_bytes (store) - 1);
  g_assert_cmpuint (sonde_trace_store_trim (store), >, 0);
  g_assert_cmpuint (sonde_trace_get_n_samples (old), ==, 3 * BLOCK + 1);
  sonde_trace_store_set_budget (store, sonde_trace_store_get_bytes (store) - 2 * 8 * BLOCK);
  sonde_trace_store_trim (store);
  g_assert_cmpuint (sonde_trace_store_get_bytes (store), <=, sonde_trace_store_get_budget (store));
  g_assert_cmpuint (sonde_trace_get_n_samples (old), ==, 1 * BLOCK + 1);
  g_assert_cmpuint (sonde_trace_get_n_samples (young), ==, 4 * BLOCK + 1);
  /* Of the two the younger trace now holds what is oldest. */
  sonde_trace_store_set_budget (store, sonde_trace_store_get_bytes (store) - 1);
  sonde_trace_store_trim (store);
  g_assert_cmpuint (sonde_trace_get_n_samples (old), ==, 1 * BLOCK + 1);
  g_assert_cmpuint (sonde_trace_get_n_samples (young), ==, 3 * BLOCK + 1);
}

/* Growing ends stay, whatever the budget says: what is live is always seen. */
static void
test_tails_stay (void)
{
  g_autoptr (SondeTraceStore) store = sonde_trace_store_new (1);
  g_autoptr (SondeTrace) trace = new_trace (0, 3 * BLOCK + 7);

  sonde_trace_store_add (store, trace);
  sonde_trace_store_trim (store);
  g_assert_cmpuint (sonde_trace_get_n_samples (trace), ==, 7);
  sonde_trace_store_remove (store, trace);
  g_assert_cmpuint (sonde_trace_store_get_bytes (store), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-store/oldest-first", test_oldest_first);
  g_test_add_func ("/trace-store/tails-stay", test_tails_stay);
  return g_test_run ();
}
