/* test-treemap.c: areas, shapes and neighbours of boxes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/treemap.h"

#include <math.h>

#define NEAR 1e-6

/* Every box inside the frame, none over another, areas as the sizes. */
static void
check (const double *sizes, guint n, SondeBox frame)
{
  g_autofree SondeBox *boxes = g_new (SondeBox, n);
  double total = 0;

  for (guint i = 0; i < n; i++)
    total += sizes[i];
  sonde_treemap_lay_out (sizes, n, frame, boxes);
  for (guint i = 0; i < n; i++)
    {
      const SondeBox *a = &boxes[i];

      g_assert_cmpfloat_with_epsilon (a->width * a->height,
                                      sizes[i] / total * frame.width * frame.height, NEAR * total);
      g_assert_cmpfloat (a->x, >=, frame.x - NEAR);
      g_assert_cmpfloat (a->y, >=, frame.y - NEAR);
      g_assert_cmpfloat (a->x + a->width, <=, frame.x + frame.width + NEAR);
      g_assert_cmpfloat (a->y + a->height, <=, frame.y + frame.height + NEAR);
      for (guint j = 0; j < i; j++)
        {
          const SondeBox *b = &boxes[j];

          g_assert_true (a->x + a->width <= b->x + NEAR || b->x + b->width <= a->x + NEAR
                         || a->y + a->height <= b->y + NEAR || b->y + b->height <= a->y + NEAR);
        }
    }
}

static void
test_areas (void)
{
  const double few[] = { 6, 6, 4, 3, 2, 2, 1 };
  const double one[] = { 12 };
  double many[300];

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = 10000.0 / (i + 1);
  check (few, G_N_ELEMENTS (few), (SondeBox){ 0, 0, 6, 4 });
  check (few, G_N_ELEMENTS (few), (SondeBox){ 10, 20, 40, 600 });
  check (one, 1, (SondeBox){ 3, 3, 5, 7 });
  check (many, G_N_ELEMENTS (many), (SondeBox){ 0, 0, 400, 280 });
}

/* The example of the method: 6 x 4 with these numbers; the first two share the left half. */
static void
test_known_example (void)
{
  const double sizes[] = { 6, 6, 4, 3, 2, 2, 1 };
  SondeBox boxes[G_N_ELEMENTS (sizes)];

  sonde_treemap_lay_out (sizes, G_N_ELEMENTS (sizes), (SondeBox){ 0, 0, 6, 4 }, boxes);
  g_assert_cmpfloat_with_epsilon (boxes[0].width, 3, NEAR);
  g_assert_cmpfloat_with_epsilon (boxes[0].height, 2, NEAR);
  g_assert_cmpfloat_with_epsilon (boxes[1].y, 2, NEAR);
  g_assert_cmpfloat_with_epsilon (boxes[2].x, 3, NEAR);
  g_assert_cmpfloat_with_epsilon (boxes[2].height, 7.0 / 3, NEAR);
}

static void
test_shapes (void)
{
  double sizes[40];
  SondeBox boxes[40];

  for (guint i = 0; i < 40; i++)
    sizes[i] = 100.0 / (i + 1);
  sonde_treemap_lay_out (sizes, 40, (SondeBox){ 0, 0, 400, 280 }, boxes);
  for (guint i = 0; i < 40; i++)
    g_assert_cmpfloat (MAX (boxes[i].width / boxes[i].height, boxes[i].height / boxes[i].width), <,
                       4);
}

static void
test_nothing_there (void)
{
  const double zeros[] = { 0, 0 };
  const double mixed[] = { 5, 0, 3, -1, NAN };
  SondeBox boxes[5];

  sonde_treemap_lay_out (zeros, 2, (SondeBox){ 0, 0, 10, 10 }, boxes);
  g_assert_cmpfloat (boxes[1].width, ==, 0);
  sonde_treemap_lay_out (mixed, 5, (SondeBox){ 0, 0, 10, 0 }, boxes);
  g_assert_cmpfloat (boxes[0].width, ==, 0);
  sonde_treemap_lay_out (mixed, 5, (SondeBox){ 0, 0, 8, 4 }, boxes);
  g_assert_cmpfloat_with_epsilon (boxes[0].width * boxes[0].height, 20, NEAR);
  g_assert_cmpfloat_with_epsilon (boxes[2].width * boxes[2].height, 12, NEAR);
  g_assert_cmpfloat (boxes[3].width * boxes[3].height, ==, 0);
  g_assert_cmpfloat (boxes[4].width * boxes[4].height, ==, 0);
  sonde_treemap_lay_out (NULL, 0, (SondeBox){ 0, 0, 8, 4 }, NULL);
}

/* Four quarters: 0 1 above 2 3. */
static void
test_neighbours (void)
{
  const SondeBox boxes[]
      = { { 0, 0, 5, 5 }, { 5, 0, 5, 5 }, { 0, 5, 5, 5 }, { 5, 5, 5, 5 }, { 0, 0, 0, 0 } };
  const guint n = G_N_ELEMENTS (boxes);

  g_assert_cmpuint (sonde_treemap_find_neighbour (boxes, n, 0, SONDE_TREEMAP_RIGHT), ==, 1);
  g_assert_cmpuint (sonde_treemap_find_neighbour (boxes, n, 0, SONDE_TREEMAP_DOWN), ==, 2);
  g_assert_cmpuint (sonde_treemap_find_neighbour (boxes, n, 3, SONDE_TREEMAP_LEFT), ==, 2);
  g_assert_cmpuint (sonde_treemap_find_neighbour (boxes, n, 3, SONDE_TREEMAP_UP), ==, 1);
  g_assert_cmpuint (sonde_treemap_find_neighbour (boxes, n, 0, SONDE_TREEMAP_UP), ==, 0);
  g_assert_cmpuint (sonde_treemap_find_neighbour (boxes, n, 1, SONDE_TREEMAP_RIGHT), ==, 1);
}

static void
test_inset (void)
{
  const SondeBox box = sonde_treemap_inset ((SondeBox){ 0, 0, 10, 1 }, 2);

  g_assert_cmpfloat (box.width, ==, 6);
  g_assert_cmpfloat (box.height, ==, 0);
  g_assert_true (sonde_treemap_contains (&(SondeBox){ 0, 0, 2, 2 }, 0, 1.9));
  g_assert_false (sonde_treemap_contains (&(SondeBox){ 0, 0, 2, 2 }, 2, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/treemap/areas", test_areas);
  g_test_add_func ("/treemap/known-example", test_known_example);
  g_test_add_func ("/treemap/shapes", test_shapes);
  g_test_add_func ("/treemap/nothing-there", test_nothing_there);
  g_test_add_func ("/treemap/neighbours", test_neighbours);
  g_test_add_func ("/treemap/inset", test_inset);
  return g_test_run ();
}
