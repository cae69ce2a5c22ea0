/* live.h: samples of many variables as they come, as rows, JSON, table and CSV */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/csv-rows.h"
#include "cli/errand.h"

/* Owned struct. It goes before the errand's engine does. */
typedef struct _SondeLive SondeLive;

/** sonde_live_new: options of @errand say how rows look. */
SondeLive *sonde_live_new (SondeErrand *errand);
void sonde_live_free (SondeLive *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeLive, sonde_live_free)
/** sonde_live_take_csv: also writes there. */
void sonde_live_take_csv (SondeLive *self, SondeCsvRows *csv);
/** sonde_live_add: @unit NULL is the variable's own. */
void sonde_live_add (SondeLive *self, SondeDevice *board, SondeVariable *variable,
                     const char *unit);
/**
 * sonde_live_run:
 * @seconds: below 0: for ever
 * @count: rows of each variable, below 0: no limit
 *
 * Returns: OK, what a stop asks for, or why a variable never gave a value
 */
SondeExit sonde_live_run (SondeLive *self, double rate_hz, double seconds, gint64 count);
