/* dwarf-variables.h: one walk over all entries, and what the entry of a variable tells */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-index.h"

/* A variable as its entry and those it completes tell it. */
typedef struct
{
  SondeDieKey key;
  const char *name;    /* NULL: has none */
  const char *linkage; /* NULL: same as the name */
  SondeDieKey type;
  SondeDieKey origin; /* the entry that it completes, 0 where none */
  guint32 scope;      /* of the declaration: what its path is made of */
  SondePlace place;
  guint64 address;
  const guint8 *address_at; /* where the file says so: what a relocation is about */
  gint64 constant;
  gboolean has_constant, is_declaration, is_external, is_in_function, has_file;
  SondeDwarfUnit *file_unit; /* whose file list @file counts in */
  guint64 file;
  guint32 line;
} SondeDwarfVariable;

typedef void (*SondeDwarfProgress) (double fraction, gpointer user_data);

/** sonde_dwarf_index_new: reads all units; those that cannot be read are in skipped. */
SondeDwarfIndex *sonde_dwarf_index_new (SondeDwarf *dwarf, SondeDwarfProgress progress,
                                        gpointer user_data);
/** sonde_dwarf_index_read: variable number @index of the index; FALSE: its entry cannot be read. */
gboolean sonde_dwarf_index_read (const SondeDwarfIndex *self, guint index, SondeDwarfVariable *row);
