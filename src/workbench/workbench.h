/* workbench.h: the whole program without a face, for the main thread; the engine runs in a thread
 * of its own */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "symbols/address-map.h"
#include "symbols/map-csv.h"
#include "workbench/device-row.h"
#include "workbench/elf-loader.h"
#include "workbench/log-list.h"
#include "workbench/log-places.h"
#include "workbench/symbol-list.h"
#include "workbench/watch-row.h"

/* Main thread only. Signals:
 *   "symbols-changed"                        state, progress, table or error
 *   "device-changed" (SondeDeviceRow*)       the active board, or its facts
 *   "ticked"                                 after each round of news, at most 30 a second
 *   "message" (const char *text)             for a toast: one sentence
 *   "tap" (const char *device, gboolean outgoing, const char *text)   raw messages of a tapped
 * board
 */
#define SONDE_TYPE_WORKBENCH (sonde_workbench_get_type ())
G_DECLARE_FINAL_TYPE (SondeWorkbench, sonde_workbench, SONDE, WORKBENCH, GObject)

/** sonde_workbench_new: starts the engine thread; does not listen yet. @settings: (nullable): the
 * defaults; budget and rate follow when they change. */
SondeWorkbench *sonde_workbench_new (GSettings *settings);
GSettings *sonde_workbench_get_settings (SondeWorkbench *self); /* (transfer none) (nullable) */
/** sonde_workbench_listen: blocks for the few milliseconds a bind takes. Errors of
 * SONDE_SERVER_ERROR. */
gboolean sonde_workbench_listen (SondeWorkbench *self, const char *address, guint port,
                                 GError **error);
/** sonde_workbench_get_url: "ws://127.0.0.1:8000/" for firmware; NULL while not listening. */
const char *sonde_workbench_get_url (SondeWorkbench *self);
/** sonde_workbench_close: ends boards (1 s at most), stops the demo board, joins the thread.
 * Idempotent; finalize does it too. */
void sonde_workbench_close (SondeWorkbench *self);

/* Symbols */
void sonde_workbench_open_elf (SondeWorkbench *self, const char *path);
/** sonde_workbench_open_map: adds the names of a memory-map CSV file; what became of it comes as
 * "message". */
void sonde_workbench_open_map (SondeWorkbench *self, const char *path);
/** sonde_workbench_save_map: all variables and names as such a file; "message" likewise. */
void sonde_workbench_save_map (SondeWorkbench *self, const char *path, SondeMapFormat format);
void sonde_workbench_cancel_open (SondeWorkbench *self);
SondeSymbolsState sonde_workbench_get_symbols_state (SondeWorkbench *self);
double sonde_workbench_get_symbols_progress (SondeWorkbench *self);
const char *sonde_workbench_get_symbols_stage (SondeWorkbench *self);
const char *sonde_workbench_get_symbols_error (SondeWorkbench *self); /* (nullable) */
const char *
sonde_workbench_get_elf_path (SondeWorkbench *self); /* (nullable) of the table in use */
/** sonde_workbench_get_rebuild: what goes on with the file behind the table in use. */
SondeRebuild sonde_workbench_get_rebuild (SondeWorkbench *self);
/** sonde_workbench_get_elf_problem: (nullable): why its newest build is not in use. */
const char *sonde_workbench_get_elf_problem (SondeWorkbench *self);
gint64 sonde_workbench_get_built_us (SondeWorkbench *self);      /* epoch; 0 unknown */
SondeAddressMap *sonde_workbench_get_map (SondeWorkbench *self); /* (transfer none) (nullable) */
/**
 * sonde_workbench_add_entry:
 *
 * A named address beside those of the ELF, for this run.
 *
 * Returns: FALSE and @error, beginning with what is wrong, where it is refused
 */
gboolean sonde_workbench_add_entry (SondeWorkbench *self, const SondeMapEntry *entry,
                                    GError **error);
SondeSymbolList *sonde_workbench_get_symbol_list (SondeWorkbench *self);

/* Boards: a GListModel of SondeDeviceRow */
GListModel *sonde_workbench_get_devices (SondeWorkbench *self);
SondeDeviceRow *
sonde_workbench_get_active_device (SondeWorkbench *self); /* (transfer none) (nullable) */
/** sonde_workbench_set_active_device: new watches and writes go there; rows without a board follow.
 */
void sonde_workbench_set_active_device (SondeWorkbench *self, const char *name);
/** sonde_workbench_use_anyway: writes to @device are allowed although it runs other firmware than
 * the open ELF; until either changes. */
void sonde_workbench_use_anyway (SondeWorkbench *self, const char *device);
void sonde_workbench_forget_device (SondeWorkbench *self, const char *name);
void sonde_workbench_send_text (SondeWorkbench *self, const char *device, const char *text);
void sonde_workbench_tap (SondeWorkbench *self, const char *device, gboolean is_on);
/** sonde_workbench_start_demo: starts the board process on the own listener and opens its ELF. */
gboolean sonde_workbench_start_demo (SondeWorkbench *self, GError **error);

/* Watches: a GListModel of SondeWatchRow in the order of the table */
GListModel *sonde_workbench_get_watches (SondeWorkbench *self);
/** sonde_workbench_add_watch: @path need not resolve yet. Returns: (transfer none): the row, the
 * old one if it is there already. @error: the path is wrong for the ELF that is open. */
SondeWatchRow *sonde_workbench_add_watch (SondeWorkbench *self, const char *path, double rate_hz,
                                          GError **error);
SondeWatchRow *sonde_workbench_lookup_watch (SondeWorkbench *self,
                                             const char *path); /* (transfer none) (nullable) */
void sonde_workbench_remove_watch (SondeWorkbench *self, SondeWatchRow *row);
/** sonde_workbench_move_watch: to @position, for drag and undo. */
void sonde_workbench_move_watch (SondeWorkbench *self, SondeWatchRow *row, guint position);
void sonde_workbench_set_watch_rate (SondeWorkbench *self, SondeWatchRow *row, double rate_hz);
void sonde_workbench_reset_extremes (SondeWorkbench *self, SondeWatchRow *row); /* NULL: all */
/**
 * sonde_workbench_write:
 * @text: as typed
 *
 * Checks type and range at once (FALSE and @error: nothing was sent, the old value stays); then the
 * row is PENDING until it was read back, or FAILED.
 */
gboolean sonde_workbench_write (SondeWorkbench *self, SondeWatchRow *row, const char *text,
                                GError **error);
/** sonde_workbench_paste: lines of PATH or PATH=VALUE; adds watches, writes values. Returns:
 * (transfer full) (nullable): what was refused, a line each. */
char *sonde_workbench_paste (SondeWorkbench *self, const char *text);

SondeLogList *sonde_workbench_get_log_list (SondeWorkbench *self);
/** sonde_workbench_get_log_places: what addresses in lines of the log mean. */
SondeLogPlaces *sonde_workbench_get_log_places (SondeWorkbench *self); /* (transfer none) */
/** sonde_workbench_get_history: bytes of all traces now, and the budget. */
gsize sonde_workbench_get_history (SondeWorkbench *self, gsize *budget_bytes);
