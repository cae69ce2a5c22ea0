/* test-fair-share.c: who floods is cut and rests, who behaves is not */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/fair-share.h"

static void
test_good (void)
{
  SondeFairShare share = { SONDE_FAIR_SHARE_MAX_BYTES };

  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (sonde_fair_share_judge (&share, share.bytes, 100), ==, 0);
  /* Who says little is not to blame for a turn that took long. */
  g_assert_cmpuint (sonde_fair_share_judge (&share, 100, G_USEC_PER_SEC), ==, 0);
  g_assert_cmpuint (share.bytes, ==, SONDE_FAIR_SHARE_MAX_BYTES);
}

/* Reading costs a microsecond for each @bytes_a_us bytes. Returns: the part of the time it takes.
 */
static double
flood (gsize bytes_a_us)
{
  SondeFairShare share = { SONDE_FAIR_SHARE_MAX_BYTES };
  gint64 busy_us = 0, all_us = 0;

  for (guint i = 0; i < 1000; i++)
    {
      gint64 took_us = (gint64) (share.bytes / bytes_a_us);

      busy_us += took_us;
      all_us += took_us + 1000 * (gint64) sonde_fair_share_judge (&share, share.bytes, took_us);
      g_assert_cmpuint (share.bytes, >=, SONDE_FAIR_SHARE_MIN_BYTES);
      g_assert_cmpuint (share.bytes, <=, SONDE_FAIR_SHARE_MAX_BYTES);
    }
  return (double) busy_us / (double) all_us;
}

static void
test_flood (void)
{
  g_assert_cmpfloat (flood (1), <, 0.2);
  g_assert_cmpfloat (flood (4), <, 0.2);
  g_assert_cmpfloat (flood (20), <, 0.2);
}

/* One long turn, as when the machine was busy elsewhere, is soon forgotten. */
static void
test_forgiven (void)
{
  SondeFairShare share = { SONDE_FAIR_SHARE_MAX_BYTES };

  g_assert_cmpuint (sonde_fair_share_judge (&share, share.bytes, G_USEC_PER_SEC), <=, 50);
  g_assert_cmpuint (sonde_fair_share_judge (&share, share.bytes, 10), ==, 0);
  g_assert_cmpuint (share.bytes, ==, SONDE_FAIR_SHARE_MAX_BYTES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fair-share/good", test_good);
  g_test_add_func ("/fair-share/flood", test_flood);
  g_test_add_func ("/fair-share/forgiven", test_forgiven);
  return g_test_run ();
}
