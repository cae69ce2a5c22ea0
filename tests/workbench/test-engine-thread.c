/* test-engine-thread.c: closures run in order on one thread, and closing waits for them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/engine-thread.h"

typedef struct
{
  GThread *thread;
  guint next;
  gboolean is_in_order;
  guint n_freed;
  char *url;
} Record;

typedef struct
{
  Record *record;
  guint number;
} Step;

static void
run_step (SondeEngine *engine, gpointer user_data)
{
  Step *step = user_data;

  if (step->record->thread == NULL)
    step->record->thread = g_thread_self ();
  step->record->is_in_order = step->record->is_in_order && step->record->next == step->number
                              && step->record->thread == g_thread_self ();
  step->record->next++;
}

static void
free_step (gpointer data)
{
  Step *step = data;

  step->record->n_freed++;
  g_free (step);
}

static void
test_order (void)
{
  Record record = { .is_in_order = TRUE };
  SondeEngineThread *thread = sonde_engine_thread_new (1024 * 1024);

  for (guint i = 0; i < 1000; i++)
    {
      Step *step = g_new (Step, 1);

      *step = (Step){ &record, i };
      sonde_engine_thread_post (thread, run_step, step, free_step);
    }
  sonde_engine_thread_free (thread);
  g_assert_true (record.is_in_order);
  g_assert_cmpuint (record.next, ==, 1000);
  g_assert_cmpuint (record.n_freed, ==, 1000);
  g_assert_true (record.thread != g_thread_self ());
}

static void
listen_there (SondeEngine *engine, gpointer user_data)
{
  Record *record = user_data;

  if (sonde_engine_listen (engine, "127.0.0.1", 0, NULL))
    record->url = sonde_server_dup_url (sonde_engine_get_server (engine));
}

static void
test_call (void)
{
  Record record = { 0 };
  g_autoptr (SondeEngineThread) thread = sonde_engine_thread_new (1024 * 1024);

  sonde_engine_thread_call (thread, listen_there, &record);
  g_assert_nonnull (record.url);
  g_assert_true (g_str_has_prefix (record.url, "ws://127.0.0.1:"));
  g_free (record.url);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine-thread/order", test_order);
  g_test_add_func ("/engine-thread/call", test_call);
  return g_test_run ();
}
