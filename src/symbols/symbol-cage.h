/* symbol-cage.h: runs sonde-symbols on an ELF file in a process of its own, with limits, progress
 * and cancel */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/reader-run.h"
#include "symbols/symbol-table.h"

typedef SondeReaderProgress SondeSymbolProgress;

/**
 * sonde_symbol_cage_load_async:
 * @elf_path: opened here, handed to the reader as a read-only descriptor
 *
 * Limits: address space 1 GiB (8 x the file above 256 MiB), CPU 20 s; no network, no other file. A
 * cancelled reader is killed.
 */
void sonde_symbol_cage_load_async (const char *elf_path, SondeSymbolProgress progress,
                                   gpointer progress_data, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
/** sonde_symbol_cage_load_finish: (transfer full): errors name the file and what to do (flag -g,
 * the unstripped file ..). */
SondeSymbolTable *sonde_symbol_cage_load_finish (GAsyncResult *result, GError **error);
/** sonde_symbol_cage_load_sections: (transfer full): of sections and symbol table alone, without
 * any variable: of a stripped file these are left; blocks, and is not kept in the cache. */
SondeSymbolTable *sonde_symbol_cage_load_sections (const char *elf_path, GError **error);
/** sonde_symbol_cage_load: the same, blocking, for sondectl. */
SondeSymbolTable *sonde_symbol_cage_load (const char *elf_path, SondeSymbolProgress progress,
                                          gpointer progress_data, GError **error);
