/* path-letters.h: which letters occur in the paths of a variable and of all that is below it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-table.h"

/* Owned struct, one thread. Rules out most variables of a search without opening them. */
typedef struct _SondePathLetters SondePathLetters;

/** sonde_path_letters_new: holds the table. */
SondePathLetters *sonde_path_letters_new (SondeSymbolTable *table);
void sonde_path_letters_free (SondePathLetters *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondePathLetters, sonde_path_letters_free)
/** sonde_path_letters_of: all bits of sonde_symbol_mask() that a path below root @index may have;
 * every bit where a name is not ASCII, as letters of other scripts may fold into others. */
guint64 sonde_path_letters_of (const SondePathLetters *self, guint index);
