/* watch-row.h: a watched variable as the table sees it: leaf, or struct and array that open */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "device/watch.h"
#include "types/text.h"
#include "workbench/cell-text.h"

typedef enum
{
  SONDE_CELL_EMPTY, /* nothing read yet */
  SONDE_CELL_FRESH,
  SONDE_CELL_STALE,   /* older than three periods (at least 1 s), or its board is lost */
  SONDE_CELL_PENDING, /* a write is on its way: the typed text is shown in italics */
  SONDE_CELL_FAILED,  /* the newest write or read failed: reason in sonde_watch_row_get_problem() */
  SONDE_CELL_DOUBTFUL, /* fresh, but read at the address of another firmware's variable */
} SondeCellState;

/* Main thread. Signal "changed": value, state, rate, format ...: at most 30 a second. Rows made by
 * the workbench. */
#define SONDE_TYPE_WATCH_ROW (sonde_watch_row_get_type ())
G_DECLARE_FINAL_TYPE (SondeWatchRow, sonde_watch_row, SONDE, WATCH_ROW, GObject)

const char *sonde_watch_row_get_path (SondeWatchRow *self);
const char *
sonde_watch_row_get_device (SondeWatchRow *self); /* name; "" while no board has taken it */
/** sonde_watch_row_get_variable: (transfer none) (nullable): NULL while the path is not resolved
 * (no ELF, or gone from it). */
SondeVariable *sonde_watch_row_get_variable (SondeWatchRow *self);
/** sonde_watch_row_get_trace: (transfer none) (nullable): samples for a plot. */
SondeTrace *sonde_watch_row_get_trace (SondeWatchRow *self);
const SondeWatchState *sonde_watch_row_get_state (SondeWatchRow *self);
SondeCellState sonde_watch_row_get_cell_state (SondeWatchRow *self);
/** sonde_watch_row_dup_value_text: (transfer full): what the value cell shows; "" when nothing was
 * read. */
char *sonde_watch_row_dup_value_text (SondeWatchRow *self);
const char *sonde_watch_row_get_unit (SondeWatchRow *self); /* "" for none */
/** sonde_watch_row_get_problem: (nullable): one sentence for a person. */
const char *sonde_watch_row_get_problem (SondeWatchRow *self);
gint64 sonde_watch_row_get_age_us (SondeWatchRow *self); /* -1: nothing read yet */
double sonde_watch_row_get_asked_hz (SondeWatchRow *self);
SondeFormat sonde_watch_row_get_format (SondeWatchRow *self);
void sonde_watch_row_set_format (SondeWatchRow *self, SondeFormat format);
/** sonde_watch_row_is_editable: FALSE with the reason in @why (static text or owned by the row). */
gboolean sonde_watch_row_is_editable (SondeWatchRow *self, const char **why);
/** sonde_watch_row_can_open: it has rows below it: members, elements, or what it points to. */
gboolean sonde_watch_row_can_open (SondeWatchRow *self);
/** sonde_watch_row_get_children: (transfer none) (nullable): rows of the members or elements, or of
 * what a pointer points to, made when asked for; NULL where there are none. Polled from then until
 * sonde_watch_row_close_children(). */
GListModel *sonde_watch_row_get_children (SondeWatchRow *self);
void sonde_watch_row_close_children (SondeWatchRow *self);
/** sonde_watch_row_get_plot_slot: colour slot 0..9 while it is on a plot, -1 when not. */
int sonde_watch_row_get_plot_slot (SondeWatchRow *self);
void sonde_watch_row_set_plot_slot (SondeWatchRow *self, int slot);

/** sonde_watch_row_set_unit: (nullable): what stands behind the number; NULL: what the map says. */
void sonde_watch_row_set_unit (SondeWatchRow *self, const char *unit);

/* --- for the workbench
 * ---------------------------------------------------------------------------------------- */

/* Who polls for the rows. @start is called for a leaf that wants samples (again when its place or
 * board changed), @rest while the open ELF has no such variable, @stop when it wants none any more.
 */
typedef struct
{
  void (*start) (gpointer host, SondeWatchRow *row);
  void (*rest) (gpointer host, SondeWatchRow *row);
  void (*stop) (gpointer host, SondeWatchRow *row);
} SondeWatchHost;

/** sonde_watch_row_new: @host must be static; @host_data outlives the row or is cleared by
 * sonde_watch_row_detach(). */
SondeWatchRow *sonde_watch_row_new (const SondeWatchHost *host, gpointer host_data,
                                    const char *path, double rate_hz);
guint sonde_watch_row_get_id (SondeWatchRow *self); /* unique in the process, never 0 */
/** sonde_watch_row_was_found: an ELF had its variable once. */
gboolean sonde_watch_row_was_found (SondeWatchRow *self);
/** sonde_watch_row_set_variable: NULL with @problem: the path does not resolve. Open children
 * of the same shape follow, others close. */
void sonde_watch_row_set_variable (SondeWatchRow *self, SondeVariable *variable,
                                   const char *problem);
/** sonde_watch_row_set_stream: the board pushes it: nothing is polled, nothing can be written. */
void sonde_watch_row_set_stream (SondeWatchRow *self, SondeVariable *stream);
gboolean sonde_watch_row_is_stream (SondeWatchRow *self);
void sonde_watch_row_set_device (SondeWatchRow *self, const char *device);
void sonde_watch_row_set_asked_hz (SondeWatchRow *self, double rate_hz);
/** sonde_watch_row_take_news: @trace, @text: (nullable). */
void sonde_watch_row_take_news (SondeWatchRow *self, const SondeWatchState *state,
                                SondeTrace *trace, const char *text);
/** sonde_watch_row_take_board: the row's and its open children's board; also lets ages grow. */
void sonde_watch_row_take_board (SondeWatchRow *self, const SondeWatchBoard *board);
/** sonde_watch_row_take_pending: a write of @text is on its way. */
void sonde_watch_row_take_pending (SondeWatchRow *self, const char *text);
/** sonde_watch_row_take_written: it ended; @problem NULL: read back as wanted, @read_back shown at
 * once. */
void sonde_watch_row_take_written (SondeWatchRow *self, GBytes *read_back, const char *problem);
/** sonde_watch_row_detach: stops polling here and below; the row stays readable. */
void sonde_watch_row_detach (SondeWatchRow *self);
