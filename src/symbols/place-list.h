/* place-list.h: what fills the sections of an ELF file: functions and data objects */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/entry-list.h"

/* Where the places come from. */
typedef struct
{
  SondeElfFile *elf;
  const SondeDwarfIndex *index; /* (nullable): tells source files, and without a symbol table
                                   everything */
  const guint32 *section_rows;  /* row of the image for each section of the file */
} SondePlaceSources;

/** sonde_place_list_write: adds the places to the writer, which has all variables; of several names
 * for one place only the strongest: that of the program before a weak one. */
void sonde_place_list_write (const SondePlaceSources *sources, SondeImageWriter *writer);
