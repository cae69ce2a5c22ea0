/* bench-symbol-cache.c: what a second load costs against the first, and how long the main loop
 * stands still meanwhile */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/resource.h>
#include <utime.h>

#include "symbols/symbol-cage.h"

#define TICK_MS 2
#define MAX_RATIO 0.1
#define MAX_STALL_MS 50
#define N_CACHED 5

/* Of one load. */
typedef struct
{
  double cpu_ms, wall_ms;
  double stall_ms; /* longest time between two turns of the main loop */
  double turn_ms;  /* CPU of the longest one: what is not another program's doing */
} Cost;

typedef struct
{
  gint64 last_us;
  double longest_ms, last_cpu_ms, longest_cpu_ms;
  SondeSymbolTable *table;
  gboolean is_done;
} Watch;

static double
cpu_ms (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

static void
note_turn (Watch *watch)
{
  const gint64 now = g_get_monotonic_time ();
  const double cpu = cpu_ms (RUSAGE_THREAD);

  watch->longest_cpu_ms = MAX (watch->longest_cpu_ms, cpu - watch->last_cpu_ms);
  watch->last_cpu_ms = cpu;

  watch->longest_ms = MAX (watch->longest_ms, (double) (now - watch->last_us) / 1e3);
  watch->last_us = now;
}

static gboolean
on_tick (gpointer user_data)
{
  note_turn (user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Watch *watch = user_data;

  watch->table = sonde_symbol_cage_load_finish (result, &error);
  if (watch->table == NULL)
    g_error ("%s", error->message);
  watch->is_done = TRUE;
}

static Cost
load (const char *path)
{
  const double before = cpu_ms (RUSAGE_SELF) + cpu_ms (RUSAGE_CHILDREN);
  const gint64 start = g_get_monotonic_time ();
  Watch watch = { .last_us = start, .last_cpu_ms = cpu_ms (RUSAGE_THREAD) };
  const guint ticker = g_timeout_add (TICK_MS, on_tick, &watch);
  Cost cost;

  sonde_symbol_cage_load_async (path, NULL, NULL, NULL, on_loaded, &watch);
  while (!watch.is_done)
    g_main_context_iteration (NULL, TRUE);
  note_turn (&watch);
  g_source_remove (ticker);
  cost.wall_ms = (double) (g_get_monotonic_time () - start) / 1e3;
  cost.cpu_ms = cpu_ms (RUSAGE_SELF) + cpu_ms (RUSAGE_CHILDREN) - before;
  cost.stall_ms = watch.longest_ms;
  cost.turn_ms = watch.longest_cpu_ms;
  sonde_symbol_table_unref (watch.table);
  return cost;
}

/* The best of several: what disturbs them is not this program. */
static Cost
load_cached (const char *path, gboolean is_young)
{
  Cost best = { G_MAXDOUBLE, G_MAXDOUBLE, 0, 0 };

  for (guint i = 0; i < N_CACHED; i++)
    {
      if (is_young)
        utime (path, NULL);
      const Cost cost = load (path);

      best.cpu_ms = MIN (best.cpu_ms, cost.cpu_ms);
      best.wall_ms = MIN (best.wall_ms, cost.wall_ms);
      best.stall_ms = MAX (best.stall_ms, cost.stall_ms);
      best.turn_ms = MAX (best.turn_ms, cost.turn_ms);
    }
  return best;
}

static void
print_cost (const char *kind, const char *what, Cost cost, Cost cold)
{
  printf ("%-8s %-34s cpu %8.1f ms  wall %8.1f ms  ratio %.3f  longest turn %5.1f ms, its cpu "
          "%4.1f ms\n",
          kind, what, cost.cpu_ms, cost.wall_ms, cost.cpu_ms / cold.cpu_ms, cost.stall_ms,
          cost.turn_ms);
}

static gboolean
measure (const char *maker, const char *folder, const char *kind)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.elf", folder, kind);
  const char *command[] = { maker, kind, path, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;
  gboolean is_good;

  if (!g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                     &status, &error)
      || status != 0)
    g_error ("%s: cannot make %s", maker, kind);
  /* Else its times may still hide a write. */
  g_usleep (3 * G_USEC_PER_SEC);
  const Cost cold = load (path);
  const Cost cached = load_cached (path, FALSE);
  const Cost young = load_cached (path, TRUE);
  print_cost (kind, "first load", cold, cold);
  print_cost (kind, "cached, known by its times", cached, cold);
  print_cost (kind, "cached, known by its content", young, cold);
  is_good = cached.cpu_ms <= cold.cpu_ms * MAX_RATIO && cached.wall_ms <= cold.wall_ms * MAX_RATIO
            && MAX (cold.turn_ms, MAX (cached.turn_ms, young.turn_ms)) <= MAX_STALL_MS;
  g_unlink (path);
  return is_good;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("sonde-bench-XXXXXX", NULL);
  const char *const remove[] = { "rm", "-rf", folder, NULL };
  gboolean is_good = TRUE;

  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  for (int i = 2; i < argc; i++)
    is_good = measure (argv[1], folder, argv[i]) && is_good;
  g_spawn_sync (NULL, (char **) remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  printf ("%s\n", is_good ? "within the limits" : "over a limit");
  return is_good ? 0 : 1;
}
