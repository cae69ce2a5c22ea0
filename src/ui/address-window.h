/* address-window.h: a name for an address that no ELF file names */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "workbench/workbench.h"

#define SONDE_TYPE_ADDRESS_WINDOW (sonde_address_window_get_type ())
G_DECLARE_FINAL_TYPE (SondeAddressWindow, sonde_address_window, SONDE, ADDRESS_WINDOW, AdwWindow)

void sonde_address_window_show (GtkWindow *parent, SondeWorkbench *workbench);
