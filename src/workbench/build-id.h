/* build-id.h: whether two build ids name the same firmware */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  SONDE_MATCH_UNKNOWN, /* nobody can tell, or there is no ELF: writes are allowed */
  SONDE_MATCH_YES,
  SONDE_MATCH_NO, /* reads may be wrong; writes are refused */
} SondeMatch;

/**
 * sonde_build_id_compare:
 * @board: as it announces it, "" none
 * @file: of the ELF file's note, "" none
 *
 * Capitals do not count. Some boards announce only the beginning of it: eight digits of one at
 * the begin of the other are a match, fewer are no proof of anything. Two that differ are of
 * different builds, whatever their length; text that is not hexadecimal is no build id.
 */
SondeMatch sonde_build_id_compare (const char *board, const char *file);
