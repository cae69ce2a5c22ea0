/* entry-list.h: the variables of an ELF file, from debug information and symbol table */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-types.h"
#include "symbols/dwarf-variables.h"
#include "symbols/symbol-image-writer.h"

typedef struct
{
  SondeElfFile *elf;
  const SondeDwarfIndex *index; /* NULL: the symbol table alone speaks */
  SondeDwarfTypes *types;       /* NULL with it */
  SondeImageWriter *writer;
  const guint32 *section_rows; /* index of the file -> row of the image */
  SondeDwarfProgress progress;
  gpointer user_data;
} SondeEntryListArgs;

/** sonde_entry_list_write: adds all variables to the writer; their paths are unique. */
void sonde_entry_list_write (const SondeEntryListArgs *args);
