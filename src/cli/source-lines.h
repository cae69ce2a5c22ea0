/* source-lines.h: sondectl symbols --addr2line: which function and line an address of code is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/errand.h"

/** sonde_source_lines_print: rows for the addresses of --addr2line and of the arguments behind
 * FILE;
 * "-" is a text on standard input, printed with its addresses resolved. */
SondeExit sonde_source_lines_print (SondeErrand *errand, SondeSymbolTable *table);
