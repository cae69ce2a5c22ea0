/* test-float-text.c: the shortest text that reads back to the same float */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/float-text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_SAMPLES 1000000

typedef struct
{
  double f;
  gboolean is_single;
  const char *text;
} Case;

static const Case cases[] = {
  { 0.0, TRUE, "0" },
  { -0.0, TRUE, "-0" },
  { 1.0, TRUE, "1" },
  { -1500.0, TRUE, "-1500" },
  { 0.1f, TRUE, "0.1" },
  { 0.1f, FALSE, "0.10000000149011612" },
  { 0.1, FALSE, "0.1" },
  { 0.3, FALSE, "0.3" },
  { 0.1 + 0.2, FALSE, "0.30000000000000004" },
  { 3.14159274f, TRUE, "3.1415927" },
  { 3.141592653589793, FALSE, "3.141592653589793" },
  { 1234.5677f, TRUE, "1234.5677" },
  { 16777216.0f, TRUE, "16777216" },
  { 16777218.0f, TRUE, "16777218" },
  { 1e9f, TRUE, "1000000000" },
  { 1.6777216e10f, TRUE, "16777216000" },
  { 1e15f, TRUE, "1000000000000000" },
  { 1e16f, TRUE, "1e16" },
  { 1e15, FALSE, "1000000000000000" },
  { 1e16, FALSE, "1e16" },
  { 9007199254740991.0, FALSE, "9007199254740991" },
  { 9007199254740993.0, FALSE, "9007199254740992" },
  { 0.00001, FALSE, "0.00001" },
  { 0.000012345, FALSE, "0.000012345" },
  { 0.000001, FALSE, "1e-6" },
  { 1.5e-7f, TRUE, "1.5e-7" },
  { FLT_MAX, TRUE, "3.4028235e38" },
  { FLT_MIN, TRUE, "1.1754944e-38" },
  { FLT_TRUE_MIN, TRUE, "1e-45" },
  { DBL_MAX, FALSE, "1.7976931348623157e308" },
  { DBL_MIN, FALSE, "2.2250738585072014e-308" },
  { DBL_TRUE_MIN, FALSE, "5e-324" },
  { -DBL_TRUE_MIN, FALSE, "-5e-324" },
  { 1e23, FALSE, "1e23" },
  { 1.2345678901234567e-100, FALSE, "1.2345678901234567e-100" },
  { NAN, FALSE, "nan" },
  { NAN, TRUE, "nan" },
  { INFINITY, TRUE, "inf" },
  { -INFINITY, FALSE, "-inf" },
};

static void
test_cases (void)
{
  char text[SONDE_FLOAT_TEXT_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const gsize length = sonde_float_text (cases[i].f, cases[i].is_single, text);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpuint (length, ==, strlen (text));
    }
}

static float
single_from_bits (guint32 bits)
{
  float f;

  memcpy (&f, &bits, sizeof f);
  return f;
}

static double
double_from_bits (guint64 bits)
{
  double f;

  memcpy (&f, &bits, sizeof f);
  return f;
}

/* Two readers: one that rounds once, and one that goes through a double as many programs do. */
static void
assert_single_reads_back (guint32 bits)
{
  const float f = single_from_bits (bits);
  char text[SONDE_FLOAT_TEXT_SIZE];

  sonde_float_text (f, TRUE, text);
  const float direct = strtof (text, NULL);
  const float detour = (float) strtod (text, NULL);
  if (isnan (f) ? !isnan (direct)
                : memcmp (&f, &direct, sizeof f) || memcmp (&f, &detour, sizeof f))
    g_error ("%08x: %s reads back as another float", bits, text);
}

static void
assert_double_reads_back (guint64 bits)
{
  const double f = double_from_bits (bits);
  char text[SONDE_FLOAT_TEXT_SIZE];

  sonde_float_text (f, FALSE, text);
  const double back = strtod (text, NULL);
  if (isnan (f) ? !isnan (back) : memcmp (&f, &back, sizeof f))
    g_error ("%016" G_GINT64_MODIFIER "x: %s reads back as another double", bits, text);
}

