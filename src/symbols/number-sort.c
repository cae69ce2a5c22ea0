/* number-sort.c: sorts rows by a 64-bit number */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/number-sort.h"

#include <string.h>

#define N_DIGITS 256

static gboolean
is_sorted (const SondeNumberRow *rows, guint n)
{
  for (guint i = 1; i < n; i++)
    if (rows[i - 1].key > rows[i].key)
      return FALSE;
  return TRUE;
}

/* Bits in which not all keys are alike. */
static guint64
find_differences (const SondeNumberRow *rows, guint n)
{
  guint64 differences = 0;

  for (guint i = 1; i < n; i++)
    differences |= rows[i].key ^ rows[0].key;
  return differences;
}

static void
sort_by_digit (const SondeNumberRow *from, SondeNumberRow *to, guint n, guint shift)
{
  guint starts[N_DIGITS + 1] = { 0 };

  for (guint i = 0; i < n; i++)
    starts[(from[i].key >> shift & (N_DIGITS - 1)) + 1]++;
  for (guint i = 1; i < N_DIGITS; i++)
    starts[i] += starts[i - 1];
  for (guint i = 0; i < n; i++)
    to[starts[from[i].key >> shift & (N_DIGITS - 1)]++] = from[i];
}

void
sonde_number_sort (SondeNumberRow *rows, guint n)
{
  guint64 differences;
  g_autofree SondeNumberRow *other = NULL;
  SondeNumberRow *from = rows, *to;

  if (is_sorted (rows, n))
    return;
  differences = find_differences (rows, n);
  to = other = g_new (SondeNumberRow, n);
  for (guint shift = 0; shift < 64; shift += 8)
    {
      SondeNumberRow *sorted = to;

      if ((differences >> shift & (N_DIGITS - 1)) == 0)
        continue;
      sort_by_digit (from, to, n, shift);
      to = from;
      from = sorted;
    }
  if (from != rows)
    memcpy (rows, from, n * sizeof *rows);
}
