/* reader-limits.c: how much sonde-symbols may use for a file, told by the file's size */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/reader-limits.h"

#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define LARGE_FILE (256 * MIB)
#define MAX_MORE_MEMORY (8192 * MIB)
#define MAX_SECONDS 180

SondeReaderLimits
sonde_reader_limits_get (guint64 file_size)
{
  const guint64 mapped = MIN (file_size, G_MAXINT64 - MAX_MORE_MEMORY);
  SondeReaderLimits limits = { 1024 * MIB, 256 * MIB, 20, 180 };

  if (file_size <= LARGE_FILE)
    return limits;
  limits.address_space = mapped + MIN (mapped, MAX_MORE_MEMORY / 7) * 7;
  limits.output = MIN (file_size, 2048 * MIB);
  limits.cpu_seconds = (guint) MIN (file_size / (LARGE_FILE / 20), MAX_SECONDS);
  limits.wall_seconds = 9 * limits.cpu_seconds;
  return limits;
}
