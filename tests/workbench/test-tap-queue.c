/* test-tap-queue.c: raw messages wait in order, made safe, and bounded */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "workbench/tap-queue.h"

static void
test_order_and_safety (void)
{
  g_autoptr (SondeTapQueue) queue = sonde_tap_queue_new ();
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GPtrArray) none = NULL;
  guint n_dropped = 99;

  sonde_tap_queue_push (queue, "arm", TRUE, "{\"cmd\":\"init\"}\n", 15);
  sonde_tap_queue_push (queue, "arm", FALSE, "\033[31mred", 8);
  messages = sonde_tap_queue_take (queue, &n_dropped);
  g_assert_cmpuint (messages->len, ==, 2);
  g_assert_cmpuint (n_dropped, ==, 0);
  g_assert_cmpstr (((SondeTapNews *) messages->pdata[0])->text, ==, "{\"cmd\":\"init\"}");
  g_assert_true (((SondeTapNews *) messages->pdata[0])->is_outgoing);
  g_assert_null (strchr (((SondeTapNews *) messages->pdata[1])->text, '\033'));
  none = sonde_tap_queue_take (queue, &n_dropped);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_bound (void)
{
  g_autoptr (SondeTapQueue) queue = sonde_tap_queue_new ();
  g_autoptr (GPtrArray) messages = NULL;
  guint n_dropped = 0;

  for (guint i = 0; i < 5010; i++)
    sonde_tap_queue_push (queue, "arm", FALSE, "x", 1);
  messages = sonde_tap_queue_take (queue, &n_dropped);
  g_assert_cmpuint (messages->len, ==, 5000);
  g_assert_cmpuint (n_dropped, ==, 10);
}

static gpointer
push_many (gpointer user_data)
{
  for (guint i = 0; i < 2000; i++)
    sonde_tap_queue_push (user_data, "arm", FALSE, "{}", 2);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (SondeTapQueue) queue = sonde_tap_queue_new ();
  GThread *thread = g_thread_new ("pusher", push_many, queue);
  guint total = 0, n_dropped = 0, lost = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GPtrArray) messages = sonde_tap_queue_take (queue, &n_dropped);

      total += messages->len;
      lost += n_dropped;
    }
  g_thread_join (thread);
  {
    g_autoptr (GPtrArray) rest = sonde_tap_queue_take (queue, &n_dropped);

    g_assert_cmpuint (total + rest->len + lost + n_dropped, ==, 2000);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tap-queue/order-and-safety", test_order_and_safety);
  g_test_add_func ("/tap-queue/bound", test_bound);
  g_test_add_func ("/tap-queue/threads", test_threads);
  return g_test_run ();
}
