/* utf8.h: tells well-formed UTF-8 */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_UTF8_H
#define SONDE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** sonde_utf8_next: bytes of the first character, 0 where it is malformed or cut. */
size_t sonde_utf8_next (const uint8_t *text, size_t size);
bool sonde_utf8_is_valid (const uint8_t *text, size_t size);

#endif
