/* swatch.c: the line and marker of a trace, beside its name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/swatch.h"

#include <adwaita.h>

#include "export/plot-theme.h"

#define WIDTH_PX 18
#define HEIGHT_PX 16
#define LINE_PX 2
#define MARKER_RADIUS_PX 4
#define DOT_RADIUS_PX 1.5

static SondeThemeFlags
theme_now (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  return (adw_style_manager_get_dark (manager) ? SONDE_THEME_DARK : 0)
         | (adw_style_manager_get_high_contrast (manager) ? SONDE_THEME_HIGH_CONTRAST : 0);
}

static void
draw_trace (cairo_t *cr, int width, int height, int slot)
{
  sonde_plot_theme_set_source (cr, sonde_plot_theme_get_trace (theme_now (), slot));
  cairo_rectangle (cr, 0, height / 2.0 - LINE_PX / 2.0, width, LINE_PX);
  cairo_fill (cr);
  sonde_plot_theme_draw_marker (cr, slot, width / 2.0, height / 2.0, MARKER_RADIUS_PX);
}

/* Not drawn: a dot says where to click for it. */
static void
draw_nothing (cairo_t *cr, int width, int height)
{
  sonde_plot_theme_set_source (cr, sonde_plot_theme_get_ink (theme_now (), SONDE_INK_ZERO));
  cairo_arc (cr, width / 2.0, height / 2.0, DOT_RADIUS_PX, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const int slot = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (area), "slot")) - 1;

  if (slot < 0)
    draw_nothing (cr, width, height);
  else
    draw_trace (cr, width, height, slot);
}

GtkWidget *
sonde_swatch_new (void)
{
  GtkWidget *swatch = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (swatch), WIDTH_PX);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), HEIGHT_PX);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw, NULL, NULL);
  /* Colours of the plot are not the style's: they have to be told when it turns dark. */
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), swatch, G_CONNECT_SWAPPED);
  return swatch;
}

void
sonde_swatch_set_slot (GtkWidget *swatch, int slot)
{
  g_object_set_data (G_OBJECT (swatch), "slot", GINT_TO_POINTER (slot + 1));
  gtk_widget_queue_draw (swatch);
}
