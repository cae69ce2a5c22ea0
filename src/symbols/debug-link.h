/* debug-link.h: what an ELF file says of itself and of the file that its names were moved to */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/elf-file.h"

/** sonde_debug_link_read: (transfer full) (nullable): name and CRC-32 that .gnu_debuglink holds.
 * The name is a text for a person; nobody opens it. */
char *sonde_debug_link_read (SondeElfFile *elf, guint32 *crc);
/** sonde_debug_link_describe: (transfer full): "build-id HEX" and "link CRC NAME", a line each, of
 * the file open at @fd. */
GBytes *sonde_debug_link_describe (int fd, const char *name, GError **error);
