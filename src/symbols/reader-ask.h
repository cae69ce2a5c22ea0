/* reader-ask.h: an answer of sonde-symbols about a file, from the cache where it was given before
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/reader-run.h"
#include "symbols/symbol-cache.h"

/* One kind of answer, and what is made of it: both return NULL and an error that does not name the
 * file where the bytes are not what they should be. */
typedef struct
{
  SondeCacheKind kind;
  const char *const *arguments; /* as of sonde_reader_run_async() */
  /* Treats every number in @answer as hostile. */
  gpointer (*check) (GBytes *answer, const char *path, GError **error);
  /* Of bytes that passed the above before. */
  gpointer (*open) (GBytes *answer, const char *path, GError **error);
  GDestroyNotify free;
} SondeReaderQuestion;

/** sonde_reader_ask_async: @question: static. The rest as of sonde_reader_run_async(). Reading,
 * checking and keeping happen in a worker thread. */
void sonde_reader_ask_async (const SondeReaderQuestion *question, const char *path,
                             SondeReaderProgress progress, gpointer progress_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
/** sonde_reader_ask_finish: (transfer full): what the question's functions made. */
gpointer sonde_reader_ask_finish (GAsyncResult *result, GError **error);
/** sonde_reader_ask: the same, blocking. */
gpointer sonde_reader_ask (const SondeReaderQuestion *question, const char *path,
                           SondeReaderProgress progress, gpointer progress_data, GError **error);
