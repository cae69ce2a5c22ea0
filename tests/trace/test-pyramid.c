/* test-pyramid.c: min and max of any range, against a plain loop */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/pyramid.h"

#include <math.h>

static const guint sizes[] = { 1, 2, 63, 64, 65, 1023, 1024, 1025, 4095, 4096 };

static void
compare_range (const SondePyramid *pyramid, const float *values, guint from, guint to)
{
  double min = INFINITY, max = -INFINITY, plain_min = INFINITY, plain_max = -INFINITY;

  sonde_pyramid_extend (pyramid, values, from, to, &min, &max);
  for (guint i = from; i < to; i++)
    if (!isnan (values[i]))
      {
        plain_min = MIN (plain_min, (double) values[i]);
        plain_max = MAX (plain_max, (double) values[i]);
      }
  g_assert_cmpfloat (min, ==, plain_min);
  g_assert_cmpfloat (max, ==, plain_max);
}

static void
test_ranges (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autofree float *values = g_new (float, sizes[s]);
      g_autoptr (SondePyramid) pyramid = NULL;

      for (guint i = 0; i < sizes[s]; i++)
        values[i] = i % 11 == 5 ? NAN : (float) g_rand_double_range (rand, -1e6, 1e6);
      pyramid = sonde_pyramid_new (SONDE_SAMPLE_F32, values, sizes[s]);
      compare_range (pyramid, values, 0, sizes[s]);
      for (guint i = 0; i < 300; i++)
        {
          const guint from = (guint) g_rand_int_range (rand, 0, (gint32) sizes[s]);
          const guint to = (guint) g_rand_int_range (rand, (gint32) from, (gint32) sizes[s] + 1);

          compare_range (pyramid, values, from, to);
        }
    }
}

static void
test_nothing_but_nan (void)
{
  float values[130];
  g_autoptr (SondePyramid) pyramid = NULL;
  double min = INFINITY, max = -INFINITY;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = NAN;
  pyramid = sonde_pyramid_new (SONDE_SAMPLE_F32, values, G_N_ELEMENTS (values));
  sonde_pyramid_extend (pyramid, values, 0, G_N_ELEMENTS (values), &min, &max);
  g_assert_cmpfloat (min, >, max);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pyramid/ranges", test_ranges);
  g_test_add_func ("/pyramid/nothing-but-nan", test_nothing_but_nan);
  return g_test_run ();
}
