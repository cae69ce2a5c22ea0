/* test-number-map.c: many keys, those of one slot among them, are all found again */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/number-map.h"

#include <string.h>

#define N_KEYS 100000

static void
test_many (void)
{
  SondeNumberMap map = { NULL };

  g_assert_cmpuint (sonde_number_map_get (&map, 5), ==, SONDE_NUMBER_NONE);
  for (guint i = 0; i < N_KEYS; i++)
    sonde_number_map_set (&map, (guint64) i * 4096, i);
  g_assert_cmpuint (map.n, ==, N_KEYS);
  for (guint i = 0; i < N_KEYS; i++)
    {
      g_assert_cmpuint (sonde_number_map_get (&map, (guint64) i * 4096), ==, i);
      g_assert_cmpuint (sonde_number_map_get (&map, (guint64) i * 4096 + 1), ==, SONDE_NUMBER_NONE);
    }
  sonde_number_map_clear (&map);
  g_assert_cmpuint (map.n, ==, 0);
}

static void
test_replace (void)
{
  SondeNumberMap map = { NULL };

  sonde_number_map_set (&map, 0, 1);
  g_assert_false (sonde_number_map_add (&map, 0, 2));
  g_assert_cmpuint (sonde_number_map_get (&map, 0), ==, 1);
  sonde_number_map_set (&map, 0, 3);
  g_assert_cmpuint (sonde_number_map_get (&map, 0), ==, 3);
  g_assert_true (sonde_number_map_add (&map, G_MAXUINT64, 0));
  g_assert_cmpuint (sonde_number_map_get (&map, G_MAXUINT64), ==, 0);
  g_assert_cmpuint (map.n, ==, 2);
  sonde_number_map_clear (&map);
}

/* Every length, and every byte, counts. */
static void
test_hash (void)
{
  SondeNumberMap seen = { NULL };
  char text[40];

  memset (text, 'a', sizeof text);
  for (guint size = 0; size <= sizeof text; size++)
    g_assert_true (sonde_number_map_add (&seen, sonde_number_hash (text, size), size));
  for (guint i = 0; i < sizeof text; i++)
    {
      text[i] = 'b';
      g_assert_true (sonde_number_map_add (&seen, sonde_number_hash (text, sizeof text), i));
      text[i] = 'a';
    }
  g_assert_cmpuint (sonde_number_hash (text, sizeof text), ==,
                    sonde_number_hash (text, sizeof text));
  sonde_number_map_clear (&seen);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-map/many", test_many);
  g_test_add_func ("/number-map/replace", test_replace);
  g_test_add_func ("/number-map/hash", test_hash);
  return g_test_run ();
}
