/* fuzz-text-input.c: any bytes as a value of every kind of type; what is taken is shown and taken
 * again */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/text.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define N_TYPES 14

static void
make_types (SondeType *types[N_TYPES])
{
  static const SondeEnumerator modes[] = { { "STOP", 0 }, { "RUN", 1 }, { "1", 2 } };
  static const SondeEnumerator flags[] = { { "A", 1 }, { "B", 2 }, { "C", 4 }, { "TOP", 128 } };
  guint n = 0;

  for (guint size = 1; size <= 8; size *= 2)
    types[n++] = sonde_type_new_base (SONDE_KIND_NUMBER, "i", SONDE_ENCODING_SIGNED, TRUE, size);
  types[n++] = sonde_type_new_base (SONDE_KIND_NUMBER, "u64", SONDE_ENCODING_UNSIGNED, FALSE, 8);
  types[n++] = sonde_type_new_base (SONDE_KIND_NUMBER, "float", SONDE_ENCODING_FLOAT, TRUE, 4);
  types[n++] = sonde_type_new_base (SONDE_KIND_NUMBER, "double", SONDE_ENCODING_FLOAT, TRUE, 8);
  types[n++] = sonde_type_new_base (SONDE_KIND_BOOL, "bool", SONDE_ENCODING_BOOL, FALSE, 1);
  types[n++] = sonde_type_new_base (SONDE_KIND_CHAR, "char", SONDE_ENCODING_CHAR, TRUE, 1);
  types[n++] = sonde_type_new_pointer ("void *", 4, NULL, NULL, NULL, 0);
  types[n++] = sonde_type_new_enum ("mode", SONDE_ENCODING_UNSIGNED, 1, modes, 3);
  types[n++] = sonde_type_new_bitfield (types[2], 5, 3);
  types[n++] = sonde_type_new_enum ("flags", SONDE_ENCODING_UNSIGNED, 1, flags, 4);
  types[n++] = sonde_type_new_base (SONDE_KIND_NUMBER, "char32_t", SONDE_ENCODING_UTF, FALSE, 4);
  g_assert_cmpuint (n, ==, N_TYPES);
}

static void
assert_reads_back (const SondeType *type, const SondeValue *value)
{
  for (SondeFormat format = SONDE_FORMAT_AUTO; format <= SONDE_FORMAT_ENUM; format++)
    {
      g_autofree char *shown = sonde_text_from_value (type, value, format);
      SondeValue back;

      /* A name may look like another number: names win. */
      if (sonde_type_get_n_enumerators (type) > 0 && value->u == 1)
        continue;
      g_assert_true (sonde_text_to_value (type, shown, &back, NULL));
      g_assert_true (sonde_value_equal (value, &back));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static SondeType *types[N_TYPES];
  g_autofree char *text = g_strndup ((const char *) data, size);

  if (types[0] == NULL)
    make_types (types);
  for (guint i = 0; i < N_TYPES; i++)
    {
      g_autoptr (GError) error = NULL;
      SondeValue value;
      guint8 bytes[8];

      if (!sonde_text_to_value (types[i], text, &value, &error))
        {
          g_assert_true (error != NULL && g_utf8_validate (error->message, -1, NULL));
          continue;
        }
      g_assert_true (sonde_value_encode (types[i], G_BIG_ENDIAN, &value, bytes, sizeof bytes));
      g_assert_true (sonde_value_decode (types[i], G_BIG_ENDIAN, bytes, sizeof bytes, &value));
      assert_reads_back (types[i], &value);
    }
  return 0;
}
