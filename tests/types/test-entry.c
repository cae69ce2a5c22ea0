/* test-entry.c: typed text as bytes to write */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/entry.h"

typedef struct
{
  const char *name;
  SondeKind kind;
  SondeEncoding encoding;
  guint64 size;
  const char *text;
  const char *wanted; /* bytes as hex, NULL: refused */
} Case;

static const Case cases[] = {
  { "/entry/u8", SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 1, "255", "ff" },
  { "/entry/u8/range", SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 1, "300", NULL },
  { "/entry/s16", SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED, 2, "-2", "feff" },
  { "/entry/float", SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT, 4, "1k5", "0080bb44" },
  { "/entry/float/word", SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT, 4, "fast", NULL },
  { "/entry/bool", SONDE_KIND_BOOL, SONDE_ENCODING_BOOL, 1, "true", "01" },
};

static SondeVariable *
make_variable (SondeType *type)
{
  SondeVariableInfo info = {
    .path = "v", .type = type, .byte_order = G_LITTLE_ENDIAN, .pointer_size = 4, .is_writable = TRUE
  };

  return sonde_variable_new (&info);
}

static void
assert_bytes (GBytes *bytes, const char *wanted)
{
  g_autoptr (GString) hex = g_string_new (NULL);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", data[i]);
  g_assert_cmpstr (hex->str, ==, wanted);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (SondeType) type = sonde_type_new_base (c->kind, "t", c->encoding,
                                                    c->encoding == SONDE_ENCODING_SIGNED, c->size);
  g_autoptr (SondeVariable) variable = make_variable (type);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sonde_entry_to_bytes (variable, c->text, &error);

  if (c->wanted == NULL)
    {
      g_assert_null (bytes);
      g_assert_nonnull (error);
      return;
    }
  g_assert_no_error (error);
  assert_bytes (bytes, c->wanted);
}

static void
test_text_and_array (void)
{
  g_autoptr (SondeType) letter
      = sonde_type_new_base (SONDE_KIND_CHAR, "char", SONDE_ENCODING_CHAR, TRUE, 1);
  g_autoptr (SondeType) text = sonde_type_new_array (NULL, letter, 4);
  g_autoptr (SondeType) byte
      = sonde_type_new_base (SONDE_KIND_NUMBER, "uint8_t", SONDE_ENCODING_UNSIGNED, FALSE, 1);
  g_autoptr (SondeType) array = sonde_type_new_array (NULL, byte, 4);
  g_autoptr (SondeVariable) message = make_variable (text);
  g_autoptr (SondeVariable) numbers = make_variable (array);
  g_autoptr (GBytes) bytes = sonde_entry_to_bytes (message, "ab", NULL);
  g_autoptr (GError) error = NULL;

  assert_bytes (bytes, "61620000");
  g_assert_null (sonde_entry_to_bytes (message, "abcde", &error));
  g_clear_error (&error);
  g_assert_null (sonde_entry_to_bytes (numbers, "1", &error));
  g_assert_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/entry/text-and-array", test_text_and_array);
  return g_test_run ();
}
