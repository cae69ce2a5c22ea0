/* test-cplusplus-types.c: types that C does not have, read from a fixture */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "symbols/symbol-cage.h"
#include "types/text.h"

static SondeSymbolTable *table; /* NULL: there is no C++ compiler */

typedef struct
{
  const char *path, *type;
  SondeKind kind;
  SondeEncoding encoding;
  guint64 size;
} Case;

// clang-format off
static const Case cases[] = {
  { "none", "decltype(nullptr)", SONDE_KIND_POINTER, SONDE_ENCODING_ADDRESS, sizeof (void *) },
  { "member", "int robot::Arm::*", SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED, sizeof (void *) },
  { "method", "int (robot::Arm::*)(void)", SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED, 2 * sizeof (void *) },
  { "reference", "int &", SONDE_KIND_POINTER, SONDE_ENCODING_ADDRESS, sizeof (void *) },
  { "wide", "char16_t", SONDE_KIND_NUMBER, SONDE_ENCODING_UTF, 2 },
  { "rights", "Right_of", SONDE_KIND_ENUM, SONDE_ENCODING_UNSIGNED, 1 },
  { "bits.on", "bool", SONDE_KIND_BITFIELD, SONDE_ENCODING_BOOL, 1 },
  { "bits.rights", "Right_of", SONDE_KIND_BITFIELD, SONDE_ENCODING_UNSIGNED, 1 },
};
// clang-format on

static SondeType *
dup_type (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_by_path (table, path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sonde_variable_get_info (variable)->why, ==, NULL);
  return sonde_type_ref (sonde_variable_get_type (variable));
}

static void
test_kinds (void)
{
  if (table == NULL)
    {
      g_test_skip ("no C++ compiler");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SondeType) type = dup_type (cases[i].path);

      g_test_message ("%s", cases[i].path);
      g_assert_cmpstr (sonde_type_get_name (type), ==, cases[i].type);
      g_assert_cmpint (sonde_type_get_kind (type), ==, cases[i].kind);
      g_assert_cmpint (sonde_type_get_encoding (type), ==, cases[i].encoding);
      g_assert_cmpuint (sonde_type_get_size (type), ==, cases[i].size);
    }
}

static void
test_texts (void)
{
  static const struct
  {
    const char *path;
    guint8 bytes[16];
    const char *text;
  } rows[] = {
    { "rights", { 5 }, "Read|Execute" },
    { "bits.rights", { 0x0d }, "Write|Execute" },
    { "bits.on", { 0x0d }, "true" },
    { "wide", { 0xac, 0x20 }, "'\xe2\x82\xac'" },
    { "member", { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, "-1" },
    { "method",
      { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 },
      "01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10" },
  };

  /* The bytes are those of one host: others read the same of their own. */
  if (table == NULL || G_BYTE_ORDER != G_LITTLE_ENDIAN || sizeof (void *) != 8)
    {
      g_test_skip ("no fixture for this machine");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SondeType) type = dup_type (rows[i].path);
      SondeValue value;

      sonde_value_decode (type, G_LITTLE_ENDIAN, rows[i].bytes, sizeof rows[i].bytes, &value);
      g_autofree char *text = sonde_text_from_value (type, &value, SONDE_FORMAT_AUTO);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("SONDE_FIXTURES"), "classes-dwarf5.elf", NULL);
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    table = sonde_symbol_cage_load (path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/cplusplus-types/kinds", test_kinds);
  g_test_add_func ("/cplusplus-types/texts", test_texts);
  const int result = g_test_run ();
  sonde_symbol_table_unref (table);
  return result;
}
