/* bench-polling.c: server CPU per round trip against the barest server, fairness, and the rate of
 * plain boards */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/raw-ws.h"
#include "workbench/engine.h"

#define ROUNDS 3

typedef struct
{
  const char *name;
  guint n_boards;
  guint n_watches;
  gboolean has_extensions;
  double limit; /* most times the barest server's CPU */
} Case;

typedef struct
{
  double us;      /* CPU of the server per round trip */
  double slowest; /* of the mean, by board */
  double per_watch_hz;
} Figure;

static pid_t
fork_boards (guint n_boards, gboolean has_extensions, guint port)
{
  RawBoards boards = { n_boards, has_extensions, port };
  pid_t pid = fork ();

  if (pid != 0)
    return pid;
  raw_boards_run (&boards);
  _exit (0);
}

static void
reap (pid_t pid)
{
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
}

static Figure
run_raw (const Case *c, double seconds)
{
  RawServerLoad load = { c->n_boards, c->n_watches, c->has_extensions, seconds };
  Figure figure = { 0 };
  guint port = 0;
  int listener = raw_server_listen (&port);
  pid_t pid = fork_boards (c->n_boards, c->has_extensions, port);
  gint64 cpu_us = 0;
  guint64 slowest = 0;
  guint64 total = raw_server_run (listener, &load, &cpu_us, &slowest);

  reap (pid);
  close (listener);
  figure.us = (double) cpu_us / (double) MAX (total, 1);
  figure.slowest = (double) slowest * c->n_boards / (double) MAX (total, 1);
  return figure;
}

static void
spin (GMainContext *context, gint64 until_us)
{
  while (g_get_monotonic_time () < until_us)
    g_main_context_iteration (context, TRUE);
}

static gboolean
keep_turning (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
watch_all (SondeDevice *device, guint n_watches)
{
  g_autoptr (SondeType) type
      = sonde_type_new_base (SONDE_KIND_NUMBER, "uint32_t", SONDE_ENCODING_UNSIGNED, FALSE, 4);

  for (guint i = 0; i < n_watches; i++)
    {
      g_autofree char *path = g_strdup_printf ("v%u", i);
      SondeVariableInfo info = { .path = path,
                                 .address = 0x20000000 + i * 64,
                                 .type = type,
                                 .byte_order = G_LITTLE_ENDIAN,
                                 .pointer_size = 4,
                                 .memory = SONDE_MEMORY_RAM,
                                 .is_writable = TRUE };
      g_autoptr (SondeVariable) variable = sonde_variable_new (&info);

      sonde_device_add_watch (device, variable, 0);
    }
}

static guint
count_ready (SondeRegistry *registry)
{
  guint n = 0;

  for (guint i = 0; i < sonde_registry_get_n (registry); i++)
    n += sonde_device_get_info (sonde_registry_get (registry, i))->state == SONDE_DEVICE_READY;
  return n;
}

static guint64
count_answers (SondeRegistry *registry, guint64 *slowest)
{
  guint64 total = 0;

  *slowest = G_MAXUINT64;
  for (guint i = 0; i < sonde_registry_get_n (registry); i++)
    {
      guint64 n = sonde_device_get_info (sonde_registry_get (registry, i))->n_answers;

      total += n;
      *slowest = MIN (*slowest, n);
    }
  return total;
}

static Figure
run_sonde (const Case *c, double seconds)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  SondeEngine *engine = NULL;
  SondeRegistry *registry = NULL;
  Figure figure = { 0 };
  guint64 slowest = 0, slowest_before = 0, total = 0, before = 0;
  gint64 cpu_start = 0;
  pid_t pid = 0;
  g_autoptr (GSource) turn = g_timeout_source_new (20);

  g_main_context_push_thread_default (context);
  engine = sonde_engine_new (64 * 1024 * 1024);
  registry = sonde_engine_get_registry (engine);
  g_source_set_callback (turn, keep_turning, NULL, NULL);
  g_source_attach (turn, context);
  if (!sonde_engine_listen (engine, "127.0.0.1", 0, NULL))
    g_error ("listen failed");
  pid = fork_boards (c->n_boards, c->has_extensions,
                     sonde_server_get_port (sonde_engine_get_server (engine)));
  for (guint i = 0; i < 200 && count_ready (registry) < c->n_boards; i++)
    spin (context, g_get_monotonic_time () + 20000);
  if (count_ready (registry) < c->n_boards)
    g_error ("only %u of %u boards answered init", count_ready (registry), c->n_boards);
  for (guint i = 0; i < c->n_boards; i++)
    watch_all (sonde_registry_get (registry, i), c->n_watches);
  spin (context, g_get_monotonic_time () + 200000);
  before = count_answers (registry, &slowest_before);
  cpu_start = raw_cpu_us ();
  spin (context, g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC));
  figure.us = (double) (raw_cpu_us () - cpu_start);
  total = count_answers (registry, &slowest) - before;
  figure.us /= (double) MAX (total, 1);
  figure.slowest = (double) (slowest - slowest_before) * c->n_boards / (double) MAX (total, 1);
  figure.per_watch_hz
      = (double) total / seconds / c->n_boards / (c->has_extensions ? 1 : c->n_watches);
  sonde_engine_free (engine);
  g_main_context_pop_thread_default (context);
  reap (pid);
  return figure;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static gboolean
run_case (const Case *c, double seconds)
{
  double ratios[ROUNDS], ours[ROUNDS], theirs[ROUNDS], slowest[ROUNDS], rates[ROUNDS];
  gboolean is_good = TRUE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      Figure sonde = run_sonde (c, seconds);
      Figure raw = run_raw (c, seconds);

      ours[i] = sonde.us;
      theirs[i] = raw.us;
      ratios[i] = sonde.us / raw.us;
      slowest[i] = sonde.slowest;
      rates[i] = sonde.per_watch_hz;
    }
  qsort (ratios, ROUNDS, sizeof (double), compare);
  qsort (ours, ROUNDS, sizeof (double), compare);
  qsort (theirs, ROUNDS, sizeof (double), compare);
  qsort (slowest, ROUNDS, sizeof (double), compare);
  qsort (rates, ROUNDS, sizeof (double), compare);
  g_print ("%s: %.1f us of CPU a round trip, barest server %.1f, ratio %.2f; slowest board %.2f of "
           "the mean; %.0f Hz a variable\n",
           c->name, ours[ROUNDS / 2], theirs[ROUNDS / 2], ratios[ROUNDS / 2], slowest[ROUNDS / 2],
           rates[ROUNDS / 2]);
  if (c->limit > 0 && ratios[ROUNDS / 2] > c->limit)
    is_good = FALSE;
  if (c->n_boards > 1 && slowest[ROUNDS / 2] < 0.6)
    is_good = FALSE;
  if (c->limit == 0 && rates[ROUNDS / 2] < 100)
    is_good = FALSE;
  g_print ("%s - %s\n", is_good ? "ok" : "not ok", c->name);
  return is_good;
}

int
main (int argc, char **argv)
{
  static const Case cases[] = {
    { "one mem_read at depth 1", 1, 1, FALSE, 2.0 },
    { "batches of 16 from 10 boards", 10, 16, TRUE, 1.5 },
    { "50 variables of a plain board", 1, 50, FALSE, 0 },
  };
  double seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 1.0;
  gboolean is_good = TRUE;

  signal (SIGPIPE, SIG_IGN);
  g_print ("1..%u\n", (guint) G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    is_good = run_case (&cases[i], seconds) && is_good;
  return is_good ? 0 : 1;
}
