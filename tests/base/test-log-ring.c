/* test-log-ring.c: the bounds of the ring, and the limit of a board */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log-limit.h"
#include "base/log-ring.h"

#define SECOND_US G_USEC_PER_SEC

static void
push (SondeLogRing *ring, guint n, const char *text)
{
  for (guint i = 0; i < n; i++)
    sonde_log_ring_push (ring, sonde_log_line_new (SONDE_LOG_INFO, NULL, "test", text));
}

static void
assert_since (SondeLogRing *ring, guint64 number, guint max, guint64 first, guint n)
{
  g_autoptr (GPtrArray) lines = sonde_log_ring_dup_since (ring, number, max);

  g_assert_cmpuint (lines->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      const SondeLogLine *line = g_ptr_array_index (lines, i);

      g_assert_cmpuint (line->number, ==, first + i);
    }
}

static void
test_since (void)
{
  g_autoptr (SondeLogRing) ring = sonde_log_ring_new (5000, 1 << 30);

  g_assert_cmpuint (sonde_log_ring_get_newest (ring), ==, 0);
  assert_since (ring, 0, 10, 0, 0);
  push (ring, 3000, "a");
  assert_since (ring, 0, 10, 1, 10);
  assert_since (ring, 2990, 100, 2991, 10);
  assert_since (ring, 3000, 100, 0, 0);
  assert_since (ring, 9999, 100, 0, 0);
  push (ring, 4000, "b");
  g_assert_cmpuint (sonde_log_ring_get_n (ring), ==, 5000);
  g_assert_cmpuint (sonde_log_ring_get_newest (ring), ==, 7000);
  assert_since (ring, 0, G_MAXUINT, 2001, 5000);
  assert_since (ring, 6999, 7, 7000, 1);
}

static void
test_bytes (void)
{
  g_autoptr (SondeLogRing) ring = sonde_log_ring_new (5000, 100000);
  g_autofree char *text = g_strnfill (1000, 'x');

  push (ring, 1000, text);
  g_assert_cmpuint (sonde_log_ring_get_n (ring), <, 100);
  g_assert_cmpuint (sonde_log_ring_get_n (ring), >, 80);
  assert_since (ring, 999, 10, 1000, 1);
}

/* A line outlives the ring for whoever holds it. */
static void
test_shared (void)
{
  g_autoptr (SondeLogRing) ring = sonde_log_ring_new (2, 1 << 20);

  push (ring, 2, "kept");
  g_autoptr (GPtrArray) lines = sonde_log_ring_dup_since (ring, 0, 2);
  push (ring, 10, "new");
  const SondeLogLine *line = g_ptr_array_index (lines, 0);
  g_assert_cmpstr (line->text, ==, "kept");
}

static void
on_dropped (const char *device, guint n_dropped, gpointer user_data)
{
  g_string_append_printf (user_data, "%s:%u ", device, n_dropped);
}

static void
test_limit (void)
{
  g_autoptr (SondeLogLimit) limit = sonde_log_limit_new (3);
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (sonde_log_limit_take (limit, "a", i), ==, i < 3);
  g_assert_true (sonde_log_limit_take (limit, "b", 5));
  sonde_log_limit_tell (limit, 6, on_dropped, told);
  g_assert_cmpstr (told->str, ==, "");
  sonde_log_limit_tell (limit, SECOND_US, on_dropped, told);
  sonde_log_limit_tell (limit, SECOND_US, on_dropped, told);
  g_assert_cmpstr (told->str, ==, "a:2 ");
  g_assert_true (sonde_log_limit_take (limit, "a", SECOND_US));
}

static void
test_limit_of_names (void)
{
  g_autoptr (SondeLogLimit) limit = sonde_log_limit_new (3);
  guint n_taken = 0;

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *name = g_strdup_printf ("board-%u", i);

      n_taken += sonde_log_limit_take (limit, name, i) ? 1 : 0;
    }
  g_assert_cmpuint (n_taken, ==, 1024);
  g_assert_true (sonde_log_limit_take (limit, "another", 2 * SECOND_US));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log-ring/since", test_since);
  g_test_add_func ("/log-ring/bytes", test_bytes);
  g_test_add_func ("/log-ring/shared", test_shared);
  g_test_add_func ("/log-limit/second", test_limit);
  g_test_add_func ("/log-limit/names", test_limit_of_names);
  return g_test_run ();
}
