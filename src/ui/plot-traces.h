/* plot-traces.h: the signals on a plot, and what is newest in them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "export/plot-painter.h"
#include "types/type.h"

/* One signal on the plot. Texts are owned by the list. */
typedef struct
{
  SondePlotTrace plot;
  char *name;
  char *unit;
  SondeType *type; /* (nullable) */
  guint64 generation;
} SondeTraceEntry;

typedef struct
{
  const char *name;
  const char *unit; /* (nullable) */
  SondeType *type;  /* (nullable) */
  guint slot;
} SondeTraceTexts;

/* Owned struct, main thread. */
typedef struct _SondePlotTraces SondePlotTraces;

SondePlotTraces *sonde_plot_traces_new (void);
void sonde_plot_traces_free (SondePlotTraces *self);
/** sonde_plot_traces_put: adds @source, or gives it other texts. */
void sonde_plot_traces_put (SondePlotTraces *self, SondeSource *source,
                            const SondeTraceTexts *texts);
/** sonde_plot_traces_lookup: (transfer none) (nullable) */
const SondeTraceEntry *sonde_plot_traces_lookup (SondePlotTraces *self, SondeSource *source);
void sonde_plot_traces_remove (SondePlotTraces *self, SondeSource *source);
guint sonde_plot_traces_get_n (SondePlotTraces *self);
const SondeTraceEntry *sonde_plot_traces_get (SondePlotTraces *self, guint index);
guint sonde_plot_traces_find_free_slot (SondePlotTraces *self);
/** sonde_plot_traces_dup_plots: (transfer container): what the painter takes, borrowing the rest.
 */
SondePlotTrace *sonde_plot_traces_dup_plots (SondePlotTraces *self);
/** sonde_plot_traces_dup_label: (transfer full): "Plot of motor.speed, state". */
char *sonde_plot_traces_dup_label (SondePlotTraces *self);
/** sonde_plot_traces_dup_reading: (transfer full): the sample nearest to @time_us as text, "" where
 * there is none. */
char *sonde_plot_traces_dup_reading (const SondeTraceEntry *entry, gint64 time_us,
                                     gint64 *sample_us, double *value);

/** sonde_plot_traces_take_news: whether something came or went since the last call. */
gboolean sonde_plot_traces_take_news (SondePlotTraces *self);
/** sonde_plot_traces_get_extent: oldest and newest sample of all; FALSE where there is none. */
gboolean sonde_plot_traces_get_extent (SondePlotTraces *self, gint64 *first_us, gint64 *last_us);
/** sonde_plot_traces_get_newest: the newest sample of all; where a board is lost (@is_gap_open),
 * now: the gap is to be seen growing. G_MININT64 where there is none. */
gint64 sonde_plot_traces_get_newest (SondePlotTraces *self, gboolean *is_gap_open);
