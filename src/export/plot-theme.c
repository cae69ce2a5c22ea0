/* plot-theme.c: the colours and markers of a plot */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plot-theme.h"

#include <math.h>

#define RGB(hex)                                                                                   \
  {                                                                                                \
    ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex) &255) / 255.0, 1               \
  }

static const SondeColour traces[2][SONDE_PLOT_N_SLOTS] = {
  { RGB (0x295cf5), RGB (0xa52d0a), RGB (0x276763), RGB (0xc82ca3), RGB (0x8f8915), RGB (0x600a96),
    RGB (0xc46f85), RGB (0x542600), RGB (0x7d86e0), RGB (0x173759) },
  { RGB (0x82adfb), RGB (0xfc6617), RGB (0x0fa682), RGB (0xfa77c2), RGB (0xe5fb7c), RGB (0xb148ee),
    RGB (0xae5f3e), RGB (0xe8bb76), RGB (0xb8e2f5), RGB (0x7c719e) },
};

static const SondeColour inks[2][SONDE_N_INKS] = {
  {
      [SONDE_INK_BACKGROUND] = { 1, 1, 1, 1 },
      [SONDE_INK_GRID] = { 0, 0, 0, 0.075 },
      [SONDE_INK_ZERO] = { 0, 0, 0, 0.20 },
      [SONDE_INK_TEXT] = { 0, 0, 0, 0.66 },
      [SONDE_INK_HOVER] = { 0, 0, 0, 0.45 },
      [SONDE_INK_CURSOR] = RGB (0x1c71d8),
      [SONDE_INK_SELECTION] = { 0.110, 0.443, 0.847, 0.07 },
      [SONDE_INK_GAP_FILL] = { 0, 0, 0, 0.05 },
      [SONDE_INK_GAP_HATCH] = { 0, 0, 0, 0.10 },
      [SONDE_INK_BOOT] = { 0, 0, 0, 0.45 },
  },
  {
      [SONDE_INK_BACKGROUND] = RGB (0x1e1e1e),
      [SONDE_INK_GRID] = { 1, 1, 1, 0.075 },
      [SONDE_INK_ZERO] = { 1, 1, 1, 0.20 },
      [SONDE_INK_TEXT] = { 1, 1, 1, 0.66 },
      [SONDE_INK_HOVER] = { 1, 1, 1, 0.45 },
      [SONDE_INK_CURSOR] = RGB (0x78aeed),
      [SONDE_INK_SELECTION] = { 0.471, 0.682, 0.929, 0.10 },
      [SONDE_INK_GAP_FILL] = { 1, 1, 1, 0.05 },
      [SONDE_INK_GAP_HATCH] = { 1, 1, 1, 0.10 },
      [SONDE_INK_BOOT] = { 1, 1, 1, 0.45 },
  },
};

SondeColour
sonde_plot_theme_get_ink (SondeThemeFlags flags, SondeInk ink)
{
  SondeColour colour = inks[(flags & SONDE_THEME_DARK) != 0][ink];

  if ((flags & SONDE_THEME_HIGH_CONTRAST) != 0)
    colour.alpha = MIN (1, colour.alpha * 1.6 + 0.08);
  return colour;
}

SondeColour
sonde_plot_theme_get_trace (SondeThemeFlags flags, guint slot)
{
  return traces[(flags & SONDE_THEME_DARK) != 0][slot % SONDE_PLOT_N_SLOTS];
}

double
sonde_plot_theme_get_trace_width (SondeThemeFlags flags)
{
  return (flags & SONDE_THEME_HIGH_CONTRAST) != 0 ? 2.25 : 1.5;
}

void
sonde_plot_theme_set_source (cairo_t *cr, SondeColour colour)
{
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, colour.alpha);
}

static void
add_polygon (cairo_t *cr, double x, double y, double radius, guint n_corners, double turn)
{
  for (guint i = 0; i < n_corners; i++)
    {
      const double angle = turn + i * 2 * G_PI / n_corners;

      cairo_line_to (cr, x + radius * cos (angle), y + radius * sin (angle));
    }
  cairo_close_path (cr);
}

/* Two bars at right angles, turned. */
static void
add_cross (cairo_t *cr, double x, double y, double radius, double turn)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rotate (cr, turn);
  cairo_rectangle (cr, -radius, -radius * 0.32, radius * 2, radius * 0.64);
  cairo_rectangle (cr, -radius * 0.32, -radius, radius * 0.64, radius * 2);
  cairo_restore (cr);
}

static void
add_ring (cairo_t *cr, double x, double y, double radius)
{
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_new_sub_path (cr);
  cairo_arc_negative (cr, x, y, radius * 0.5, 2 * G_PI, 0);
}

void
sonde_plot_theme_draw_marker (cairo_t *cr, guint slot, double x, double y, double radius)
{
  cairo_new_path (cr);
  switch (slot % SONDE_PLOT_N_SLOTS)
    {
    case 0:
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      break;
    case 1:
      cairo_rectangle (cr, x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
      break;
    case 2:
      add_polygon (cr, x, y + radius * 0.15, radius * 1.2, 3, -G_PI / 2);
      break;
    case 3:
      add_polygon (cr, x, y, radius * 1.25, 4, 0);
      break;
    case 4:
      add_polygon (cr, x, y - radius * 0.15, radius * 1.2, 3, G_PI / 2);
      break;
    case 5:
      add_cross (cr, x, y, radius * 1.2, G_PI / 4);
      break;
    case 6:
      add_polygon (cr, x, y, radius * 1.1, 5, -G_PI / 2);
      break;
    case 7:
      add_ring (cr, x, y, radius * 1.05);
      break;
    case 8:
      add_cross (cr, x, y, radius * 1.2, 0);
      break;
    default:
      cairo_rectangle (cr, x - radius * 1.2, y - radius * 0.45, radius * 2.4, radius * 0.9);
      break;
    }
  cairo_fill (cr);
}
