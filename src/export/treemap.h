/* treemap.h: boxes whose areas are to each other as some numbers are */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct
{
  double x, y, width, height;
} SondeBox;

/**
 * sonde_treemap_lay_out:
 * @sizes: never negative, best falling: then boxes are nearly square
 * @boxes: (out) (array length=n): of a size of 0 or an empty frame: without area
 *
 * Squarified (rows along the shorter side, closed where one more box would make the row's worst
 * box thinner). Boxes fill @frame and never overlap.
 */
void sonde_treemap_lay_out (const double *sizes, guint n, SondeBox frame, SondeBox *boxes);
/** sonde_treemap_inset: @box smaller by @px on each side, never below zero. */
SondeBox sonde_treemap_inset (SondeBox box, double px);
gboolean sonde_treemap_contains (const SondeBox *box, double x, double y);

typedef enum
{
  SONDE_TREEMAP_LEFT,
  SONDE_TREEMAP_RIGHT,
  SONDE_TREEMAP_UP,
  SONDE_TREEMAP_DOWN,
} SondeTreemapWay;

/** sonde_treemap_find_neighbour: which box an arrow key leads to from box @from: the nearest whose
 * middle lies that way; @from where there is none. */
guint sonde_treemap_find_neighbour (const SondeBox *boxes, guint n, guint from,
                                    SondeTreemapWay way);
