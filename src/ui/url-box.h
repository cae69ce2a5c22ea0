/* url-box.h: the address to put into firmware, with a copy button */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define SONDE_TYPE_URL_BOX (sonde_url_box_get_type ())
G_DECLARE_FINAL_TYPE (SondeUrlBox, sonde_url_box, SONDE, URL_BOX, GtkWidget)

GtkWidget *sonde_url_box_new (void);
/** sonde_url_box_set_url: (nullable). */
void sonde_url_box_set_url (SondeUrlBox *self, const char *url);
