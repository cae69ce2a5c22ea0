/* elf-debug.h: the debug sections of an ELF file as plain bytes: decompressed and relocated */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/elf-file.h"

/* Owned struct, one thread; the file must outlive it. */
typedef struct _SondeElfDebug SondeElfDebug;

SondeElfDebug *sonde_elf_debug_new (SondeElfFile *elf);
void sonde_elf_debug_free (SondeElfDebug *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeElfDebug, sonde_elf_debug_free)
/**
 * sonde_elf_debug_get:
 * @name: without ".debug_" or ".zdebug_"
 *
 * Sections of one name (a relocatable file has one for each group) follow each other. Nothing is
 * copied where the file has them as they are.
 *
 * Returns: lives as long as @self; empty where there is none, or none that can be read
 */
SondeSpan sonde_elf_debug_get (SondeElfDebug *self, const char *name);
/** sonde_elf_debug_get_problem: (nullable): what could not be read, and why. */
const char *sonde_elf_debug_get_problem (SondeElfDebug *self);
/** sonde_elf_debug_find_target: index of the section that the address written at @place counts
 * from; 0 where no relocation says so. */
guint sonde_elf_debug_find_target (SondeElfDebug *self, const guint8 *place);
