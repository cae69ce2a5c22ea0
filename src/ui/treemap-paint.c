/* treemap-paint.c: the look of one box of a treemap */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/treemap-paint.h"

#include <adwaita.h>

#include "export/plot-theme.h"

#define NAME_WIDTH_PX 44
#define NAME_HEIGHT_PX 20
#define SIZE_HEIGHT_PX 38
#define SIZE_TOP_PX 18
#define NAME_TOP_PX 3
#define PAD_PX 6
#define RADIUS_PX 2
/* In smaller boxes a border would be all there is. */
#define LEAST_BORDERED_PX 4

static SondeThemeFlags
theme_now (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  return (adw_style_manager_get_dark (manager) ? SONDE_THEME_DARK : 0)
         | (adw_style_manager_get_high_contrast (manager) ? SONDE_THEME_HIGH_CONTRAST : 0);
}

void
sonde_treemap_get_colour (SondeSectionKind kind, GdkRGBA *colour)
{
  static const guint slots[SONDE_N_SECTION_KINDS] = { [SONDE_SECTION_CODE] = 0,
                                                      [SONDE_SECTION_CONSTANT] = 8,
                                                      [SONDE_SECTION_DATA] = 3,
                                                      [SONDE_SECTION_ZEROED] = 2,
                                                      [SONDE_SECTION_OTHER] = 9 };
  const SondeColour from = sonde_plot_theme_get_trace (theme_now (), slots[kind]);

  *colour = (GdkRGBA){ (float) from.red, (float) from.green, (float) from.blue, 1 };
}

static void
add_rounded (cairo_t *cr, SondeBox box)
{
  const double right = box.x + box.width - RADIUS_PX, left = box.x + RADIUS_PX;
  const double bottom = box.y + box.height - RADIUS_PX, top = box.y + RADIUS_PX;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right, top, RADIUS_PX, -G_PI / 2, 0);
  cairo_arc (cr, right, bottom, RADIUS_PX, 0, G_PI / 2);
  cairo_arc (cr, left, bottom, RADIUS_PX, G_PI / 2, G_PI);
  cairo_arc (cr, left, top, RADIUS_PX, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

void
sonde_treemap_paint_box (cairo_t *cr, SondeBox box, SondeSectionKind kind, gboolean is_selected)
{
  const SondeThemeFlags theme = theme_now ();
  const double fill = (theme & SONDE_THEME_DARK) != 0 ? 0.24 : 0.16;
  const double line = (theme & SONDE_THEME_HIGH_CONTRAST) != 0 ? 1 : 0.55;
  const double border = is_selected ? 2 : 1;
  GdkRGBA colour;

  sonde_treemap_get_colour (kind, &colour);
  if (MIN (box.width, box.height) < LEAST_BORDERED_PX)
    {
      cairo_rectangle (cr, box.x, box.y, box.width, box.height);
      cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, is_selected ? 1 : line);
      cairo_fill (cr);
      return;
    }
  add_rounded (cr, sonde_treemap_inset (box, border / 2));
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, fill);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, is_selected ? 1 : line);
  cairo_set_line_width (cr, border);
  cairo_stroke (cr);
}

gboolean
sonde_treemap_has_name (SondeBox box)
{
  return box.width >= NAME_WIDTH_PX && box.height >= NAME_HEIGHT_PX;
}

void
sonde_treemap_paint_texts (GtkWidget *widget, cairo_t *cr, SondeBox box, const char *name,
                           const char *size, const GdkRGBA *ink)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, name);

  pango_layout_set_width (layout, (int) ((box.width - 2 * PAD_PX) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  gdk_cairo_set_source_rgba (cr, ink);
  cairo_move_to (cr, box.x + PAD_PX, box.y + NAME_TOP_PX);
  pango_cairo_show_layout (cr, layout);
  if (box.height <= SIZE_HEIGHT_PX)
    return;
  pango_layout_set_text (layout, size, -1);
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, ink->alpha * 0.72);
  cairo_move_to (cr, box.x + PAD_PX, box.y + SIZE_TOP_PX);
  pango_cairo_show_layout (cr, layout);
}
