/* name-linker.h: what the linker knows of a name: its own symbols, functions, sections */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/elf-file.h"

/** sonde_name_linker: (element-type utf8) (transfer full): "a linker symbol at 0x20005000: read it
 * as 0x20005000:u32", "a function at 0x08000100", "a section at 0x20000000, 1024 bytes". */
GPtrArray *sonde_name_linker (SondeElfFile *elf, const char *name);
