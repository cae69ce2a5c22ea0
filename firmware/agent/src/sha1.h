/* sha1.h: SHA-1 of the one text that the WebSocket handshake hashes */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_SHA1_H
#define SONDE_SHA1_H

#include <stdint.h>

/** sonde_sha1: @text: the key of 24 characters and the 36 of RFC 6455. */
void sonde_sha1 (const uint8_t text[60], uint8_t digest[20]);

#endif
