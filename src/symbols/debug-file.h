/* debug-file.h: names from separate debug information, where it belongs to the program */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-cage.h"

/**
 * sonde_debug_file_load_async:
 * @elf_path: the program, stripped of its names
 * @debug_path: where they went: "objcopy --only-keep-debug" makes it
 *
 * The two belong together where their build ids are the same; without build ids, where the program
 * names the checksum of the other (.gnu_debuglink). The table is that of @debug_path, its sections
 * are those of @elf_path. The rest as of sonde_symbol_cage_load_async().
 */
void sonde_debug_file_load_async (const char *elf_path, const char *debug_path,
                                  SondeSymbolProgress progress, gpointer progress_data,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
/** sonde_debug_file_load_finish: (transfer full): an error says which of the two does not fit. */
SondeSymbolTable *sonde_debug_file_load_finish (GAsyncResult *result, GError **error);
