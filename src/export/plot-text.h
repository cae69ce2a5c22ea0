/* plot-text.h: words in a picture */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

typedef enum
{
  SONDE_TEXT_PLAIN,
  SONDE_TEXT_BOLD,
} SondeTextWeight;

/* How a line of text is set. */
typedef struct
{
  const char *font; /* as Pango has it; NULL is "Sans 9" */
  SondeTextWeight weight;
  double align;     /* 0: x is the left edge, 0.5: the middle, 1: the right edge */
  double max_width; /* what is wider is drawn narrower; 0 is no limit */
} SondeTextStyle;

/** sonde_plot_text_draw: with the current source; @y is the middle of the line. */
void sonde_plot_text_draw (cairo_t *cr, const SondeTextStyle *style, const char *text, double x,
                           double y);
double sonde_plot_text_measure (cairo_t *cr, const SondeTextStyle *style, const char *text);
