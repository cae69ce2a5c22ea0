/* dwarf-bases.h: base classes whose members would hide each other get a name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-shape.h"

/** sonde_dwarf_bases_name: (transfer full): members of a base class count as the class's own,
 * "d.x". Where another member or base has that name too, the base in the returned copy of @members
 * (SondeDwarfMember) has its own name and they become "d.Base.x": each path means one place. */
GArray *sonde_dwarf_bases_name (SondeDwarf *dwarf, GArray *members);
