/* file-notes.h: what a person must know about an ELF file before believing its addresses */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-table.h"

/** sonde_file_notes_tell: on stderr, a line each: link or section-relative addresses, missing debug
 * information, a file of names alone, every unit that could not be read. */
void sonde_file_notes_tell (SondeSymbolTable *table);
