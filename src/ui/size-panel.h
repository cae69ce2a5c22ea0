/* size-panel.h: what fills RAM and flash: totals, shares, treemaps */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/size-map.h"

/* Signal "chosen" (guint64 address, const char *name): a symbol of a map. How much the chip has is
 * in no ELF file, so nothing is said of it. */
#define SONDE_TYPE_SIZE_PANEL (sonde_size_panel_get_type ())
G_DECLARE_FINAL_TYPE (SondeSizePanel, sonde_size_panel, SONDE, SIZE_PANEL, GtkWidget)

/** sonde_size_panel_set_table: (nullable): counts in a worker. */
void sonde_size_panel_set_table (SondeSizePanel *self, SondeSymbolTable *table);
/** sonde_size_panel_select: marks it where it lies; FALSE where it is in neither memory. */
gboolean sonde_size_panel_select (SondeSizePanel *self, guint64 address, const char *name);
