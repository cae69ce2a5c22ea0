/* source.h: what a plot, an export or a page reads: samples and columns of a span of time */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "types/value.h"

/* One pixel column of a plot: all samples with time in [start, end) of the column. */
typedef struct
{
  double min, max; /* NAN where n is 0 */
  double first, last;
  guint64 n;        /* samples */
  gboolean has_gap; /* a gap begins, ends or covers here */
} SondeColumn;

typedef enum
{
  SONDE_MARK_GAP,  /* acquisition missing from time_us to end_us (0: still open) */
  SONDE_MARK_BOOT, /* the board started anew at time_us */
} SondeMarkKind;

typedef struct
{
  SondeMarkKind kind;
  gint64 time_us;
  gint64 end_us;
} SondeMark;

/* Called once a sample, rising times. FALSE stops. */
typedef gboolean (*SondeSampleFunc) (gint64 time_us, const SondeValue *value, gpointer user_data);

#define SONDE_TYPE_SOURCE (sonde_source_get_type ())
G_DECLARE_INTERFACE (SondeSource, sonde_source, SONDE, SOURCE, GObject)

struct _SondeSourceInterface
{
  GTypeInterface parent;
  gboolean (*get_span) (SondeSource *self, gint64 *first_us, gint64 *last_us);
  guint64 (*get_generation) (SondeSource *self);
  void (*read_columns) (SondeSource *self, gint64 start_us, gint64 end_us, guint n_columns,
                        SondeColumn *columns);
  gboolean (*foreach_sample) (SondeSource *self, gint64 start_us, gint64 end_us,
                              SondeSampleFunc func, gpointer user_data);
  guint (*read_marks) (SondeSource *self, gint64 start_us, gint64 end_us, GArray *marks);
  gboolean (*get_nearest) (SondeSource *self, gint64 time_us, gint64 *sample_us, SondeValue *value);
  guint64 (*count_samples) (SondeSource *self, gint64 start_us, gint64 end_us);
};

/* All calls: any thread, no lock taken against the writer, times in microseconds since the epoch,
 * spans [start, end). */
/** sonde_source_get_span: times of the oldest and newest sample; FALSE when empty. */
gboolean sonde_source_get_span (SondeSource *self, gint64 *first_us, gint64 *last_us);
/** sonde_source_get_generation: changes whenever something was appended or dropped: redraw then. */
guint64 sonde_source_get_generation (SondeSource *self);
/** sonde_source_read_columns: fills @n_columns from the pyramid; cost by columns, not by samples.
 */
void sonde_source_read_columns (SondeSource *self, gint64 start_us, gint64 end_us, guint n_columns,
                                SondeColumn *columns);
gboolean sonde_source_foreach_sample (SondeSource *self, gint64 start_us, gint64 end_us,
                                      SondeSampleFunc func, gpointer user_data);
/** sonde_source_read_marks: appends SondeMark. Returns how many. */
guint sonde_source_read_marks (SondeSource *self, gint64 start_us, gint64 end_us, GArray *marks);
/** sonde_source_get_nearest: the sample nearest in time, never an interpolation. */
gboolean sonde_source_get_nearest (SondeSource *self, gint64 time_us, gint64 *sample_us,
                                   SondeValue *value);
guint64 sonde_source_count_samples (SondeSource *self, gint64 start_us, gint64 end_us);
