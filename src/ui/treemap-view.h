/* treemap-view.h: flash or RAM as boxes: files of symbols */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/size-map.h"

/* Signals: "chosen" (guint64 address, const char *name): a symbol was clicked or walked to;
 * "zoomed": another file, or all of them, is on show. */
#define SONDE_TYPE_TREEMAP_VIEW (sonde_treemap_view_get_type ())
G_DECLARE_FINAL_TYPE (SondeTreemapView, sonde_treemap_view, SONDE, TREEMAP_VIEW, GtkWidget)

GtkWidget *sonde_treemap_view_new (const char *memory_name);
/** sonde_treemap_view_set_map: (nullable). */
void sonde_treemap_view_set_map (SondeTreemapView *self, SondeSizeMap *map);
/** sonde_treemap_view_select: marks the symbol, and opens what hides it; FALSE where it is not in
 * this memory. */
gboolean sonde_treemap_view_select (SondeTreemapView *self, guint64 address, const char *name);
void sonde_treemap_view_unselect (SondeTreemapView *self);
/** sonde_treemap_view_zoom_out: back to all files. */
void sonde_treemap_view_zoom_out (SondeTreemapView *self);
/** sonde_treemap_view_get_zoomed: (nullable): the file on show. */
const SondeSizeFile *sonde_treemap_view_get_zoomed (SondeTreemapView *self);
