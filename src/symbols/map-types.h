/* map-types.h: what the type names of a memory map mean */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/type.h"

/** sonde_map_type_size: bytes by name: case, "_" and blanks do not count. "uint8_t" 1, "Short" 2,
 * "float" 4, "double" 8, else by the digits in it ("q_24" does not, "fix16" does), else 4. */
guint64 sonde_map_type_size (const char *name);
/**
 * sonde_map_type_new:
 * @size: bytes; 0: by the name
 *
 * The name also says whether it is a float, bool, char or signed; "unsigned int:3@4" is a field of
 * 3 bits from bit 4 on.
 *
 * Returns: (transfer full): named @name
 */
SondeType *sonde_map_type_new (const char *name, guint64 size);
/** sonde_map_type_dup_name: (transfer full): a name that makes a type like @type, its own where it
 * does: "float", "uint32_t" for an enumeration, "unsigned int:3@4". */
char *sonde_map_type_dup_name (const SondeType *type);
