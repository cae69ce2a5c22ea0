/* dwarf-files.h: the source files that entries name by number */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-attributes.h"

/**
 * sonde_dwarf_get_file:
 * @unit: whose line table lists it
 * @index: as DW_AT_decl_file has it
 *
 * Returns: (nullable): its full path as far as the unit tells it; lives as long as the reader
 */
const char *sonde_dwarf_get_file (SondeDwarf *self, SondeDwarfUnit *unit, guint64 index);
/** sonde_dwarf_get_unit_path: (nullable): full path of the unit's own file, without "..", as far as
 * the unit tells it; lives as long as the reader. */
const char *sonde_dwarf_get_unit_path (SondeDwarf *self, SondeDwarfUnit *unit);
