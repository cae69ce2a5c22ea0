/* dwarf-numbers.h: what a number of a base type or an enumeration is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-shape.h"
#include "symbols/symbol-image.h"

/** sonde_dwarf_number_judge: sets kind, encoding and sign by DW_ATE_..; FALSE: bytes without a
 * meaning here (complex, decimal, ..). */
gboolean sonde_dwarf_number_judge (const SondeDwarfShape *shape, SondeImageType *row);
/** sonde_dwarf_number_extend: the lowest @size bytes, with the sign's bits above where it has one.
 */
guint64 sonde_dwarf_number_extend (guint64 value, guint64 size, gboolean is_signed);
/** sonde_dwarf_number_is_signed_enum: the underlying type knows; where it is not told, a negative
 * name does. */
gboolean sonde_dwarf_number_is_signed_enum (SondeDwarf *dwarf, const SondeDwarfShape *shape);
