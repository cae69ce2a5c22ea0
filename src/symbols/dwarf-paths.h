/* dwarf-paths.h: the path of a variable: its namespaces, classes and functions, and its name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-variables.h"

/* What was worked out for the last variable and may serve the next; owned struct, one thread. */
typedef struct _SondeDwarfPaths SondeDwarfPaths;

/** sonde_dwarf_paths_new: borrows @index for as long as it lives. */
SondeDwarfPaths *sonde_dwarf_paths_new (const SondeDwarfIndex *index);
void sonde_dwarf_paths_free (SondeDwarfPaths *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDwarfPaths, sonde_dwarf_paths_free)
/** sonde_dwarf_paths_get: lives until the next call; at least as long as the reader where it is
 * @row's own name. */
const char *sonde_dwarf_paths_get (SondeDwarfPaths *self, const SondeDwarfVariable *row);
/** sonde_dwarf_paths_dup_prefix: (transfer full): "ns::Class::" or "step(int)::", of what stands
 * directly inside @scope. */
char *sonde_dwarf_paths_dup_prefix (SondeDwarfPaths *self, guint32 scope);
/** sonde_dwarf_paths_get_unit: (nullable): the source file of the unit around @scope; lives as long
 * as the reader. */
const char *sonde_dwarf_paths_get_unit (SondeDwarfPaths *self, guint32 scope);
