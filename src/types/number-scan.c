/* number-scan.c: a number as a person types it, without loss */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/number-scan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "types/float-text.h"

/* Beyond these every type is full or empty; sums of two do not overflow. */
#define MAX_EXPONENT 100000

static const struct
{
  const char *letter;
  int exponent;
} prefixes[] = {
  { "T", 12 }, { "G", 9 },         { "M", 6 },         { "k", 3 },  { "K", 3 },   { "m", -3 },
  { "u", -6 }, { "\xc2\xb5", -6 }, { "\xce\xbc", -6 }, { "n", -9 }, { "p", -12 },
};

static gboolean
take_word (const char **at, const char *word)
{
  const gsize length = strlen (word);

  if (g_ascii_strncasecmp (*at, word, length) != 0)
    return FALSE;
  *at += length;
  return TRUE;
}

/* FALSE where there is no digit, or more than 64 bits. */
static gboolean
scan_bits (const char *text, guint bits_per_digit, SondeNumber *number)
{
  if (*text == 0)
    return FALSE;
  number->kind = SONDE_NUMBER_BITS;
  for (; *text != 0; text++)
    {
      const int digit = g_ascii_xdigit_value (*text);

      if (digit < 0 || digit >> bits_per_digit != 0)
        return FALSE;
      if (number->bits >> (64 - bits_per_digit) != 0)
        return FALSE;
      number->bits = number->bits << bits_per_digit | (guint64) digit;
    }
  return TRUE;
}

/* Appends digits; returns how many there were, leading zeros too. */
static guint
take_digits (const char **at, SondeNumber *number)
{
  const char *start = *at;
  gsize n = strlen (number->digits);

  for (; g_ascii_isdigit (**at); (*at)++)
    if (n > 0 || **at != '0')
      number->digits[n++] = **at;
  number->digits[n] = 0;
  return (guint) (*at - start);
}

static gboolean
take_prefix (const char **at, int *exponent)
{
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (*at, prefixes[i].letter))
      {
        *at += strlen (prefixes[i].letter);
        *exponent = prefixes[i].exponent;
        return TRUE;
      }
  return FALSE;
}

static gboolean
take_exponent (const char **at, SondeNumber *number)
{
  const gboolean is_negative = (*at)[0] == '-';
  int exponent = 0;

  if ((*at)[0] == '-' || (*at)[0] == '+')
    (*at)++;
  if (!g_ascii_isdigit (**at))
    return FALSE;
  for (; g_ascii_isdigit (**at); (*at)++)
    exponent = MIN (exponent * 10 + (**at - '0'), MAX_EXPONENT);
  number->exponent += is_negative ? -exponent : exponent;
  return TRUE;
}

static void
drop_trailing_zeros (SondeNumber *number)
{
  gsize n = strlen (number->digits);

  for (; n > 0 && number->digits[n - 1] == '0'; n--)
    number->exponent++;
  number->digits[n] = 0;
  if (n == 0)
    number->exponent = 0;
}

static gboolean
scan_decimal (const char *at, SondeNumber *number)
{
  guint n_digits = take_digits (&at, number);
  int prefix = 0;
  gboolean has_prefix = n_digits > 0 && take_prefix (&at, &prefix);

  if (has_prefix || *at == '.')
    {
      at += has_prefix ? 0 : 1;
      const guint n_decimals = take_digits (&at, number);

      n_digits += n_decimals;
      number->exponent -= (int) n_decimals;
    }
  if (n_digits == 0)
    return FALSE;
  if (!has_prefix && (*at == 'e' || *at == 'E'))
    {
      at++;
      if (!take_exponent (&at, number))
        return FALSE;
    }
  else if (!has_prefix)
    take_prefix (&at, &prefix);
  number->exponent += prefix;
  drop_trailing_zeros (number);
  return *at == 0;
}

gboolean
sonde_number_scan (const char *text, SondeNumber *number)
{
  const char *at = text;

  *number = (SondeNumber){ .kind = SONDE_NUMBER_DECIMAL };
  if (strlen (text) > SONDE_NUMBER_MAX_DIGITS)
    return FALSE;
  number->is_negative = *at == '-';
  if (*at == '-' || *at == '+')
    at++;
  if (take_word (&at, "0x"))
    return scan_bits (at, 4, number);
  if (take_word (&at, "0b"))
    return scan_bits (at, 1, number);
  if (take_word (&at, "nan"))
    {
      number->kind = SONDE_NUMBER_NAN;
      return *at == 0;
    }
  if (take_word (&at, "infinity") || take_word (&at, "inf"))
    {
      number->kind = SONDE_NUMBER_INFINITE;
      return *at == 0;
    }
  return scan_decimal (at, number);
}

/* The last digit is not 0, so that anything below the point is not whole. */
static SondeNumberFit
decimal_to_whole (const SondeNumber *number, guint64 *whole)
{
  guint64 sum = 0;

  if (number->exponent < 0)
    return SONDE_NUMBER_NOT_WHOLE;
  for (const char *digit = number->digits; *digit != 0; digit++)
    if (!g_uint64_checked_mul (&sum, sum, 10)
        || !g_uint64_checked_add (&sum, sum, (guint64) (*digit - '0')))
      return SONDE_NUMBER_TOO_LARGE;
  for (int i = 0; sum > 0 && i < number->exponent; i++)
    if (!g_uint64_checked_mul (&sum, sum, 10))
      return SONDE_NUMBER_TOO_LARGE;
  *whole = sum;
  return SONDE_NUMBER_FITS;
}

SondeNumberFit
sonde_number_to_whole (const SondeNumber *number, guint64 *whole)
{
  *whole = number->bits;
  switch (number->kind)
    {
    case SONDE_NUMBER_DECIMAL:
      return decimal_to_whole (number, whole);
    case SONDE_NUMBER_BITS:
      return SONDE_NUMBER_FITS;
    case SONDE_NUMBER_INFINITE:
      return SONDE_NUMBER_TOO_LARGE;
    case SONDE_NUMBER_NAN:
    default:
      return SONDE_NUMBER_NOT_WHOLE;
    }
}

static double
read_decimal (const SondeNumber *number, gboolean is_single)
{
  char text[SONDE_NUMBER_MAX_DIGITS + 16];

  snprintf (text, sizeof text, "%se%d", *number->digits != 0 ? number->digits : "0",
            number->exponent);
  return sonde_float_read (text, is_single);
}

SondeNumberFit
sonde_number_to_float (const SondeNumber *number, gboolean is_single, double *f)
{
  switch (number->kind)
    {
    case SONDE_NUMBER_DECIMAL:
      *f = read_decimal (number, is_single);
      break;
    case SONDE_NUMBER_BITS:
      *f = is_single ? (double) (float) number->bits : (double) number->bits;
      break;
    case SONDE_NUMBER_INFINITE:
      *f = INFINITY;
      break;
    case SONDE_NUMBER_NAN:
    default:
      *f = NAN;
      break;
    }
  if (number->is_negative)
    *f = -*f;
  return isinf (*f) && number->kind != SONDE_NUMBER_INFINITE ? SONDE_NUMBER_TOO_LARGE
                                                             : SONDE_NUMBER_FITS;
}
