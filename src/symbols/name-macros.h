/* name-macros.h: macros that a compiler wrote down (-g3) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-units.h"

/** sonde_name_macros: (element-type utf8) (transfer full): "macro 42", "macro (1 << 3)" for each
 * different text that the macro @name stands for; with arguments: "macro with arguments". */
GPtrArray *sonde_name_macros (SondeDwarf *dwarf, const char *name);
