/* text-sort.h: sorts many texts that begin alike */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct
{
  const char *text;
  guint32 index;  /* the caller's; equal texts stand in its order */
  guint32 length; /* of the text, filled in here */
  guint64 word;   /* afterwards 1: the same text as the row before, else 0 */
} SondeSortRow;

/** sonde_text_sort: as strcmp() has it. Eight bytes are compared at a time, and none twice: names
 * of one program have long beginnings in common. */
void sonde_text_sort (SondeSortRow *rows, guint n);
