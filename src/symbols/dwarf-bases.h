/* dwarf-bases.h: base classes whose members would hide each other get a name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-shape.h"

/** sonde_dwarf_bases_flatten: (transfer full): members of a base class count as the class's own,
 * "d.x". Where names clash they all stand in the returned copy of @members (SondeDwarfMember),
 * those that another one hides with their class in front, as C++ writes it: "d.Base::x". Each path
 * means one place. */
GArray *sonde_dwarf_bases_flatten (SondeDwarf *dwarf, GArray *members);
