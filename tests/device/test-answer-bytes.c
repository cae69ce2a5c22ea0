/* test-answer-bytes.c: what a board answered as the bytes of a variable */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/answer-bytes.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char *name;
  SondeEncoding encoding;
  guint size;
  int byte_order;
  SondeAnswerForm form;
  guint64 bits;
  double number;
  guint slice_offset, slice_size; /* of the variable */
  const char *expected;           /* its bytes as hex; NULL: refused */
} Case;

#define SIGNED SONDE_ENCODING_SIGNED
#define UNSIGNED SONDE_ENCODING_UNSIGNED
#define FLOAT SONDE_ENCODING_FLOAT
#define BITS SONDE_ANSWER_BITS
#define NUMBER SONDE_ANSWER_NUMBER
#define LITTLE G_LITTLE_ENDIAN
#define BIG G_BIG_ENDIAN

/* clang-format off */
static const Case cases[] = {
  { "/answer/bits/little",    UNSIGNED, 4, LITTLE, BITS,   0x12345678, 0,     0, 4, "78563412" },
  { "/answer/bits/big",       UNSIGNED, 4, BIG,    BITS,   0x12345678, 0,     0, 4, "12345678" },
  { "/answer/half/low",       UNSIGNED, 8, LITTLE, BITS,   0x12345678, 0,     0, 4, "7856341200000000" },
  { "/answer/half/high",      UNSIGNED, 8, LITTLE, BITS,   0x12345678, 0,     4, 4, "0000000078563412" },
  { "/answer/half/big",       UNSIGNED, 8, BIG,    BITS,   0x12345678, 0,     4, 4, "0000000012345678" },
  { "/answer/float",          FLOAT,    4, LITTLE, NUMBER, 0,          42.5,  0, 4, "00002a42" },
  { "/answer/double",         FLOAT,    8, BIG,    NUMBER, 0,          -2,    0, 8, "c000000000000000" },
  { "/answer/float-too-large",FLOAT,    4, LITTLE, NUMBER, 0,          1e40,  0, 4, NULL },
  { "/answer/float-too-small",FLOAT,    4, LITTLE, NUMBER, 0,         -1e40,  0, 4, NULL },
  { "/answer/float-largest",  FLOAT,    4, LITTLE, NUMBER, 0, 3.4028234e38,   0, 4, "ffff7f7f" },
  { "/answer/double-1e40",    FLOAT,    8, BIG,    NUMBER, 0,          1e40,  0, 8, "483d6329f1c35ca5" },
  { "/answer/infinity",       FLOAT,    4, LITTLE, NUMBER, 0,      INFINITY,  0, 4, "0000807f" },
  { "/answer/nan-of-float",   FLOAT,    4, LITTLE, NUMBER, 0,           NAN,  0, 4, "0000c07f" },
  { "/answer/nan-of-int",     SIGNED,   4, LITTLE, NUMBER, 0,           NAN,  0, 4, NULL },
  { "/answer/minus",          SIGNED,   2, LITTLE, NUMBER, 0,          -3,    0, 2, "fdff" },
  { "/answer/whole",          UNSIGNED, 2, LITTLE, NUMBER, 0,          300,   0, 2, "2c01" },
  { "/answer/fraction-of-int",SIGNED,   4, LITTLE, NUMBER, 0,          1.5,   0, 4, NULL },
  { "/answer/minus-unsigned", UNSIGNED, 4, LITTLE, NUMBER, 0,          -1,    0, 4, NULL },
  { "/answer/out-of-range",   UNSIGNED, 1, LITTLE, NUMBER, 0,          256,   0, 1, NULL },
  { "/answer/huge",           SIGNED,   8, LITTLE, NUMBER, 0,          1e300, 0, 8, NULL },
  { "/answer/number-of-half", UNSIGNED, 8, LITTLE, NUMBER, 0,          7,     0, 4, NULL },
};
/* clang-format on */

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (SondeType) type = sonde_type_new_base (SONDE_KIND_NUMBER, "x", test->encoding,
                                                    test->encoding != UNSIGNED, test->size);
  SondeVariableInfo info = { .path = "x", .type = type, .byte_order = test->byte_order };
  g_autoptr (SondeVariable) variable = sonde_variable_new (&info);
  SondeReply reply = { .form = test->form, .bits = test->bits, .number = test->number };
  SondeSlice slice = { .place_offset = test->slice_offset, .size = test->slice_size };
  guint8 bytes[8] = { 0 };
  const char *error = sonde_answer_store (&reply, &slice, variable, bytes);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < test->size; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  if (test->expected == NULL)
    g_assert_nonnull (error);
  else
    g_assert_cmpstr (text->str, ==, test->expected);
}

static void
test_data (void)
{
  g_autoptr (SondeType) type = sonde_type_new_base (SONDE_KIND_NUMBER, "x", UNSIGNED, FALSE, 4);
  SondeVariableInfo info = { .path = "x", .type = type, .byte_order = BIG };
  g_autoptr (SondeVariable) variable = sonde_variable_new (&info);
  SondeReply reply = { .data = (const guint8 *) "abcdefgh" };
  SondeSlice slice = { .read_offset = 3, .place_offset = 1, .size = 2 };
  guint8 bytes[4] = "....";

  g_assert_null (sonde_answer_store (&reply, &slice, variable, bytes));
  g_assert_cmpmem (bytes, 4, ".de.", 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/answer/data", test_data);
  return g_test_run ();
}
