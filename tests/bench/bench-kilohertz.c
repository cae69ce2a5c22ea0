/* bench-kilohertz.c: 20 variables of the demo board at 1 kHz: nothing skipped, board and host keep
 * step */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <sys/resource.h>

#include "base/program.h"
#include "symbols/symbol-cage.h"
#include "workbench/demo-board.h"
#include "workbench/engine.h"

#define RATE_HZ 1000
#define MAX_ODD_STEPS 0.02 /* two free clocks: now and then a step is 0 or 2 */

static const char *const paths[] = {
  "wave.counter",
  "wave.sine",
  "wave.square",
  "motor.speed",
  "motor.target",
  "motor.current",
  "motor.temperature",
  "motor.pid.kp",
  "motor.pid.ki",
  "motor.pid.kd",
  "motor.pid.integrator",
  "axis[0].speed",
  "axis[1].speed",
  "axis[2].speed",
  "axis[3].speed",
  "ticks",
  "state",
  "adc[0]",
  "adc[7]",
  "matrix[2][3]",
};

typedef struct
{
  SondeDevice *device;
  guint64 n_steps, n_odd, n_samples;
  gboolean has_last;
  guint64 last;
} Run;

static void
on_ready (SondeRegistry *registry, SondeDevice *device, gpointer user_data)
{
  ((Run *) user_data)->device = device;
}

static void
on_counter (SondeWatch *watch, gint64 time_us, const SondeValue *value, const char *error,
            gpointer user_data)
{
  Run *run = user_data;

  if (value == NULL)
    return;
  if (run->has_last)
    {
      run->n_steps++;
      run->n_odd += value->u - run->last != 1;
    }
  run->has_last = TRUE;
  run->last = value->u;
}

static double
cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void
watch_all (Run *run, SondeAddressMap *map)
{
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = sonde_address_map_resolve (map, paths[i], &error);
      SondeWatch *watch = NULL;

      if (found == NULL)
        g_error ("%s", error->message);
      watch = sonde_device_add_watch (run->device, g_ptr_array_index (found, 0), RATE_HZ);
      if (i == 0)
        sonde_watch_set_listener (watch, on_counter, run);
    }
}

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
spin (double seconds)
{
  gboolean is_over = FALSE;

  g_timeout_add ((guint) (seconds * 1000), on_time, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
report (Run *run, double seconds, double cpu)
{
  guint64 least = G_MAXUINT64, skipped = 0, failed = 0;
  double odd = (double) run->n_odd / (double) MAX (run->n_steps, 1);
  guint64 wanted = (guint64) (seconds * RATE_HZ);

  for (guint i = 0; i < sonde_device_get_n_watches (run->device); i++)
    {
      const SondeWatchState *state
          = sonde_watch_get_state (sonde_device_get_watch (run->device, i));

      least = MIN (least, state->n_samples);
      skipped += state->n_skipped;
      failed += state->n_failed;
    }
  g_print ("%u variables at %u Hz for %.0f s: at least %" G_GUINT64_FORMAT
           " samples each (%" G_GUINT64_FORMAT " due), %" G_GUINT64_FORMAT
           " due times skipped, %" G_GUINT64_FORMAT
           " failed; %.2f %% of counter steps are not 1; host CPU %.1f %%\n",
           (guint) G_N_ELEMENTS (paths), RATE_HZ, seconds, least, wanted, skipped, failed,
           100 * odd, 100 * cpu / seconds);
  return skipped == 0 && failed == 0 && least + RATE_HZ / 100 >= wanted && odd <= MAX_ODD_STEPS;
}

int
main (int argc, char **argv)
{
  double seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : 10;
  g_autofree char *elf = sonde_demo_board_dup_elf ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load (elf, NULL, NULL, &error);
  g_autoptr (SondeAddressMap) map = NULL;
  g_autoptr (SondeDemoBoard) board = NULL;
  g_autofree char *url = NULL;
  SondeEngine *engine = sonde_engine_new (256 * 1024 * 1024);
  Run run = { 0 };
  double cpu = 0;
  gboolean is_good = FALSE;

  if (table == NULL || !sonde_engine_listen (engine, "127.0.0.1", 0, &error))
    g_error ("%s", error->message);
  map = sonde_address_map_new (table);
  sonde_engine_add_map (engine, map);
  g_signal_connect (sonde_engine_get_registry (engine), "device-ready", G_CALLBACK (on_ready),
                    &run);
  url = sonde_server_dup_url (sonde_engine_get_server (engine));
  board = sonde_demo_board_start (url, NULL, &error);
  if (board == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < 100 && run.device == NULL; i++)
    spin (0.1);
  if (run.device == NULL)
    g_error ("the demo board did not come");
  watch_all (&run, map);
  cpu = cpu_seconds ();
  spin (seconds);
  cpu = cpu_seconds () - cpu;
  is_good = report (&run, seconds, cpu);
  g_print ("1..1\n%s 1 - 1 kHz\n", is_good ? "ok" : "not ok");
  sonde_engine_free (engine);
  return is_good ? 0 : 1;
}