/* Both ends and the middle of every exponent, both signs. */
static void
test_exponents (void)
{
  static const guint64 mantissas[]
      = { 0, 1, 2, G_GUINT64_CONSTANT (0x8000000000000), G_GUINT64_CONSTANT (0xfffffffffffff) };
  static const guint32 short_mantissas[] = { 0, 1, 2, 0x400000, 0x7fffff, 0x7ffffe };

  for (guint64 exponent = 0; exponent < 4096; exponent++)
    for (guint i = 0; i < G_N_ELEMENTS (mantissas); i++)
      assert_double_reads_back (exponent << 52 | mantissas[i]);
  for (guint32 exponent = 0; exponent < 512; exponent++)
    for (guint i = 0; i < G_N_ELEMENTS (short_mantissas); i++)
      assert_single_reads_back (exponent << 23 | short_mantissas[i]);
}

static void
test_single_samples (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_SAMPLES; i++)
    assert_single_reads_back (g_rand_int (rand));
}

/* Half of them any bits, the other half of the size that sensors have. */
static void
test_double_samples (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < N_SAMPLES; i++)
    {
      const guint64 any = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
      const guint64 exponent = 1023 - 20 + any % 40;

      assert_double_reads_back (
          i % 2 == 0 ? any : (any & G_GUINT64_CONSTANT (0x800fffffffffffff)) | exponent << 52);
    }
}

/* What was typed with few digits comes out with as few. */
static void
test_decimals (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 200000; i++)
    {
      const guint n = g_rand_int_range (rand, 1, 1000000);
      const guint n_decimals = g_rand_int_range (rand, 1, 6);
      const guint one = (guint[]){ 1, 10, 100, 1000, 10000, 100000 }[n_decimals];
      char text[SONDE_FLOAT_TEXT_SIZE];

      if (n % 10 == 0)
        continue;
      g_autofree char *typed = g_strdup_printf ("%u.%0*u", n / one, (int) n_decimals, n % one);
      sonde_float_text (strtod (typed, NULL), FALSE, text);
      g_assert_cmpstr (text, ==, typed);
      sonde_float_text (strtof (typed, NULL), TRUE, text);
      g_assert_cmpstr (text, ==, typed);
    }
}

static guint
count_digits (const char *text)
{
  guint n = 0, n_zeros = 0;

  for (; *text != 0 && *text != 'e'; text++)
    if (g_ascii_isdigit (*text) && (n > 0 || *text != '0'))
      {
        n++;
        n_zeros = *text == '0' ? n_zeros + 1 : 0;
      }
  return n - n_zeros;
}

/* The next shorter text, made by the C library, never reads back. A whole number of up to nine
 * digits is exact instead: with a zero at its end it would be no shorter. */
static void
test_shortest (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < 100000; i++)
    {
      const float f = single_from_bits (g_rand_int (rand));
      char text[SONDE_FLOAT_TEXT_SIZE], shorter[64];

      if (!isfinite (f) || f == 0)
        continue;
      sonde_float_text (f, TRUE, text);
      const guint n = count_digits (text);
      if (n < 2 || strpbrk (text, ".e") == NULL)
        continue;
      snprintf (shorter, sizeof shorter, "%.*e", (int) n - 2, f);
      if (strtof (shorter, NULL) == f)
        g_error ("%s has more digits than %s", text, shorter);
    }
}

/* A decimal comma must neither get into the text nor stop it from reading back. */
static void
test_locale (void)
{
  static const char *const names[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE" };
  gboolean is_set = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names) && !is_set; i++)
    is_set = setlocale (LC_NUMERIC, names[i]) != NULL;
  if (!is_set)
    {
      g_test_skip ("no locale with a decimal comma here");
      return;
    }
  test_cases ();
  g_assert_cmpfloat (sonde_float_read ("1.5", FALSE), ==, 1.5);
  setlocale (LC_NUMERIC, "C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/float-text/cases", test_cases);
  g_test_add_func ("/float-text/exponents", test_exponents);
  g_test_add_func ("/float-text/single-samples", test_single_samples);
  g_test_add_func ("/float-text/double-samples", test_double_samples);
  g_test_add_func ("/float-text/decimals", test_decimals);
  g_test_add_func ("/float-text/shortest", test_shortest);
  g_test_add_func ("/float-text/locale", test_locale);
  return g_test_run ();
}
