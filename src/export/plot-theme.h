/* plot-theme.h: the colours and markers of a plot */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

#define SONDE_PLOT_N_SLOTS 10

typedef struct
{
  double red, green, blue, alpha;
} SondeColour;

typedef enum
{
  SONDE_THEME_DARK = 1 << 0,
  SONDE_THEME_HIGH_CONTRAST = 1 << 1,
} SondeThemeFlags;

typedef enum
{
  SONDE_INK_BACKGROUND,
  SONDE_INK_GRID,
  SONDE_INK_ZERO,
  SONDE_INK_TEXT,
  SONDE_INK_HOVER,
  SONDE_INK_CURSOR,
  SONDE_INK_SELECTION, /* fill of a box being drawn */
  SONDE_INK_GAP_FILL,
  SONDE_INK_GAP_HATCH,
  SONDE_INK_BOOT,
  SONDE_N_INKS,
} SondeInk;

SondeColour sonde_plot_theme_get_ink (SondeThemeFlags flags, SondeInk ink);
/** sonde_plot_theme_get_trace: slots count from 0 and come round again. */
SondeColour sonde_plot_theme_get_trace (SondeThemeFlags flags, guint slot);
double sonde_plot_theme_get_trace_width (SondeThemeFlags flags);
void sonde_plot_theme_set_source (cairo_t *cr, SondeColour colour);
/** sonde_plot_theme_draw_marker: the slot's own shape, filled with the current source. */
void sonde_plot_theme_draw_marker (cairo_t *cr, guint slot, double x, double y, double radius);
