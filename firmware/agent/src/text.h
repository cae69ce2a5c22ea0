/* text.h: writes text into a bounded buffer */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_TEXT_H
#define SONDE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What does not fit is left out as a whole and is_full stays set: check it once, at the end. */
typedef struct
{
  char *start;
  size_t size, cap;
  bool is_full;
} sonde_text;

void sonde_text_init (sonde_text *self, char *start, size_t cap);
void sonde_text_put (sonde_text *self, const char *text);
void sonde_text_put_bytes (sonde_text *self, const char *bytes, size_t size);
void sonde_text_put_dec (sonde_text *self, uint32_t value);
/** sonde_text_put_hex: lower case, exactly @digits. */
void sonde_text_put_hex (sonde_text *self, uint64_t value, unsigned digits);
/** sonde_text_put_address: as hosts write it: "0x%08X", longer where needed. */
void sonde_text_put_address (sonde_text *self, uintptr_t address);
/** sonde_text_put_escaped: as the inside of a JSON string of ASCII; what is no UTF-8 or does not
 * fit into @cap bytes in all ends or spoils nothing but itself. */
void sonde_text_put_escaped (sonde_text *self, const char *text, size_t cap);

#endif
