/* add-button.h: takes a typed path, or PATH=VALUE, into the watch table */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

#define SONDE_TYPE_ADD_BUTTON (sonde_add_button_get_type ())
G_DECLARE_FINAL_TYPE (SondeAddButton, sonde_add_button, SONDE, ADD_BUTTON, GtkWidget)

void sonde_add_button_set_workbench (SondeAddButton *self, SondeWorkbench *workbench);
