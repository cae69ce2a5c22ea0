/* reader-limits.h: how much sonde-symbols may use for a file, told by the file's size */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Nothing that a compiler writes comes near these; a file made to eat memory or time does. */
typedef struct
{
  guint64 address_space; /* bytes */
  guint64 output;        /* bytes of the result */
  guint cpu_seconds;
  guint wall_seconds; /* ends a reader that waits for a disk that is gone */
} SondeReaderLimits;

/** sonde_reader_limits_get: 1 GiB and 20 s up to 256 MiB, growing with the file above, but not for
 * ever: a sparse file costs its maker nothing. */
SondeReaderLimits sonde_reader_limits_get (guint64 file_size);
