/* treemap-paint.h: the look of one box of a treemap */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "export/treemap.h"
#include "workbench/symbol-index.h"

/** sonde_treemap_get_colour: of a section's kind in table, map and bar. */
void sonde_treemap_get_colour (SondeSectionKind kind, GdkRGBA *colour);
void sonde_treemap_paint_box (cairo_t *cr, SondeBox box, SondeSectionKind kind,
                              gboolean is_selected);
/** sonde_treemap_has_name: there is room for one. */
gboolean sonde_treemap_has_name (SondeBox box);
/** sonde_treemap_paint_texts: @size only where there is room below the name. */
void sonde_treemap_paint_texts (GtkWidget *widget, cairo_t *cr, SondeBox box, const char *name,
                                const char *size, const GdkRGBA *ink);
