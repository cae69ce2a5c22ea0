/* test-number-scan.c: numbers as they are typed, without loss */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/number-scan.h"

#include <math.h>

typedef struct
{
  const char *text;
  SondeNumberFit fit;
  guint64 whole;
  double f; /* as a double */
} Case;

#define FITS SONDE_NUMBER_FITS
#define LARGE SONDE_NUMBER_TOO_LARGE
#define PARTS SONDE_NUMBER_NOT_WHOLE

static const Case cases[] = {
  { "0", FITS, 0, 0 },
  { "0000", FITS, 0, 0 },
  { "0.000", FITS, 0, 0 },
  { "12", FITS, 12, 12 },
  { "-12", FITS, 12, -12 },
  { "1200e-2", FITS, 12, 12 },
  { "0.0012e4", FITS, 12, 12 },
  { "0.0012e3", PARTS, 0, 1.2 },
  { "1k5", FITS, 1500, 1500 },
  { "1k", FITS, 1000, 1000 },
  { "1.5k", FITS, 1500, 1500 },
  { "0m5", PARTS, 0, 0.0005 },
  { "2T", FITS, G_GUINT64_CONSTANT (2000000000000), 2e12 },
  { "3n3", PARTS, 0, 3.3e-9 },
  { "7p", PARTS, 0, 7e-12 },
  { "18446744073709551615", FITS, G_MAXUINT64, 18446744073709551615.0 },
  { "18446744073709551616", LARGE, 0, 18446744073709551616.0 },
  { "1e19", FITS, G_GUINT64_CONSTANT (10000000000000000000), 1e19 },
  { "1e20", LARGE, 0, 1e20 },
  { "0x10", FITS, 16, 16 },
  { "-0xFF", FITS, 255, -255 },
  { "0b1101", FITS, 13, 13 },
  { "inf", LARGE, 0, INFINITY },
  { "-Infinity", LARGE, 0, -INFINITY },
  { "0.1", PARTS, 0, 0.1 },
  { "5e-324", PARTS, 0, 5e-324 },
};

static const char *const refused[] = {
  "",   "-",   "+",     ".",    "e5",    "1e",    "1e+",   "1.2.3",
  "0x", "0xg", "0b12",  "1k5k", "1k5e2", "1.5k5", "1e3k",  "0x10000000000000000",
  " 1", "1 ",  "1_000", "nanx", "infin", "k5",    "1.k.5",
};

static void
test_taken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SondeNumber number;
      guint64 whole = 0;
      double f;

      if (!sonde_number_scan (cases[i].text, &number))
        g_error ("%s is refused", cases[i].text);
      g_assert_cmpint (sonde_number_to_whole (&number, &whole), ==, cases[i].fit);
      if (cases[i].fit == FITS)
        g_assert_cmpuint (whole, ==, cases[i].whole);
      g_assert_cmpint (sonde_number_to_float (&number, FALSE, &f), ==, FITS);
      g_assert_cmpfloat (f, ==, cases[i].f);
    }
}

static void
test_refused (void)
{
  SondeNumber number;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (sonde_number_scan (refused[i], &number))
      g_error ("\"%s\" is taken", refused[i]);
}

static void
test_floats (void)
{
  SondeNumber number;
  double f;

  g_assert_true (sonde_number_scan ("nan", &number));
  g_assert_cmpint (sonde_number_to_float (&number, TRUE, &f), ==, FITS);
  g_assert_true (isnan (f));

  /* Rounded to a double first, this would fall on the half and then to the even float below. */
  g_assert_true (sonde_number_scan ("1.00000005960464477540", &number));
  g_assert_cmpint (sonde_number_to_float (&number, TRUE, &f), ==, FITS);
  g_assert_cmpfloat (f, ==, (double) 0x1.000002p0f);

  g_assert_true (sonde_number_scan ("1e39", &number));
  g_assert_cmpint (sonde_number_to_float (&number, TRUE, &f), ==, LARGE);
  g_assert_cmpint (sonde_number_to_float (&number, FALSE, &f), ==, FITS);
}

static void
test_length (void)
{
  g_autofree char *longest = g_strnfill (SONDE_NUMBER_MAX_DIGITS, '9');
  g_autofree char *longer = g_strnfill (SONDE_NUMBER_MAX_DIGITS + 1, '9');
  SondeNumber number;
  double f;

  g_assert_true (sonde_number_scan (longest, &number));
  g_assert_cmpint (sonde_number_to_float (&number, FALSE, &f), ==, FITS);
  g_assert_cmpfloat (f, ==, 1e128);
  g_assert_false (sonde_number_scan (longer, &number));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-scan/taken", test_taken);
  g_test_add_func ("/number-scan/refused", test_refused);
  g_test_add_func ("/number-scan/floats", test_floats);
  g_test_add_func ("/number-scan/length", test_length);
  return g_test_run ();
}
