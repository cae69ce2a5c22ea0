/* test-link.c: when the agent dials again */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "sonde/link.h"

/* Loses the link and dials again as soon as that is due; returns the wait. */
static guint32
lose (sonde_link *link, guint32 *now_ms, guint32 random)
{
  guint32 wait;

  sonde_link_lost (link, *now_ms, random);
  wait = sonde_link_get_due (link, *now_ms);
  *now_ms += wait - 1;
  g_assert_cmpint (sonde_link_poll (link, *now_ms), ==, SONDE_LINK_NOTHING);
  *now_ms += 1;
  g_assert_cmpint (sonde_link_poll (link, *now_ms), ==, SONDE_LINK_DIAL);
  g_assert_cmpint (sonde_link_poll (link, *now_ms), ==, SONDE_LINK_NOTHING);
  return wait;
}

static void
test_doubling (void)
{
  static const guint32 waits[] = { 1000, 2000, 4000, 8000, 16000, 30000, 30000 };
  guint32 now_ms = G_MAXUINT32 - 20000; /* the clock wraps on the way */
  sonde_link link;

  sonde_link_init (&link, now_ms);
  g_assert_cmpuint (sonde_link_get_due (&link, now_ms), ==, 0);
  g_assert_cmpint (sonde_link_poll (&link, now_ms), ==, SONDE_LINK_DIAL);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    g_assert_cmpuint (lose (&link, &now_ms, 0), ==, waits[i]);
  sonde_link_opened (&link, now_ms);
  g_assert_cmpuint (sonde_link_get_due (&link, now_ms), ==, G_MAXUINT32);
  g_assert_cmpint (sonde_link_poll (&link, now_ms + 3600000), ==, SONDE_LINK_NOTHING);
  g_assert_cmpuint (lose (&link, &now_ms, 0), ==, 1000);
}

static void
test_jitter (void)
{
  for (guint32 random = 0; random < 5000; random += 7)
    {
      guint32 now_ms = 0;
      sonde_link link;

      sonde_link_init (&link, now_ms);
      sonde_link_poll (&link, now_ms);
      for (guint i = 0; i < 8; i++)
        {
          guint32 least = MIN (1000u << i, 30000);
          guint32 wait = lose (&link, &now_ms, random * 2654435761u);

          g_assert_cmpuint (wait, >=, least);
          g_assert_cmpuint (wait, <=, MIN (least + least / 4, 30000));
        }
    }
}

static void
test_patience (void)
{
  sonde_link link;

  sonde_link_init (&link, 0);
  sonde_link_poll (&link, 0);
  g_assert_cmpint (sonde_link_poll (&link, 9999), ==, SONDE_LINK_NOTHING);
  g_assert_cmpint (sonde_link_poll (&link, 10000), ==, SONDE_LINK_DROP);
  g_assert_cmpint (sonde_link_poll (&link, 10001), ==, SONDE_LINK_DROP);
  sonde_link_lost (&link, 10001, 0);
  g_assert_cmpint (sonde_link_poll (&link, 10002), ==, SONDE_LINK_NOTHING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/firmware/link/doubling", test_doubling);
  g_test_add_func ("/firmware/link/jitter", test_jitter);
  g_test_add_func ("/firmware/link/patience", test_patience);
  return g_test_run ();
}
