/* checksum.h: CRC-32 as of IEEE 802.3, zlib and PNG */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * sonde_checksum_crc32:
 * @before: 0, or the checksum of what came before @data
 *
 * Returns: 0xcbf43926 for "123456789". Any thread.
 */
guint32 sonde_checksum_crc32 (guint32 before, const void *data, gsize size);
