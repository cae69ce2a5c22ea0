/* readout.h: numbers as they stand in the window: steady width, real minus, thin spaces */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/watch-row.h"

/** sonde_readout_dup_value: (transfer full): as sonde_watch_row_dup_value_text(), but a number that
 * moves keeps its count of decimals. What does not move is shown exactly. */
char *sonde_readout_dup_value (SondeWatchRow *row);
/** sonde_readout_dup_number: (transfer full): @f with the decimals of @row; "" for NAN. */
char *sonde_readout_dup_number (SondeWatchRow *row, double f);
char *sonde_readout_dup_count (guint64 n);     /* "48 214" */
char *sonde_readout_dup_rate (double rate_hz); /* "1 kHz", "980 Hz", "max" for 0 */
char *sonde_readout_dup_span (gint64 span_us); /* "1 ms", "0.3 s", "4 s", "2 min" */
/** sonde_readout_dup_round_trip: (transfer full): "45 µs", "1.2 ms", "" for -1. */
char *sonde_readout_dup_round_trip (gint64 rtt_us);
char *sonde_readout_dup_size (guint64 n_bytes);  /* "512 MB" */
char *sonde_readout_dup_bytes (guint64 n_bytes); /* "512 B", "12.0 kB", "1.4 MB" */
/** sonde_readout_polish: (transfer full): a decimal number gets its real minus and, from 10 000 on,
 * thin spaces; other text stays. */
char *sonde_readout_polish (const char *text);
