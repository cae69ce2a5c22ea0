/* base64.h: bytes as base64 and back, without a buffer of its own */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_BASE64_H
#define SONDE_BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/json.h"

/** sonde_base64_get_size: characters for @size bytes. */
size_t sonde_base64_get_size (size_t size);
/** sonde_base64_encode: @out may lie before @bytes in one buffer, if the text ends before the bytes
 * do or with them: it never overtakes what is not yet read. */
void sonde_base64_encode (const uint8_t *bytes, size_t size, char *out);

/* Reads the bytes of a base64 string one by one. */
typedef struct
{
  sonde_json text;
  uint32_t bits;
  unsigned n_bits;
  bool is_bad;
} sonde_base64;

void sonde_base64_init (sonde_base64 *self, const sonde_json *text);
/** sonde_base64_next: -1 at the end; is_bad says whether it was a proper one. */
int sonde_base64_next (sonde_base64 *self);

#endif
