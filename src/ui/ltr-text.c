/* ltr-text.c: numbers and paths read from left to right in every language of the chrome */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/ltr-text.h"

void
sonde_ltr_text_set (GtkWidget *widget, float xalign)
{
  const gboolean is_mirrored = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;

  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  g_object_set (widget, "xalign", is_mirrored ? 1 - xalign : xalign, NULL);
}
