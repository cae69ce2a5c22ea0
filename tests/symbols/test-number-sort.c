/* test-number-sort.c: rows come out by their number, and those of one number as they were */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/number-sort.h"

#define N 5000

static void
assert_sorted (const SondeNumberRow *rows, guint n)
{
  for (guint i = 1; i < n; i++)
    {
      g_assert_cmpuint (rows[i - 1].key, <=, rows[i].key);
      if (rows[i - 1].key == rows[i].key)
        g_assert_cmpuint (rows[i - 1].index, <, rows[i].index);
    }
}

/* Keys of all widths, many of them twice. */
static void
sorts_all_widths (void)
{
  g_autofree SondeNumberRow *rows = g_new (SondeNumberRow, N);

  for (guint shift = 0; shift < 64; shift += 7)
    {
      guint64 sum_before = 0, sum = 0;

      for (guint i = 0; i < N; i++)
        {
          const guint64 key = (guint64) g_test_rand_int_range (0, 900) << shift;

          rows[i] = (SondeNumberRow){ key, i };
          sum_before += key * 31 + i;
        }
      sonde_number_sort (rows, N);
      assert_sorted (rows, N);
      for (guint i = 0; i < N; i++)
        sum += rows[i].key * 31 + rows[i].index;
      g_assert_cmpuint (sum, ==, sum_before);
    }
}

static void
leaves_what_is_sorted (void)
{
  SondeNumberRow rows[] = { { 3, 0 }, { 3, 1 }, { G_MAXUINT64, 2 } };

  sonde_number_sort (rows, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (rows[i].index, ==, i);
  sonde_number_sort (rows, 1);
  sonde_number_sort (rows, 0);
}

static void
turns_a_row_round (void)
{
  SondeNumberRow rows[] = { { 1 << 16, 0 }, { 256, 1 }, { 1, 2 }, { 0, 3 } };

  sonde_number_sort (rows, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (rows[i].index, ==, 3 - i);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-sort/all-widths", sorts_all_widths);
  g_test_add_func ("/number-sort/sorted", leaves_what_is_sorted);
  g_test_add_func ("/number-sort/reversed", turns_a_row_round);
  return g_test_run ();
}
