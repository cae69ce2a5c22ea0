/* type-names.h: types of a symbol image by the names that C programs give them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-table.h"

/**
 * sonde_type_name_squeeze:
 *
 * Returns: (transfer full): how equal types are spelled alike: without qualifiers outside
 * brackets, with blanks only between words, "long unsigned int" as "unsigned long"
 */
char *sonde_type_name_squeeze (const char *text, gsize length);

/* Owned struct, one thread. */
typedef struct _SondeTypeNames SondeTypeNames;

/** sonde_type_names_new: reads the names of all types of @table once. */
SondeTypeNames *sonde_type_names_new (SondeSymbolTable *table);
void sonde_type_names_free (SondeTypeNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeTypeNames, sonde_type_names_free)
/**
 * sonde_type_names_dup:
 * @name: squeezed: "struct motor", "motor", "ns::Thing", or the last part of that, "Thing"
 *
 * A definition wins over declarations; the same layout twice is one type.
 *
 * Returns: (transfer full): NULL without an error where the name is not known; NULL and
 * SONDE_TYPE_ERROR_PATH naming them where several types are called so
 */
SondeType *sonde_type_names_dup (SondeTypeNames *self, const char *name, GError **error);
