/* split-share.h: the handle of a paned as a fraction that stays, over resizes and starts */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/**
 * sonde_split_share_keep:
 * @settings: (nullable): then the share is kept for this run only
 * @key: of type double, holds the share of the start child
 *
 * Lives as long as @paned.
 */
void sonde_split_share_keep (GtkPaned *paned, GSettings *settings, const char *key,
                             double fallback);
