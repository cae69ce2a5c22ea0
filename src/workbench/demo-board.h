/* demo-board.h: starts the simulated board as a process of its own and ends it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Owned struct; any one thread. The board ends with its owner however that dies (--parent). */
typedef struct _SondeDemoBoard SondeDemoBoard;

/** sonde_demo_board_start: @url: "ws://127.0.0.1:8000/"; @name (nullable): default demo-motor. */
SondeDemoBoard *sonde_demo_board_start (const char *url, const char *name, GError **error);
void sonde_demo_board_free (SondeDemoBoard *self); /* SIGTERM, reaped within 2 s, then SIGKILL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDemoBoard, sonde_demo_board_free)
/** sonde_demo_board_dup_elf: (transfer full) (nullable): path of its own ELF. */
char *sonde_demo_board_dup_elf (void);
/** sonde_demo_board_get_unit: (nullable): of a path of the demo board: "rpm" for "axis[1].speed".
 * Its DWARF holds no units. */
const char *sonde_demo_board_get_unit (const char *path);
