/* choice-list.h: the names of an enum to choose from */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "types/type.h"

typedef void (*SondeChosen) (const char *name, gpointer user_data);

/** sonde_choice_list_has: an enum, or a bit-field of one. */
gboolean sonde_choice_list_has (SondeType *type);
/** sonde_choice_list_new: a popover; @current: (nullable): focused first; @user_data outlives it.
 */
GtkWidget *sonde_choice_list_new (SondeType *type, const char *current, SondeChosen chosen,
                                  gpointer user_data);
