/* source.c: what a plot, an export or a page reads: samples and columns of a span of time */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/source.h"

G_DEFINE_INTERFACE (SondeSource, sonde_source, G_TYPE_OBJECT)

static void
sonde_source_default_init (SondeSourceInterface *iface)
{
}

gboolean
sonde_source_get_span (SondeSource *self, gint64 *first_us, gint64 *last_us)
{
  g_return_val_if_fail (SONDE_IS_SOURCE (self), FALSE);
  return SONDE_SOURCE_GET_IFACE (self)->get_span (self, first_us, last_us);
}

guint64
sonde_source_get_generation (SondeSource *self)
{
  g_return_val_if_fail (SONDE_IS_SOURCE (self), 0);
  return SONDE_SOURCE_GET_IFACE (self)->get_generation (self);
}

void
sonde_source_read_columns (SondeSource *self, gint64 start_us, gint64 end_us, guint n_columns,
                           SondeColumn *columns)
{
  g_return_if_fail (SONDE_IS_SOURCE (self));
  g_return_if_fail (start_us < end_us);
  SONDE_SOURCE_GET_IFACE (self)->read_columns (self, start_us, end_us, n_columns, columns);
}

gboolean
sonde_source_foreach_sample (SondeSource *self, gint64 start_us, gint64 end_us,
                             SondeSampleFunc func, gpointer user_data)
{
  g_return_val_if_fail (SONDE_IS_SOURCE (self), FALSE);
  return SONDE_SOURCE_GET_IFACE (self)->foreach_sample (self, start_us, end_us, func, user_data);
}

guint
sonde_source_read_marks (SondeSource *self, gint64 start_us, gint64 end_us, GArray *marks)
{
  g_return_val_if_fail (SONDE_IS_SOURCE (self), 0);
  return SONDE_SOURCE_GET_IFACE (self)->read_marks (self, start_us, end_us, marks);
}

gboolean
sonde_source_get_nearest (SondeSource *self, gint64 time_us, gint64 *sample_us, SondeValue *value)
{
  g_return_val_if_fail (SONDE_IS_SOURCE (self), FALSE);
  return SONDE_SOURCE_GET_IFACE (self)->get_nearest (self, time_us, sample_us, value);
}

guint64
sonde_source_count_samples (SondeSource *self, gint64 start_us, gint64 end_us)
{
  g_return_val_if_fail (SONDE_IS_SOURCE (self), 0);
  return SONDE_SOURCE_GET_IFACE (self)->count_samples (self, start_us, end_us);
}
