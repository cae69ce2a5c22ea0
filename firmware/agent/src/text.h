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
void sonde_text_put_bytes (sonde_text *self, const char *bytes, size_t size);
/** sonde_text_put_escaped: as the inside of a JSON string, at most @cap bytes of it; what is no
 * UTF-8 becomes "?". */
void sonde_text_put_escaped (sonde_text *self, const char *text, size_t cap);
/** sonde_text_put_hex: lower case, exactly @digits, at most those of an address. */
void sonde_text_put_hex (sonde_text *self, uintptr_t value, unsigned digits);
/**
 * sonde_text_put:
 * @template: the text, in which stand for arguments: "$" a const char *, "#" a uint32_t in decimal,
 *   "&" a uintptr_t in at least eight hexadecimal digits
 *
 * Answers are built from few long templates: each call costs a small board more than its letters.
 */
void sonde_text_put (sonde_text *self, const char *template, ...);

#endif
