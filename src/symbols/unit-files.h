/* unit-files.h: the source file of a unit, by what lies in it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/entry-list.h"

/* Owned struct, one thread; texts live as long. */
typedef struct _SondeUnitFiles SondeUnitFiles;

/** sonde_unit_files_new: with all variables that @writer has; the index must outlive it. */
SondeUnitFiles *sonde_unit_files_new (const SondeDwarfIndex *index, SondeImageWriter *writer);
void sonde_unit_files_free (SondeUnitFiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeUnitFiles, sonde_unit_files_free)
/** sonde_unit_files_of_function / variable: (nullable): full path of the unit that has the one
 * which begins at @address; @path is the variable's in the image, 0: none. Fast for addresses that
 * rise. */
const char *sonde_unit_files_of_function (SondeUnitFiles *self, guint64 address);
const char *sonde_unit_files_of_variable (SondeUnitFiles *self, guint64 address, guint32 *path);
/** sonde_unit_files_has_variable: the image tells of one of @size bytes at @address. */
gboolean sonde_unit_files_has_variable (SondeUnitFiles *self, guint64 address, guint64 size);
/** sonde_unit_files_complete: (nullable): the full path of the one unit whose file has this name
 * ("main.c", "src/main.c"); @name itself where there is none, or several. */
const char *sonde_unit_files_complete (const SondeUnitFiles *self, const char *name);
