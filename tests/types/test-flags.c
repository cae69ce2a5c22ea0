/* test-flags.c: which enumerations hold flags, and how such values are shown */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/flags.h"

#include "types/text.h"

#define MAX_VALUES 8

typedef struct
{
  const char *name;
  gint64 values[MAX_VALUES];
  guint n, size;
  SondeEncoding encoding;
  gboolean are_flags;
  guint64 bits;     /* of a value that has no name */
  const char *text; /* what it is shown as */
} Case;

/* Names go by place: a, b, c, .. */
// clang-format off
static const Case cases[] = {
  { "/flags/bits", { 1, 2, 4 }, 3, 4, SONDE_ENCODING_UNSIGNED, TRUE, 5, "a|c" },
  { "/flags/none-first", { 0, 1, 2, 4 }, 4, 4, SONDE_ENCODING_UNSIGNED, TRUE, 6, "c|d" },
  { "/flags/two", { 1, 2 }, 2, 4, SONDE_ENCODING_UNSIGNED, TRUE, 3, "a|b" },
  { "/flags/high", { 16, 64 }, 2, 1, SONDE_ENCODING_UNSIGNED, TRUE, 0x51, "a|b|0x1" },
  { "/flags/masks", { 1, 2, 4, 7, 3 }, 5, 4, SONDE_ENCODING_UNSIGNED, TRUE, 5, "a|c" },
  { "/flags/all-ones", { 1, 2, 4, 0xff }, 4, 1, SONDE_ENCODING_UNSIGNED, TRUE, 0x45, "a|c|0x40" },
  { "/flags/same-bit-twice", { 1, 1, 8 }, 3, 1, SONDE_ENCODING_UNSIGNED, TRUE, 9, "a|c" },
  { "/flags/top-bit-32", { 1, 2, -2147483648 }, 3, 4, SONDE_ENCODING_SIGNED, TRUE, 0x80000001, "a|c" },
  { "/flags/top-bit-64", { 1, 4, G_MININT64 }, 3, 8, SONDE_ENCODING_SIGNED, TRUE, 0x8000000000000004, "b|c" },
  { "/flags/nothing-named", { 1, 2, 4 }, 3, 4, SONDE_ENCODING_UNSIGNED, TRUE, 0x40, "64" },
  { "/states/from-0", { 0, 1, 2 }, 3, 4, SONDE_ENCODING_UNSIGNED, FALSE, 3, "3" },
  { "/states/from-1", { 1, 2, 3, 4 }, 4, 4, SONDE_ENCODING_UNSIGNED, FALSE, 5, "5" },
  { "/states/two", { 0, 1 }, 2, 1, SONDE_ENCODING_UNSIGNED, FALSE, 2, "2" },
  { "/states/gaps", { 0, 1, 2, 5, 9 }, 5, 1, SONDE_ENCODING_UNSIGNED, FALSE, 3, "3" },
  { "/states/negative", { -1, 0, 1, 2 }, 4, 4, SONDE_ENCODING_SIGNED, FALSE, 3, "3" },
  { "/states/one-bit", { 0, 8 }, 2, 4, SONDE_ENCODING_UNSIGNED, FALSE, 9, "9" },
  { "/states/empty", { 0 }, 0, 4, SONDE_ENCODING_UNSIGNED, FALSE, 1, "1" },
};
// clang-format on

static SondeType *
make_type (const Case *row)
{
  static const char *const names[MAX_VALUES] = { "a", "b", "c", "d", "e", "f", "g", "h" };
  SondeEnumerator enumerators[MAX_VALUES];

  for (guint i = 0; i < row->n; i++)
    enumerators[i] = (SondeEnumerator){ names[i], row->values[i] };
  return sonde_type_new_enum ("e", row->encoding, row->size, enumerators, row->n);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (SondeType) type = make_type (row);
  const SondeValue value = sonde_value_from_bits (type, row->bits);
  g_autofree char *text = sonde_text_from_value (type, &value, SONDE_FORMAT_AUTO);
  g_autoptr (GError) error = NULL;
  SondeValue back;

  g_assert_cmpint (sonde_flags_are_in (type), ==, row->are_flags);
  g_assert_cmpstr (text, ==, row->text);
  g_assert_true (sonde_text_to_value (type, text, &back, &error));
  g_assert_no_error (error);
  g_assert_true (sonde_value_equal (&value, &back));
}

/* A signed field of three bits holds its highest flag as -4: the bits are what counts. */
static void
test_signed_field (void)
{
  static const SondeEnumerator bits[] = { { "a", 1 }, { "b", 2 }, { "c", 4 } };
  g_autoptr (SondeType) type = sonde_type_new_enum ("e", SONDE_ENCODING_SIGNED, 4, bits, 3);
  g_autoptr (SondeType) field = sonde_type_new_bitfield (type, 5, 3);
  const SondeValue value = sonde_value_from_bits (field, 6);
  g_autofree char *text = sonde_text_from_value (field, &value, SONDE_FORMAT_AUTO);
  g_autofree char *number = sonde_text_from_value (field, &value, SONDE_FORMAT_DECIMAL);

  g_assert_cmpstr (text, ==, "b|c");
  g_assert_cmpstr (number, ==, "-2");
}

static void
test_parse (void)
{
  static const SondeEnumerator states[] = { { "a", 0 }, { "b", 1 }, { "c", 2 } };
  static const char *const refused[]
      = { "a", "", "|", "b|", "|b", "b||c", "b|d", "b|-1", "b|1.5", "b|nan", "b c" };
  g_autoptr (SondeType) type = sonde_type_new_enum ("e", SONDE_ENCODING_UNSIGNED, 4, states, 3);
  guint64 bits = 0;

  g_assert_true (sonde_flags_parse (type, "b|c", &bits));
  g_assert_cmpuint (bits, ==, 3);
  g_assert_true (sonde_flags_parse (type, "a|0b10000 | 1k", &bits));
  g_assert_cmpuint (bits, ==, 1016);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (sonde_flags_parse (type, refused[i], &bits));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/flags/signed-field", test_signed_field);
  g_test_add_func ("/flags/parse", test_parse);
  return g_test_run ();
}
