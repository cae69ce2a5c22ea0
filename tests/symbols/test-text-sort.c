/* test-text-sort.c: the order of strcmp(), however long the common beginnings are */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/text-sort.h"

#include <string.h>

#define N_TEXTS 3000

static void
check (SondeSortRow *rows, guint n)
{
  sonde_text_sort (rows, n);
  for (guint i = 1; i < n; i++)
    {
      const int order = strcmp (rows[i - 1].text, rows[i].text);

      g_assert_cmpint (order, <=, 0);
      if (order == 0)
        g_assert_cmpuint (rows[i - 1].index, <, rows[i].index);
      g_assert_cmpuint (rows[i].word, ==, order == 0);
    }
}

/* Few letters and many texts: beginnings in common of all lengths, and equal ones. */
static void
test_random (void)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  SondeSortRow rows[N_TEXTS];

  for (guint i = 0; i < N_TEXTS; i++)
    {
      const guint length = (guint) g_rand_int_range (rand, 0, 20);
      char *text = g_malloc0 (length + 1);

      for (guint k = 0; k < length; k++)
        text[k] = "a\377b"[g_rand_int_range (rand, 0, k < 12 ? 1 : 3)];
      g_ptr_array_add (texts, text);
      rows[i] = (SondeSortRow){ .text = text, .index = i };
    }
  check (rows, N_TEXTS);
}

/* Longer than what is sorted by words. */
static void
test_long (void)
{
  g_autofree char *first = g_strnfill (5000, 'x'), *second = g_strnfill (5000, 'x');
  g_autofree char *third = g_strnfill (4999, 'x');
  SondeSortRow rows[4] = { { .text = first, .index = 0 },
                           { .text = second, .index = 1 },
                           { .text = third, .index = 2 },
                           { .text = first, .index = 3 } };

  second[4990] = 'a';
  check (rows, G_N_ELEMENTS (rows));
  g_assert_cmpuint (rows[0].index, ==, 1);
  g_assert_cmpuint (rows[1].index, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-sort/random", test_random);
  g_test_add_func ("/text-sort/long", test_long);
  return g_test_run ();
}
