/* treemap.c: boxes whose areas are to each other as some numbers are */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/treemap.h"

#include <math.h>

/* What lies off the way of an arrow counts so much more than what lies far along it. */
#define OFF_WAY_COST 2

/* Height over width, or width over height, of the thinnest box when areas from @least to @most,
 * together @sum, stand in one row along @side. */
static double
worst_ratio (double least, double most, double sum, double side)
{
  const double side2 = side * side, sum2 = sum * sum;

  return MAX (side2 * most / sum2, sum2 / (side2 * least));
}

/* How many of the areas from @at on stand in the next row; their sum. */
static guint
take_row (const double *areas, guint n, double side, double *sum)
{
  double least = areas[0], most = areas[0], worst = worst_ratio (least, most, areas[0], side);
  guint taken = 1;

  *sum = areas[0];
  for (; taken < n && areas[taken] > 0; taken++)
    {
      const double area = areas[taken], more = *sum + area;
      const double ratio = worst_ratio (MIN (least, area), MAX (most, area), more, side);

      if (ratio > worst)
        break;
      worst = ratio;
      least = MIN (least, area);
      most = MAX (most, area);
      *sum = more;
    }
  return taken;
}

/* One row along the shorter side of what is left; @frame loses it. */
static void
place_row (const double *areas, guint n, double sum, SondeBox *frame, SondeBox *boxes)
{
  const gboolean is_column = frame->width >= frame->height;
  const double side = is_column ? frame->height : frame->width;
  const double depth = MIN (sum / side, is_column ? frame->width : frame->height);
  double at = 0;

  for (guint i = 0; i < n; i++)
    {
      const double length = side * areas[i] / sum;

      boxes[i] = is_column ? (SondeBox){ frame->x, frame->y + at, depth, length }
                           : (SondeBox){ frame->x + at, frame->y, length, depth };
      at += length;
    }
  if (is_column)
    {
      frame->x += depth;
      frame->width -= depth;
    }
  else
    {
      frame->y += depth;
      frame->height -= depth;
    }
}

void
sonde_treemap_lay_out (const double *sizes, guint n, SondeBox frame, SondeBox *boxes)
{
  g_autofree double *areas = g_new0 (double, n + 1);
  double total = 0;
  guint at = 0;

  for (guint i = 0; i < n; i++)
    {
      boxes[i] = (SondeBox){ frame.x, frame.y, 0, 0 };
      total += isfinite (sizes[i]) ? MAX (sizes[i], 0) : 0;
    }
  if (total <= 0 || frame.width <= 0 || frame.height <= 0)
    return;
  for (guint i = 0; i < n; i++)
    areas[i] = isfinite (sizes[i]) ? MAX (sizes[i], 0) / total * frame.width * frame.height : 0;
  while (at < n)
    {
      double sum = 0;
      guint taken;

      if (areas[at] <= 0 || frame.width <= 0 || frame.height <= 0)
        {
          at++;
          continue;
        }
      taken = take_row (areas + at, n - at, MIN (frame.width, frame.height), &sum);
      place_row (areas + at, taken, sum, &frame, boxes + at);
      at += taken;
    }
}

SondeBox
sonde_treemap_inset (SondeBox box, double px)
{
  const double x = MIN (px, box.width / 2), y = MIN (px, box.height / 2);

  return (SondeBox){ box.x + x, box.y + y, box.width - 2 * x, box.height - 2 * y };
}

gboolean
sonde_treemap_contains (const SondeBox *box, double x, double y)
{
  return x >= box->x && x < box->x + box->width && y >= box->y && y < box->y + box->height;
}

guint
sonde_treemap_find_neighbour (const SondeBox *boxes, guint n, guint from, SondeTreemapWay way)
{
  guint best = from;
  double best_cost = G_MAXDOUBLE;

  g_return_val_if_fail (from < n, from);
  for (guint i = 0; i < n; i++)
    {
      const double dx = boxes[i].x + boxes[i].width / 2 - boxes[from].x - boxes[from].width / 2;
      const double dy = boxes[i].y + boxes[i].height / 2 - boxes[from].y - boxes[from].height / 2;
      const gboolean is_sideways = way == SONDE_TREEMAP_LEFT || way == SONDE_TREEMAP_RIGHT;
      const gboolean is_back = way == SONDE_TREEMAP_LEFT || way == SONDE_TREEMAP_UP;
      const double along = (is_sideways ? dx : dy) * (is_back ? -1 : 1);
      const double cost = along + OFF_WAY_COST * fabs (is_sideways ? dy : dx);

      if (i == from || along <= 0 || boxes[i].width <= 0 || cost >= best_cost)
        continue;
      best = i;
      best_cost = cost;
    }
  return best;
}
