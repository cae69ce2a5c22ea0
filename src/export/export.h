/* export.h: the table of formats, and a span of sources written into one of them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "export/capture-writer.h"
#include "trace/source.h"

/* What is written: owned struct; one thread at a time. */
typedef struct _SondeExport SondeExport;

/** sonde_export_new: the span [@start_us, @end_us). */
SondeExport *sonde_export_new (const SondeCaptureFormat *format, gint64 start_us, gint64 end_us);
void sonde_export_free (SondeExport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeExport, sonde_export_free)
/** sonde_export_add: references @source, copies the texts of @column. */
void sonde_export_add (SondeExport *self, SondeSource *source, const SondeCaptureColumn *column);

/** sonde_export_write: runs here, any thread; memory stays bounded however long the span. */
gboolean sonde_export_write (SondeExport *self, GOutputStream *out, GCancellable *cancellable,
                             GError **error);
/** sonde_export_save: into a file beside @path that takes its place when all is written; after a
 * failure the old file is as it was. */
gboolean sonde_export_save (SondeExport *self, const char *path, GCancellable *cancellable,
                            GError **error);
/** sonde_export_save_async: (takes @self): sonde_export_save() in a worker. */
void sonde_export_save_async (SondeExport *self, const char *path, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean sonde_export_save_finish (GAsyncResult *result, GError **error);

/** sonde_export_lookup_format: by id, then by the extension of a file name; NULL where there is
 * none. */
const SondeCaptureFormat *sonde_export_lookup_format (const char *id_or_name);
