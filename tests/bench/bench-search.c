/* bench-search.c: how long each key of a search over 120 000 names takes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "symbols/symbol-image-writer.h"
#include "symbols/symbol-search.h"

#define N_NAMES 120000
#define MAX_HITS 2000
#define ROUNDS 5
/* Of one run: a scan for a part of each name is what cannot be undercut by much. */
#define MOST_RATIO 40.0

static const char *const typed[]
    = { "mpidint", "axis2speed", "config_can", "uart_rx_buffer", "state.machine", "zzqx" };

static const char *const modules[]
    = { "motor", "axis", "config", "uart", "can", "state", "filter", "timer", "flash", "net" };
static const char *const members[] = { "speed",  "pid_integrator", "rx_buffer", "count", "machine",
                                       "target", "error_flags",    "last_tick", "gain",  "limit" };

static SondeSymbolTable *
make_table (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  const SondeImageFacts facts = { .pointer_size = 4 };
  const SondeImageType number = { .kind = SONDE_KIND_NUMBER,
                                  .encoding = SONDE_ENCODING_UNSIGNED,
                                  .name = sonde_image_writer_text (writer, "uint32_t"),
                                  .size = 4 };
  const guint32 type = sonde_image_writer_type (writer, &number, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) image = NULL;
  SondeSymbolTable *table;

  for (guint i = 0; i < N_NAMES; i++)
    {
      g_autofree char *path
          = g_strdup_printf ("%s_%u_%s%u", modules[i % 10], i / 100, members[i / 10 % 10], i % 7);
      SondeImageVariable row = { .type = type, .section = SONDE_IMAGE_NO_SECTION };

      row.path = sonde_image_writer_text (writer, path);
      row.address = 0x20000000 + (guint64) i * 4;
      sonde_image_writer_add_variable (writer, &row);
    }
  image = sonde_image_writer_finish (writer, &facts);
  table = sonde_symbol_table_new_from_bytes (image, "bench.elf", &error);
  g_assert_no_error (error);
  return table;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
scan_ms (SondeSymbolSearch *search, const char *text)
{
  const gint64 start_us = g_get_monotonic_time ();
  guint n = 0;

  for (guint i = 0; i < sonde_symbol_search_get_n (search); i++)
    n += strstr (sonde_symbol_search_get_path (search, i), text) != NULL;
  g_assert_cmpuint (n, <=, N_NAMES);
  return (double) (g_get_monotonic_time () - start_us) / 1000;
}

int
main (void)
{
  g_autoptr (SondeSymbolTable) table = make_table ();
  g_autoptr (SondeSymbolSearch) search = sonde_symbol_search_new (table);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) scans = g_array_new (FALSE, FALSE, sizeof (double));
  double p95, scan;

  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
      for (gsize length = 1; length <= strlen (typed[i]); length++)
        {
          g_autofree char *text = g_strndup (typed[i], length);
          const gint64 start_us = g_get_monotonic_time ();
          g_autoptr (GArray) hits = sonde_symbol_search_run (search, text, MAX_HITS);
          const double ms = (double) (g_get_monotonic_time () - start_us) / 1000;
          const double plain = scan_ms (search, text);

          g_array_append_val (times, ms);
          g_array_append_val (scans, plain);
        }
  g_array_sort (times, compare);
  g_array_sort (scans, compare);
  p95 = g_array_index (times, double, times->len * 95 / 100);
  scan = g_array_index (scans, double, scans->len / 2);
  g_print ("%u keys over %u names: median %.1f ms, p95 %.1f ms, worst %.1f ms\n", times->len,
           sonde_symbol_search_get_n (search), g_array_index (times, double, times->len / 2), p95,
           g_array_index (times, double, times->len - 1));
  g_print ("plain scan for a part: median %.1f ms; p95 is %.1f times that (at most %.0f)\n", scan,
           p95 / scan, MOST_RATIO);
  return p95 / scan <= MOST_RATIO ? 0 : 1;
}
