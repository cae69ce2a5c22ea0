/* filter-button.h: which symbols are kept away: by memory, kind, type, file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/symbol-query.h"

/* Signal "changed". */
#define SONDE_TYPE_FILTER_BUTTON (sonde_filter_button_get_type ())
G_DECLARE_FINAL_TYPE (SondeFilterButton, sonde_filter_button, SONDE, FILTER_BUTTON, GtkWidget)

/** sonde_filter_button_fill: what is chosen, into @query; texts are borrowed until the next change.
 */
void sonde_filter_button_fill (SondeFilterButton *self, SondeSymbolQuery *query);
void sonde_filter_button_clear (SondeFilterButton *self);
