/* reader-run.h: one run of sonde-symbols on a file, in a process of its own, and what it wrote */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* On the caller's thread-default context. @fraction 0..1; @stage "reading types". */
typedef void (*SondeReaderProgress) (double fraction, const char *stage, gpointer user_data);

/**
 * sonde_reader_open:
 *
 * Returns: a descriptor of a regular file, for reading only; -1 and an error that names the file
 * and what to do
 */
int sonde_reader_open (const char *path, GError **error);

/**
 * sonde_reader_run_fd_async:
 * @fd: of the file, as of sonde_reader_open(); not taken, may be closed after this call
 * @path: for messages
 * @arguments: (nullable): NULL-terminated: which of the reader's answers is wanted, "--lines";
 *   none: the symbol image
 *
 * The limits of reader-jail.h hold. Where @cancellable is cancelled the reader is killed, and
 * waited for.
 */
void sonde_reader_run_fd_async (int fd, const char *path, const char *const *arguments,
                                SondeReaderProgress progress, gpointer progress_data,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);
/** sonde_reader_run_async: the same of the file at @path, opened here. */
void sonde_reader_run_async (const char *path, const char *const *arguments,
                             SondeReaderProgress progress, gpointer progress_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
/**
 * sonde_reader_run_finish:
 *
 * Returns: (transfer full): what the reader wrote, a memory file that nobody can change any more;
 * still to be checked like any input. NULL and an error that begins with the file's path: of
 * SONDE_SYMBOL_ERROR, or of G_IO_ERROR where this machine is to blame
 */
GBytes *sonde_reader_run_finish (GAsyncResult *result, GError **error);
/** sonde_reader_run / run_fd: the same, blocking, for sondectl and for worker threads. */
GBytes *sonde_reader_run (const char *path, const char *const *arguments,
                          SondeReaderProgress progress, gpointer progress_data, GError **error);
GBytes *sonde_reader_run_fd (int fd, const char *path, const char *const *arguments,
                             SondeReaderProgress progress, gpointer progress_data, GError **error);
