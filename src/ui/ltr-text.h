/* ltr-text.h: numbers and paths read from left to right in every language of the chrome */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/** sonde_ltr_text_set: @widget: GtkLabel or GtkInscription; @xalign as it is where the chrome is
 * left to right; mirrored where the chrome is. */
void sonde_ltr_text_set (GtkWidget *widget, float xalign);
