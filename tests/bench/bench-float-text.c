/* bench-float-text.c: how fast floats become text, and the proof that all of them read back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/float-text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_VALUES 1000000

typedef gsize (*Printer) (double f, gboolean is_single, char *text);

static gsize
print_ours (double f, gboolean is_single, char *text)
{
  return sonde_float_text (f, is_single, text);
}

static gsize
print_libc (double f, gboolean is_single, char *text)
{
  return (gsize) snprintf (text, SONDE_FLOAT_TEXT_SIZE, "%.*g", is_single ? 9 : 17, f);
}

static double
measure (Printer print, const double *values, gboolean is_single)
{
  char text[SONDE_FLOAT_TEXT_SIZE];
  gsize length = 0;
  const gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < N_VALUES; i++)
    length += print (values[i], is_single, text);
  const double seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  return length > 0 ? N_VALUES / seconds / 1e6 : 0;
}

static void
run_benchmark (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree double *floats = g_new (double, N_VALUES);
  g_autofree double *doubles = g_new (double, N_VALUES);
  g_autofree double *readings = g_new (double, N_VALUES);

  for (guint i = 0; i < N_VALUES; i++)
    {
      doubles[i] = g_rand_double_range (rand, -3000, 3000);
      floats[i] = (float) doubles[i];
      readings[i] = round (doubles[i] * 100) / 100;
    }
  g_print ("million values/s        ours  libc %%.9g/%%.17g\n");
  g_print ("float, full digits    %6.1f  %6.1f\n", measure (print_ours, floats, TRUE),
           measure (print_libc, floats, TRUE));
  g_print ("double, full digits   %6.1f  %6.1f\n", measure (print_ours, doubles, FALSE),
           measure (print_libc, doubles, FALSE));
  g_print ("double, two decimals  %6.1f  %6.1f\n", measure (print_ours, readings, FALSE),
           measure (print_libc, readings, FALSE));
}

/* Read as a float at once, and by way of a double as many programs do. */
static gboolean
reads_back (guint32 bits)
{
  char text[SONDE_FLOAT_TEXT_SIZE];
  float f;

  memcpy (&f, &bits, sizeof f);
  sonde_float_text (f, TRUE, text);
  const float direct = strtof (text, NULL);
  const float detour = (float) strtod (text, NULL);
  if (isnan (f))
    return isnan (direct);
  return memcmp (&f, &direct, sizeof f) == 0 && memcmp (&f, &detour, sizeof f) == 0;
}

/* Part @index of @n of all 2^32 floats. */
static int
prove (guint64 index, guint64 n)
{
  const guint64 first = index * (G_GUINT64_CONSTANT (1) << 32) / n;
  const guint64 last = (index + 1) * (G_GUINT64_CONSTANT (1) << 32) / n;
  guint64 n_wrong = 0;

  for (guint64 bits = first; bits < last; bits++)
    {
      if (!reads_back ((guint32) bits) && ++n_wrong <= 10)
        g_print ("%08x reads back as another float\n", (guint32) bits);
      if ((bits & 0xfffffff) == 0)
        g_printerr ("%08x ..\n", (guint32) bits);
    }
  g_print ("%" G_GUINT64_FORMAT " floats, %" G_GUINT64_FORMAT " wrong\n", last - first, n_wrong);
  return n_wrong == 0 ? 0 : 1;
}

int
main (int argc, char **argv)
{
  if (argc == 1)
    {
      run_benchmark ();
      return 0;
    }
  const guint64 index = argc == 4 ? g_ascii_strtoull (argv[2], NULL, 10) : 0;
  const guint64 n = argc == 4 ? g_ascii_strtoull (argv[3], NULL, 10) : 1;

  if (strcmp (argv[1], "--prove") == 0 && (argc == 2 || argc == 4) && index < n)
    return prove (index, n);
  g_printerr ("usage: bench-float-text [--prove [PART PARTS]]\n"
              "  --prove  every float (2^32 of them, about an hour) reads back; 0 4 is the first\n"
              "           quarter of them\n");
  return 2;
}
