/* export.c: the table of formats, and a span of sources written into one of them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/export.h"

#include "export/csv-writer.h"

/* About as many samples lie in the writer at once; enough to make a slice's own cost vanish. */
#define SLICE_SAMPLES 50000

static const SondeCaptureFormat *const formats[] = { &sonde_csv_format };

typedef struct
{
  SondeSource *source; /* referenced */
  SondeCaptureColumn column;
} Signal;

struct _SondeExport
{
  const SondeCaptureFormat *format;
  gint64 start_us, end_us;
  GArray *signals; /* Signal */
};

static void
clear_signal (gpointer data)
{
  Signal *signal = data;

  g_object_unref (signal->source);
  g_free ((char *) signal->column.device);
  g_free ((char *) signal->column.path);
  g_free ((char *) signal->column.unit);
}

SondeExport *
sonde_export_new (const SondeCaptureFormat *format, gint64 start_us, gint64 end_us)
{
  SondeExport *self = g_new (SondeExport, 1);

  self->format = format;
  self->start_us = start_us;
  self->end_us = end_us;
  self->signals = g_array_new (FALSE, FALSE, sizeof (Signal));
  g_array_set_clear_func (self->signals, clear_signal);
  return self;
}

void
sonde_export_free (SondeExport *self)
{
  g_array_unref (self->signals);
  g_free (self);
}

void
sonde_export_add (SondeExport *self, SondeSource *source, const SondeCaptureColumn *column)
{
  const Signal signal
      = { g_object_ref (source),
          { g_strdup (column->device), g_strdup (column->path), g_strdup (column->unit) } };

  g_array_append_val (self->signals, signal);
}

typedef struct
{
  SondeCaptureWriter *writer;
  guint column;
} Pour;

static gboolean
pour_sample (gint64 time_us, const SondeValue *value, gpointer user_data)
{
  const Pour *pour = user_data;

  sonde_capture_writer_append (pour->writer, time_us, pour->column, value);
  return TRUE;
}

/* The asked span cut to what is there; FALSE where that is nothing. */
static gboolean
cut_span (SondeExport *self, gint64 *start_us, gint64 *end_us)
{
  gint64 oldest_us = G_MAXINT64, newest_us = G_MININT64;

  for (guint i = 0; i < self->signals->len; i++)
    {
      SondeSource *source = g_array_index (self->signals, Signal, i).source;
      gint64 first_us, last_us;

      if (!sonde_source_get_span (source, &first_us, &last_us))
        continue;
      oldest_us = MIN (oldest_us, first_us);
      newest_us = MAX (newest_us, last_us);
    }
  *start_us = MAX (self->start_us, oldest_us);
  *end_us = newest_us < self->end_us ? newest_us + 1 : self->end_us;
  return *start_us < *end_us;
}

static gboolean
write_slice (SondeExport *self, SondeCaptureWriter *writer, gint64 start_us, gint64 end_us,
             GError **error)
{
  for (guint i = 0; i < self->signals->len; i++)
    {
      Pour pour = { writer, i };

      sonde_source_foreach_sample (g_array_index (self->signals, Signal, i).source, start_us,
                                   end_us, pour_sample, &pour);
    }
  return sonde_capture_writer_flush_before (writer, G_MAXINT64, error);
}

static SondeCaptureWriter *
create_writer (SondeExport *self, GOutputStream *out, GError **error)
{
  g_autofree SondeCaptureColumn *columns = g_new (SondeCaptureColumn, self->signals->len);

  for (guint i = 0; i < self->signals->len; i++)
    columns[i] = g_array_index (self->signals, Signal, i).column;
  return self->format->create (out, columns, self->signals->len, error);
}

/* Where the slice from @start_us on ends: halved until it holds few enough samples, as their
 * density may change by any factor within one span. */
static gint64
find_slice_end (SondeExport *self, gint64 start_us, gint64 end_us)
{
  while (end_us - start_us > 1)
    {
      guint64 n = 0;

      for (guint i = 0; i < self->signals->len; i++)
        n += sonde_source_count_samples (g_array_index (self->signals, Signal, i).source, start_us,
                                         end_us);
      if (n <= SLICE_SAMPLES)
        break;
      end_us = start_us + (end_us - start_us) / 2;
    }
  return end_us;
}

gboolean
sonde_export_write (SondeExport *self, GOutputStream *out, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (SondeCaptureWriter) writer = create_writer (self, out, error);
  gint64 start_us, end_us;

  if (writer == NULL)
    return FALSE;
  if (!cut_span (self, &start_us, &end_us))
    return TRUE;
  while (start_us < end_us)
    {
      const gint64 slice_end_us = find_slice_end (self, start_us, end_us);

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !write_slice (self, writer, start_us, slice_end_us, error))
        return FALSE;
      start_us = slice_end_us;
    }
  return TRUE;
}

gboolean
sonde_export_save (SondeExport *self, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) out
      = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable, error);
  g_autoptr (GCancellable) discard = g_cancellable_new ();

  if (out == NULL)
    return FALSE;
  if (sonde_export_write (self, G_OUTPUT_STREAM (out), cancellable, error))
    return g_output_stream_close (G_OUTPUT_STREAM (out), cancellable, error);
  /* A close that is cancelled drops the file written aside. */
  g_cancellable_cancel (discard);
  g_output_stream_close (G_OUTPUT_STREAM (out), discard, NULL);
  return FALSE;
}

typedef struct
{
  SondeExport *export;
  char *path;
} Save;

static void
free_save (Save *save)
{
  sonde_export_free (save->export);
  g_free (save->path);
  g_free (save);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Save *save = data;
  GError *error = NULL;

  if (sonde_export_save (save->export, save->path, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
sonde_export_save_async (SondeExport *self, const char *path, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Save *save = g_new (Save, 1);

  save->export = self;
  save->path = g_strdup (path);
  g_task_set_source_tag (task, sonde_export_save_async);
  g_task_set_task_data (task, save, (GDestroyNotify) free_save);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
sonde_export_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

const SondeCaptureFormat *
sonde_export_lookup_format (const char *id_or_name)
{
  const char *dot = strrchr (id_or_name, '.');

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i]->id, id_or_name)
        || (dot != NULL && g_ascii_strcasecmp (formats[i]->extension, dot + 1) == 0))
      return formats[i];
  return NULL;
}
