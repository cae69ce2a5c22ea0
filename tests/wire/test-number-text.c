/* test-number-text.c: the ways in which boards write numbers */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "wire/number-text.h"

typedef struct
{
  const char *text;
  SondeAnswerForm form;
  guint64 bits;
  double number;
} Case;

// clang-format off
static const Case cases[] = {
  { "42",                   SONDE_ANSWER_BITS,   42,             0 },
  { "08",                   SONDE_ANSWER_BITS,   8,              0 },
  { " 7 ",                  SONDE_ANSWER_BITS,   7,              0 },
  { "0x2A",                 SONDE_ANSWER_BITS,   42,             0 },
  { "0X00000000000000002a", SONDE_ANSWER_BITS,   42,             0 },
  { "0b00101010",           SONDE_ANSWER_BITS,   42,             0 },
  { "0B1",                  SONDE_ANSWER_BITS,   1,              0 },
  { "18446744073709551615", SONDE_ANSWER_BITS,   G_MAXUINT64,    0 },
  { "0xffffffffffffffff",   SONDE_ANSWER_BITS,   G_MAXUINT64,    0 },
  { "18446744073709551616", SONDE_ANSWER_NUMBER, 0, 18446744073709551616.0 },
  { "-5",                   SONDE_ANSWER_NUMBER, 0,             -5 },
  { "1.5",                  SONDE_ANSWER_NUMBER, 0,            1.5 },
  { "1e3",                  SONDE_ANSWER_NUMBER, 0,           1000 },
  { "-inf",                 SONDE_ANSWER_NUMBER, 0,      -INFINITY },
  { "-Infinity",            SONDE_ANSWER_NUMBER, 0,      -INFINITY },
  { "1e400",                SONDE_ANSWER_NONE,   0,              0 },
  { "-1e400",               SONDE_ANSWER_NONE,   0,              0 },
  { "",                     SONDE_ANSWER_NONE,   0,              0 },
  { "0x",                   SONDE_ANSWER_NONE,   0,              0 },
  { "0b",                   SONDE_ANSWER_NONE,   0,              0 },
  { "0b12",                 SONDE_ANSWER_NONE,   0,              0 },
  { "0x1ffffffffffffffff",  SONDE_ANSWER_NONE,   0,              0 },
  { "-0x1",                 SONDE_ANSWER_NONE,   0,              0 },
  { "0x1p3",                SONDE_ANSWER_NONE,   0,              0 },
  { "1 2",                  SONDE_ANSWER_NONE,   0,              0 },
  { "speed",                SONDE_ANSWER_NONE,   0,              0 },
};
// clang-format on

static void
test_case (gconstpointer data)
{
  const Case *item = data;
  guint64 bits = 0;
  double number = 0;

  g_assert_cmpint (sonde_number_text_parse_value (item->text, strlen (item->text), &bits, &number),
                   ==, item->form);
  if (item->form == SONDE_ANSWER_BITS)
    g_assert_cmpuint (bits, ==, item->bits);
  if (item->form == SONDE_ANSWER_NUMBER)
    g_assert_cmpfloat (number, ==, item->number);
}

static void
test_long (void)
{
  g_autofree char *zeros = g_strnfill (100, '0');
  guint64 bits = 1;
  double number = 0;

  /* A board that pads to more than 64 digits has still said a number; the rest is no number. */
  g_assert_cmpint (sonde_number_text_parse_value (zeros, 100, &bits, &number), ==,
                   SONDE_ANSWER_BITS);
  g_assert_cmpuint (bits, ==, 0);
  zeros[50] = '.';
  g_assert_cmpint (sonde_number_text_parse_value (zeros, 100, &bits, &number), ==,
                   SONDE_ANSWER_NONE);
}

static void
test_address (void)
{
  guint64 address = 0;

  g_assert_true (sonde_number_text_parse_address ("0x20000100", 10, &address));
  g_assert_cmphex (address, ==, 0x20000100);
  g_assert_true (sonde_number_text_parse_address ("20000104", 8, &address));
  g_assert_cmphex (address, ==, 0x20000104);
  g_assert_true (sonde_number_text_parse_address ("0x000000002000aBcD", 18, &address));
  g_assert_cmphex (address, ==, 0x2000abcd);
  g_assert_false (sonde_number_text_parse_address ("", 0, &address));
  g_assert_false (sonde_number_text_parse_address ("motor", 5, &address));
  g_assert_false (sonde_number_text_parse_address ("0x1ffffffffffffffff", 19, &address));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/number-text/value/%u", i);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/number-text/long", test_long);
  g_test_add_func ("/number-text/address", test_address);
  return g_test_run ();
}
