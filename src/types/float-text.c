/* float-text.c: the shortest text that reads back to the same float */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/float-text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Powers of ten that a double holds exactly: dividing by one rounds once, as reading does. */
static const double powers[]
    = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

#define MAX_SINGLE 1e9                /* nine digits tell any two floats apart */
#define MAX_DOUBLE 9007199254740992.0 /* 2^53: every whole number below is exact */
#define LOWEST_FIXED (-5)             /* 0.00001 */
#define HIGHEST_FIXED 15              /* 1000000000000000 */

/* digits * 10^exponent */
typedef struct
{
  guint64 digits;
  int exponent;
} Decimal;

/* Half way between two floats: a text that reads as this double was rounded to get here, and read
 * as a float at once it may fall to the other side. */
static gboolean
is_between_floats (double f)
{
  guint64 bits;

  memcpy (&bits, &f, sizeof bits);
  return (bits & 0x1fffffff) == 0x10000000;
}

static gboolean
find_short_single (double f, Decimal *decimal)
{
  for (guint k = 0; k < G_N_ELEMENTS (powers); k++)
    {
      const double scaled = f * powers[k];

      if (scaled >= MAX_SINGLE)
        return FALSE;
      const guint64 n = (guint64) (scaled + 0.5);
      const double back = (double) n / powers[k];

      if ((float) back == (float) f && !is_between_floats (back))
        {
          *decimal = (Decimal){ n, -(int) k };
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
find_short_double (double f, Decimal *decimal)
{
  for (guint k = 0; k < G_N_ELEMENTS (powers); k++)
    {
      const double scaled = f * powers[k];

      if (scaled >= MAX_DOUBLE)
        return FALSE;
      const guint64 n = (guint64) (scaled + 0.5);

      if ((double) n / powers[k] == f)
        {
          *decimal = (Decimal){ n, -(int) k };
          return TRUE;
        }
    }
  return FALSE;
}

static guint
write_digits (guint64 number, char *out)
{
  char reversed[20];
  guint n = 0;

  do
    reversed[n++] = (char) ('0' + number % 10);
  while ((number /= 10) > 0);
  for (guint i = 0; i < n; i++)
    out[i] = reversed[n - 1 - i];
  return n;
}

static gsize
write_fixed (const char *digits, guint n, int exponent, char *out)
{
  char *at = out;

  if (exponent >= 0)
    {
      memcpy (at, digits, n);
      memset (at + n, '0', (gsize) exponent);
      return n + (gsize) exponent;
    }
  const guint n_decimals = (guint) -exponent;
  if (n_decimals >= n)
    {
      *at++ = '0';
      *at++ = '.';
      memset (at, '0', n_decimals - n);
      at += n_decimals - n;
      memcpy (at, digits, n);
      return (gsize) (at + n - out);
    }
  memcpy (at, digits, n - n_decimals);
  at += n - n_decimals;
  *at++ = '.';
  memcpy (at, digits + n - n_decimals, n_decimals);
  return n + 1;
}

static gsize
write_scientific (const char *digits, guint n, int scale, char *out)
{
  char *at = out;

  *at++ = digits[0];
  if (n > 1)
    {
      *at++ = '.';
      memcpy (at, digits + 1, n - 1);
      at += n - 1;
    }
  *at++ = 'e';
  if (scale < 0)
    *at++ = '-';
  at += write_digits ((guint64) ABS (scale), at);
  return (gsize) (at - out);
}

static gsize
write_decimal (const Decimal *decimal, char *out)
{
  char digits[20];
  const guint n = write_digits (decimal->digits, digits);
  const int scale = (int) n - 1 + decimal->exponent; /* of the first digit */
  gsize length;

  if (scale >= LOWEST_FIXED && scale <= HIGHEST_FIXED)
    length = write_fixed (digits, n, decimal->exponent, out);
  else
    length = write_scientific (digits, n, scale, out);
  out[length] = 0;
  return length;
}

/* Reads "%e"; its point is the locale's, whatever that is. */
static Decimal
parse_printed (const char *text)
{
  Decimal decimal = { 0, 0 };
  gint n = 0;

  for (; *text != 'e'; text++)
    if (g_ascii_isdigit (*text))
      {
        decimal.digits = decimal.digits * 10 + (guint64) (*text - '0');
        n++;
      }
  decimal.exponent = atoi (text + 1) - (n - 1);
  while (decimal.digits > 0 && decimal.digits % 10 == 0)
    {
      decimal.digits /= 10;
      decimal.exponent++;
    }
  return decimal;
}

static locale_t
get_c_locale (void)
{
  static gsize c_locale;

  if (g_once_init_enter (&c_locale))
    g_once_init_leave (&c_locale, (gsize) newlocale (LC_ALL_MASK, "C", (locale_t) 0));
  return (locale_t) c_locale;
}

double
sonde_float_read (const char *text, gboolean is_single)
{
  /* Through a double a float would be rounded twice. */
  return is_single ? (double) strtof_l (text, NULL, get_c_locale ())
                   : strtod_l (text, NULL, get_c_locale ());
}

static gboolean
reads_back (const Decimal *decimal, double f, gboolean is_single)
{
  char text[SONDE_FLOAT_TEXT_SIZE];

  write_decimal (decimal, text);
  return sonde_float_read (text, is_single) == f;
}

/* A decimal of 6 (15) digits comes out of a normal float (double) as it went in, so that no shorter
 * one need be tried: "%.6e" ends in zeros there. Below the normal range precision shrinks. */
static Decimal
find_by_trial (double f, gboolean is_single)
{
  const gboolean is_normal = f >= (is_single ? (double) FLT_MIN : DBL_MIN);
  const int enough = is_single ? FLT_DECIMAL_DIG : DBL_DECIMAL_DIG;
  int n = is_normal ? (is_single ? FLT_DIG : DBL_DIG) : 1;

  for (;; n++)
    {
      char printed[SONDE_FLOAT_TEXT_SIZE];

      snprintf (printed, sizeof printed, "%.*e", n - 1, f);
      const Decimal decimal = parse_printed (printed);
      if (n == enough || reads_back (&decimal, f, is_single))
        return decimal;
    }
}

static gsize
write_word (const char *word, char *buffer)
{
  g_strlcpy (buffer, word, SONDE_FLOAT_TEXT_SIZE);
  return strlen (word);
}

gsize
sonde_float_text (double f, gboolean is_single, char buffer[static SONDE_FLOAT_TEXT_SIZE])
{
  const double size = fabs (f);
  const gsize sign = signbit (f) ? 1 : 0;
  Decimal decimal;

  if (isnan (f))
    return write_word ("nan", buffer);
  if (isinf (f))
    return write_word (sign ? "-inf" : "inf", buffer);
  buffer[0] = '-';
  if (is_single ? !find_short_single (size, &decimal) : !find_short_double (size, &decimal))
    decimal = find_by_trial (size, is_single);
  return sign + write_decimal (&decimal, buffer + sign);
}
