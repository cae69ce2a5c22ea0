/* name-words.h: parts of an answer about a name: constants, lines of source, example paths */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/name-find.h"

/** sonde_name_words_constant: (transfer full): "42", "-1", "0.5", "true", "'A'", "\"text\"": the
 * DW_AT_const_value of @die as a value of the type at @type (0: as a number). */
char *sonde_name_words_constant (const SondeDie *die, SondeDieKey type);
/** sonde_name_words_source: (transfer full): " (motor.c:118)", "" where the file does not tell. */
char *sonde_name_words_source (const SondeDie *die);
/** sonde_name_words_type: (transfer full): "struct motor"; where it has no name that of a typedef.
 */
char *sonde_name_words_type (const SondeDwarfIndex *index, SondeDieKey key);
/** sonde_name_words_example: (transfer full) (nullable): path of a variable with fixed address that
 * is of the type at @type or holds one: "motor", "axis[0].gains". */
char *sonde_name_words_example (const SondeDwarfIndex *index, SondeDieKey type);
