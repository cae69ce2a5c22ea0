/* dwarf-lines.h: the line programs of an ELF file as one table of addresses */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * sonde_dwarf_lines_build:
 * @fd: of the file, not taken
 * @name: for messages
 *
 * Returns: (transfer full): a line image; NULL and STRIPPED where no unit tells its lines
 */
GBytes *sonde_dwarf_lines_build (int fd, const char *name, GError **error);
