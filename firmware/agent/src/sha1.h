/* sha1.h: SHA-1 of a short text, as the WebSocket handshake wants it */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_SHA1_H
#define SONDE_SHA1_H

#include <stddef.h>
#include <stdint.h>

void sonde_sha1 (const uint8_t *bytes, size_t size, uint8_t digest[20]);

#endif
