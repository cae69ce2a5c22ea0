/* program.h: where the programs of this project are found */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * sonde_program_dup_path:
 * @name: "sonde-symbols", "sonde-demo-board"
 *
 * Looks in the folder of the running program, then at its place in the build tree relative to that
 * folder (../src, ../../src,
 * ../firmware, ../../firmware: tests too run from the tree), then in libexecdir, last in bindir.
 *
 * Returns: (transfer full) (nullable): an absolute path of an executable file. Any thread.
 */
char *sonde_program_dup_path (const char *name);

/** sonde_program_dup_data_path: (transfer full) (nullable): a file of data/ by the same rule: build
 * tree (data/NAME), then datadir/sonde/NAME. */
char *sonde_program_dup_data_path (const char *name);
