/* number-sort.h: sorts rows by a 64-bit number */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct
{
  guint64 key;
  guint32 index; /* the caller's; rows of one key keep their order */
} SondeNumberRow;

/** sonde_number_sort: a pass over all rows for each byte in which the keys differ. */
void sonde_number_sort (SondeNumberRow *rows, guint n);
