/* lookup.h: sondectl symbols --at: what lies at an address */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/errand.h"

/** sonde_lookup_scan: hexadecimal as everywhere, with or without "0x"; FALSE for anything else. */
gboolean sonde_lookup_scan (const char *text, guint64 *address);
/** sonde_lookup_check: of --at and --addr2line: OK, or USAGE after saying which text is no address.
 */
SondeExit sonde_lookup_check (const SondeOptions *options);
/** sonde_lookup_print_at: rows for each --at. */
void sonde_lookup_print_at (SondeErrand *errand, SondeSymbolTable *table);
