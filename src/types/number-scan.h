/* number-scan.h: a number as a person types it, without loss */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define SONDE_NUMBER_MAX_DIGITS 128

typedef enum
{
  SONDE_NUMBER_DECIMAL,
  SONDE_NUMBER_BITS, /* 0x.. and 0b.. */
  SONDE_NUMBER_NAN,
  SONDE_NUMBER_INFINITE,
} SondeNumberKind;

typedef struct
{
  SondeNumberKind kind;
  gboolean is_negative;
  guint64 bits;
  char digits[SONDE_NUMBER_MAX_DIGITS + 1]; /* DECIMAL: without zeros at either end; "" is zero */
  int exponent;                             /* of ten, behind the last digit */
} SondeNumber;

typedef enum
{
  SONDE_NUMBER_FITS,
  SONDE_NUMBER_TOO_LARGE,
  SONDE_NUMBER_NOT_WHOLE,
} SondeNumberFit;

/**
 * sonde_number_scan:
 * @text: "-12", "1.5e3", "0xff", "0b101", "1k5", "2M", "10m", "nan", "-inf"; nothing around it
 *
 * The letters T G M k m u n p stand behind a number or in the place of its point.
 *
 * Returns: FALSE where it is no number, or longer than SONDE_NUMBER_MAX_DIGITS
 */
gboolean sonde_number_scan (const char *text, SondeNumber *number);
/** sonde_number_to_whole: the size of a DECIMAL or of BITS, exactly, its sign aside. */
SondeNumberFit sonde_number_to_whole (const SondeNumber *number, guint64 *whole);
/** sonde_number_to_float: next to the number as the type holds it; TOO_LARGE where that is
 * infinite. */
SondeNumberFit sonde_number_to_float (const SondeNumber *number, gboolean is_single, double *f);
