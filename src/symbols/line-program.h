/* line-program.h: runs one line program of DWARF 2 to 5 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-attributes.h"

/* The machine's registers that matter here. */
typedef struct
{
  guint64 address;
  guint64 file, line, column;
  guint op_index;  /* of machines that pack several operations into one word */
  gboolean is_end; /* the first address behind a sequence; file and line say nothing */
} SondeLineState;

typedef void (*SondeLineFunc) (const SondeLineState *state, gpointer user_data);

/** sonde_line_program_run: @offset: of its head in .debug_line; @root: of the unit that has it.
 * FALSE where it is damaged: what came before has been told. */
gboolean sonde_line_program_run (const SondeDie *root, guint64 offset, SondeLineFunc func,
                                 gpointer user_data);
