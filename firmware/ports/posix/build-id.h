/* build-id.h: finds the GNU build id in a note section */
/* SPDX-License-Identifier: MIT */
#ifndef DEMO_BUILD_ID_H
#define DEMO_BUILD_ID_H

#include <stddef.h>
#include <stdint.h>

/**
 * build_id_find:
 * @notes: a note segment, its parts padded to four bytes
 *
 * Returns: (nullable): the build id inside @notes, @size_out bytes
 */
const uint8_t *build_id_find (const void *notes, size_t size, size_t *size_out);

#endif
