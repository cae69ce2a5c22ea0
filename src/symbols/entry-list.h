/* entry-list.h: the variables of an ELF file, from debug information and symbol table */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-variables.h"
#include "symbols/symbol-image-writer.h"

/* What becomes one variable of the image. */
typedef struct
{
  char *path;
  const char *linkage;     /* the linker's name, borrowed */
  const char *unit, *file; /* borrowed; NULL where unknown */
  char *why;               /* NULL: can be polled */
  SondeDieKey type;
  guint32 guessed_type; /* row of the image, where there is no entry for the type */
  guint64 address, order;
  guint64 size;  /* bytes, once its type is written */
  guint section; /* of the ELF file, 0: none */
  guint32 line;
  gboolean is_guessed;
} SondeEntry;

/** sonde_entry_list_new: (element-type SondeEntry) (transfer full): paths are unique; @index may be
 * NULL, then the symbol table alone speaks. */
GArray *sonde_entry_list_new (SondeElfFile *elf, const SondeDwarfIndex *index,
                              SondeImageWriter *writer);
