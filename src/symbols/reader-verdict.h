/* reader-verdict.h: how sonde-symbols ended, as an error that a person can act on */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct
{
  const char *path;
  const char *message; /* its last word, NULL: none */
  int status;          /* exit code, -1: a signal ended it */
  int signal;
  guint seconds; /* of CPU that it had */
  gboolean is_timed_out;
} SondeReaderEnd;

/** sonde_reader_verdict_make_error: (transfer full): begins with the file's path. */
GError *sonde_reader_verdict_make_error (const SondeReaderEnd *end);
