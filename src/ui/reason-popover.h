/* reason-popover.h: what was refused, and why */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/** sonde_reason_popover_new: does not take the focus from what is being typed. */
GtkWidget *sonde_reason_popover_new (const char *title, const char *reason);
