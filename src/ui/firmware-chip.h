/* firmware-chip.h: the one place that says which ELF, when built, and whether the board runs it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "workbench/workbench.h"

#define SONDE_TYPE_FIRMWARE_CHIP (sonde_firmware_chip_get_type ())
G_DECLARE_FINAL_TYPE (SondeFirmwareChip, sonde_firmware_chip, SONDE, FIRMWARE_CHIP, GtkWidget)

/** sonde_firmware_chip_set_workbench: once. Hidden while no ELF was opened. */
void sonde_firmware_chip_set_workbench (SondeFirmwareChip *self, SondeWorkbench *workbench);
