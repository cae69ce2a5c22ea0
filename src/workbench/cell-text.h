/* cell-text.h: what a value cell says: text of any variable, and why it cannot be edited */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/watch.h"
#include "types/text.h"

/* What all rows share of the board they are read from. */
typedef struct
{
  gboolean is_connected;
  gboolean is_other_firmware;
} SondeWatchBoard;

/** sonde_cell_text: (transfer full): "" where nothing was read; "[8]" and "{3}" for arrays and
 * structs. @chars: (nullable): of a char array. */
char *sonde_cell_text (SondeVariable *variable, const SondeWatchState *state, const char *chars,
                       SondeFormat format);
/** sonde_cell_why_locked: (nullable): static text; NULL: it can be edited. @device: "" for none. */
const char *sonde_cell_why_locked (SondeVariable *variable, const char *device,
                                   const SondeWatchBoard *board);
