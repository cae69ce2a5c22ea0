/* unique-paths.h: names that would be equal get their file in front */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct
{
  char *path;       /* owned by the caller; replaced where it is not the only one */
  const char *unit; /* the compilation unit's file, "" or NULL where unknown */
  guint64 order;    /* tells apart what no file does: its place in the debug information */
} SondeUniquePath;

/** sonde_unique_paths: "x" twice becomes "a.c::x" and "b.c::x", then "dir/a.c::x" with as many
 * folders as it takes, last "x#2". The same input in another order gives the same names. */
void sonde_unique_paths (SondeUniquePath *rows, guint n);
