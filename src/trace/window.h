/* window.h: a run of blocks and what a plot or an export asks of it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trace/block.h"
#include "trace/source.h"

/* On the stack of a reader. Nothing in it changes while it is in use. */
typedef struct
{
  SondeBlock **blocks; /* full ones, borrowed */
  guint n_blocks;
  SondeBlock tail; /* n is 0 where there is none */
} SondeWindow;

gboolean sonde_window_get_span (const SondeWindow *self, gint64 *first_us, gint64 *last_us);
/** sonde_window_read_columns: has_gap stays FALSE: gaps are not in the samples. */
void sonde_window_read_columns (const SondeWindow *self, gint64 start_us, gint64 end_us,
                                guint n_columns, SondeColumn *columns);
/** sonde_window_flag_gap: columns touched by [@gap_start_us, @gap_end_us]. */
void sonde_window_flag_gap (gint64 gap_start_us, gint64 gap_end_us, gint64 start_us, gint64 end_us,
                            guint n_columns, SondeColumn *columns);
gboolean sonde_window_foreach_sample (const SondeWindow *self, gint64 start_us, gint64 end_us,
                                      SondeSampleFunc func, gpointer user_data);
gboolean sonde_window_get_nearest (const SondeWindow *self, gint64 time_us, gint64 *sample_us,
                                   SondeValue *value);
guint64 sonde_window_count_samples (const SondeWindow *self, gint64 start_us, gint64 end_us);
