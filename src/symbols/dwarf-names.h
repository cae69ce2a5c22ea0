/* dwarf-names.h: a type as its source would write it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-variables.h"

/**
 * sonde_dwarf_type_name:
 * @key: 0 is void
 * @skip: so many leading dimensions of an array are left out: the name of its rows
 *
 * Returns: (transfer full): "const char *", "struct motor", "ns::Motor", "double[3][4]"
 */
char *sonde_dwarf_type_name (const SondeDwarfIndex *index, SondeDieKey key, guint skip);
/** sonde_dwarf_type_name_qualified: with @qualifiers (SondeDwarfQualifier) on top of its own. */
char *sonde_dwarf_type_name_qualified (const SondeDwarfIndex *index, SondeDieKey key, guint skip,
                                       guint qualifiers);
