/* banner.h: the strip below the header that says what is wrong and what to press */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Holds one notice a subject and shows the newest; closing one brings back the one before. */
#define SONDE_TYPE_BANNER (sonde_banner_get_type ())
G_DECLARE_FINAL_TYPE (SondeBanner, sonde_banner, SONDE, BANNER, GtkWidget)

/**
 * sonde_banner_show:
 * @subject: "port", "match": a later notice of the same subject replaces the earlier
 * @markup: one sentence or two, Pango markup
 * @button: (nullable): what the button says
 * @action: (nullable): detailed action name ("win.listen(8001)")
 *
 * The same text that a person closed does not come back before sonde_banner_hide().
 */
void sonde_banner_show (SondeBanner *self, const char *subject, const char *markup,
                        const char *button, const char *action);
/** sonde_banner_offer: a second button for the notice of @subject, where there is one. */
void sonde_banner_offer (SondeBanner *self, const char *subject, const char *button,
                         const char *action);
/** sonde_banner_hide: the trouble with @subject is over. */
void sonde_banner_hide (SondeBanner *self, const char *subject);
/** sonde_banner_get_text: (nullable): what is shown now. */
const char *sonde_banner_get_text (SondeBanner *self);
