/* layout.h: sondectl symbols --layout: where the members of a struct lie */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/complain.h"
#include "cli/errand.h"

/** sonde_layout_print: of the type that the options name, nested structs opened. */
SondeExit sonde_layout_print (SondeErrand *errand, SondeSymbolTable *table);
