/* capture-writer.h: what a file format for captures is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "types/value.h"

/* One signal of a capture. */
typedef struct
{
  const char *device; /* NULL where all signals are of one board */
  const char *path;
  const char *unit; /* NULL where there is none */
} SondeCaptureColumn;

typedef struct _SondeCaptureWriter SondeCaptureWriter;

/* A format is a row of this table. A writer is an owned struct of one thread at a time whose first
 * member is a SondeCaptureWriter. */
typedef struct
{
  const char *id;        /* "csv" */
  const char *extension; /* "csv" */
  const char *label;     /* "Comma-Separated Values" */
  SondeCaptureWriter *(*create) (GOutputStream *out, const SondeCaptureColumn *columns, guint n,
                                 GError **error);
  void (*append) (SondeCaptureWriter *self, gint64 time_us, guint column, const SondeValue *value);
  gboolean (*flush_before) (SondeCaptureWriter *self, gint64 time_us, GError **error);
  void (*free) (SondeCaptureWriter *self);
} SondeCaptureFormat;

struct _SondeCaptureWriter
{
  const SondeCaptureFormat *format;
};

/** sonde_capture_writer_append: kept until a flush: samples may come in any order of time. */
static inline void
sonde_capture_writer_append (SondeCaptureWriter *self, gint64 time_us, guint column,
                             const SondeValue *value)
{
  self->format->append (self, time_us, column, value);
}

/** sonde_capture_writer_flush_before: writes the samples before @time_us in the order of their
 * times; G_MAXINT64 writes all. Call it when none before @time_us will come any more. */
static inline gboolean
sonde_capture_writer_flush_before (SondeCaptureWriter *self, gint64 time_us, GError **error)
{
  return self->format->flush_before (self, time_us, error);
}

/** sonde_capture_writer_free: what was not flushed is lost; the stream stays open. */
static inline void
sonde_capture_writer_free (SondeCaptureWriter *self)
{
  self->format->free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeCaptureWriter, sonde_capture_writer_free)
