/* plot-text.c: words in a picture */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plot-text.h"

#include <pango/pangocairo.h>

static PangoLayout *
new_layout (cairo_t *cr, const SondeTextStyle *style, const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font
      = pango_font_description_from_string (style->font != NULL ? style->font : "Sans 9");
  PangoAttrList *attributes = pango_attr_list_new ();

  if (style->weight == SONDE_TEXT_BOLD)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  /* Digits of one width: a label that counts must not tremble. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

void
sonde_plot_text_draw (cairo_t *cr, const SondeTextStyle *style, const char *text, double x,
                      double y)
{
  g_autoptr (PangoLayout) layout = new_layout (cr, style, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (width == 0)
    return;

  const double squeeze
      = style->max_width > 0 && width > style->max_width ? style->max_width / width : 1;

  cairo_save (cr);
  cairo_translate (cr, x - width * squeeze * style->align, y - height / 2.0);
  cairo_scale (cr, squeeze, 1);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
}

double
sonde_plot_text_measure (cairo_t *cr, const SondeTextStyle *style, const char *text)
{
  g_autoptr (PangoLayout) layout = new_layout (cr, style, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}
