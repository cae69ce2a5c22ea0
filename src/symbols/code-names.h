/* code-names.h: what stands at an address of a symbol image, and where a function stands */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-image.h"

/** sonde_code_names_find_place: index of the innermost (last begun) place with @address inside it
 * (of size 0: at it); FALSE where none. */
gboolean sonde_code_names_find_place (const SondeSymbolImage *image, guint64 address, guint *index);
/** sonde_code_names_dup_name: (transfer full) (nullable): of the function at @address as a pointer
 * holds it (on ARM with the Thumb bit): "motor_step", behind its start "motor_step+0x12". */
char *sonde_code_names_dup_name (const SondeSymbolImage *image, guint64 address);
/**
 * sonde_code_names_find:
 * @name: "motor_step", "bus::send" or "bus::send(int)", each also with "+0x12"
 * @address: as a pointer holds it
 *
 * Returns: FALSE where there is none, or several at different places
 */
gboolean sonde_code_names_find (const SondeSymbolImage *image, const char *name, guint64 *address);
