/* elf-diff.h: what a rebuild did: added, removed, moved, retyped, resized variables */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-table.h"

typedef enum
{
  SONDE_CHANGE_ADDED = 1,
  SONDE_CHANGE_REMOVED = 2, /* gone, or no longer to be polled */
  SONDE_CHANGE_MOVED = 4,
  SONDE_CHANGE_RETYPED = 8, /* another type name, or another layout under the same name */
  SONDE_CHANGE_RESIZED = 16,
} SondeChangeFlags;

typedef struct
{
  const char *path;       /* of a leaf or root; borrowed from the diff */
  guint changes;          /* SondeChangeFlags */
  SondeVariable *old_one; /* NULL where added */
  SondeVariable *new_one; /* NULL where removed */
} SondeDiffRow;

/* Owned struct, one thread. */
typedef struct _SondeElfDiff SondeElfDiff;

/** sonde_elf_diff_new: by path, of everything that can be polled, roots opened into their leaves
 * where the root changed its type. Linear in both tables. */
SondeElfDiff *sonde_elf_diff_new (SondeSymbolTable *old_table, SondeSymbolTable *new_table);
void sonde_elf_diff_free (SondeElfDiff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeElfDiff, sonde_elf_diff_free)
guint sonde_elf_diff_get_n (SondeElfDiff *self);
/** sonde_elf_diff_get: sorted by path; borrowed. */
const SondeDiffRow *sonde_elf_diff_get (SondeElfDiff *self, guint index);
/** sonde_change_judge: what became of one variable; either may be NULL. 0: nothing. */
guint sonde_change_judge (SondeVariable *old_one, SondeVariable *new_one);
/** sonde_change_describe: (transfer full): "moved, resized". */
char *sonde_change_describe (guint changes);
