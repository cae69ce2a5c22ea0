/* csv-rows.h: samples of several variables as they come, written as one row a time */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/output.h"

/* Owned struct. Header: time_us and a column each; an empty cell is no sample at that time. */
typedef struct _SondeCsvRows SondeCsvRows;

/** sonde_csv_rows_new: takes @output over. */
SondeCsvRows *sonde_csv_rows_new (SondeOutput *output);
void sonde_csv_rows_free (SondeCsvRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeCsvRows, sonde_csv_rows_free)
/** sonde_csv_rows_add_column: before the first sample. Returns its index. */
guint sonde_csv_rows_add_column (SondeCsvRows *self, const char *name, const char *unit);
/** sonde_csv_rows_start: writes the header. */
void sonde_csv_rows_start (SondeCsvRows *self);
/** sonde_csv_rows_add_number: @now_us: monotonic. */
void sonde_csv_rows_add_number (SondeCsvRows *self, guint column, gint64 time_us,
                                const char *number, gint64 now_us);
/** sonde_csv_rows_add_text: the cell is quoted where needed, and never a formula. */
void sonde_csv_rows_add_text (SondeCsvRows *self, guint column, gint64 time_us, const char *text,
                              gint64 now_us);
/** sonde_csv_rows_settle: writes the rows no sample can join any more: those older than 300 ms.
 * @now_us G_MAXINT64: all. */
void sonde_csv_rows_settle (SondeCsvRows *self, gint64 now_us);
/** sonde_csv_rows_finish: writes what is left. */
SondeExit sonde_csv_rows_finish (SondeCsvRows *self);
gboolean sonde_csv_rows_is_open (const SondeCsvRows *self);
