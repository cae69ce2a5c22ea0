/* output.h: whole lines to stdout or a file; a reader that left is no error */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cli/complain.h"

/* Owned struct, one thread. */
typedef struct _SondeOutput SondeOutput;

/** sonde_output_new: @fd stays the caller's; @name stands in messages ("standard output"). */
SondeOutput *sonde_output_new (int fd, const char *name);
/** sonde_output_new_for_file: creates or empties @path; "-" is stdout. */
SondeOutput *sonde_output_new_for_file (const char *path, GError **error);
void sonde_output_free (SondeOutput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeOutput, sonde_output_free)

/** sonde_output_line: @line and a line feed; on its way at the next flush. */
void sonde_output_line (SondeOutput *self, const char *line);
/** sonde_output_text: likewise, as it is. */
void sonde_output_text (SondeOutput *self, const char *text);
/** sonde_output_flush: all at once, or nothing more ever after a failure. sonde_errand_run() does
 * it every turn of its loop, so that the reader sees rows as they come. */
void sonde_output_flush (SondeOutput *self);
/** sonde_output_is_open: FALSE after the reader left, a write failed or a signal ended a blocked
 * one. */
gboolean sonde_output_is_open (const SondeOutput *self);
gboolean sonde_output_is_terminal (const SondeOutput *self);
/** sonde_output_get_size: of its terminal in letters; 0 where it has none or does not tell. */
void sonde_output_get_size (const SondeOutput *self, guint *n_rows, guint *n_columns);
/** sonde_output_finish: flushes. OK where nothing went wrong or the reader left; else says on
 * stderr what did, once. */
SondeExit sonde_output_finish (SondeOutput *self);
