/* test-map-types.c: what type names of memory maps mean, and which name says what a type is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/map-types.h"

typedef struct
{
  const char *name;
  guint64 size;
  SondeKind kind;
  SondeEncoding encoding;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "uint8_t",        1, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "UINT8",          1, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "Uint 8",         1, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "int8_t",         1, SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED },
  { "char",           1, SONDE_KIND_CHAR,   SONDE_ENCODING_CHAR },
  { "unsigned char",  1, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "signed char",    1, SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED },
  { "byte",           1, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "bool",           1, SONDE_KIND_BOOL,   SONDE_ENCODING_BOOL },
  { "_Bool",          1, SONDE_KIND_BOOL,   SONDE_ENCODING_BOOL },
  { "uint16_t",       2, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "short",          2, SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED },
  { "short unsigned int", 2, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "WORD",           2, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "Uint32_t",       4, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "int32_t",        4, SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED },
  { "int",            4, SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED },
  { "unsigned",       4, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "unsigned int",   4, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "long",           4, SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED },
  { "long unsigned int", 4, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "DWORD",          4, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "float",          4, SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT },
  { "float32_t",      4, SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT },
  { "const volatile float", 4, SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT },
  { "uint64_t",       8, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "long long",      8, SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED },
  { "long long unsigned int", 8, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "double",         8, SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT },
  { "Float64",        8, SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT },
  { "s16",            2, SONDE_KIND_NUMBER, SONDE_ENCODING_SIGNED },
  { "u8",             1, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "fix16",          2, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "my_type64_t",    8, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "vector3",        4, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "motor_t",        4, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "uint8_t *",      4, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
  { "",               4, SONDE_KIND_NUMBER, SONDE_ENCODING_UNSIGNED },
};
/* clang-format on */

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SondeType) type = sonde_map_type_new (cases[i].name, 0);

      g_test_message ("\"%s\"", cases[i].name);
      g_assert_cmpuint (sonde_map_type_size (cases[i].name), ==, cases[i].size);
      g_assert_cmpuint (sonde_type_get_size (type), ==, cases[i].size);
      g_assert_cmpint (sonde_type_get_kind (type), ==, cases[i].kind);
      g_assert_cmpint (sonde_type_get_encoding (type), ==, cases[i].encoding);
      g_assert_cmpstr (sonde_type_get_name (type), ==, cases[i].name);
    }
}

/* A size of its own wins over that of the name. */
static void
test_sizes (void)
{
  g_autoptr (SondeType) wide = sonde_map_type_new ("long", 8);
  g_autoptr (SondeType) letter = sonde_map_type_new ("char", 2);
  g_autoptr (SondeType) field = sonde_map_type_new ("unsigned int:3@4", 2);
  g_autoptr (SondeType) outside = sonde_map_type_new ("unsigned int:3@14", 2);

  g_assert_cmpuint (sonde_type_get_size (wide), ==, 8);
  g_assert_true (sonde_type_is_signed (wide));
  g_assert_cmpint (sonde_type_get_encoding (letter), ==, SONDE_ENCODING_UNSIGNED);
  g_assert_cmpint (sonde_type_get_kind (field), ==, SONDE_KIND_BITFIELD);
  g_assert_cmpuint (sonde_type_get_bit_offset (field), ==, 4);
  g_assert_cmpuint (sonde_type_get_bit_size (field), ==, 3);
  g_assert_cmpint (sonde_type_get_kind (outside), ==, SONDE_KIND_OPAQUE);
}

static void
check_back (SondeType *type, const char *name)
{
  g_autofree char *text = sonde_map_type_dup_name (type);
  g_autoptr (SondeType) again = sonde_map_type_new (text, sonde_type_get_size (type));

  g_assert_cmpstr (text, ==, name);
  g_assert_cmpint (sonde_type_is_signed (again), ==, sonde_type_is_signed (type));
  g_assert_cmpuint (sonde_type_get_bit_offset (again), ==, sonde_type_get_bit_offset (type));
  g_assert_cmpuint (sonde_type_get_bit_size (again), ==, sonde_type_get_bit_size (type));
}

static void
test_back (void)
{
  const SondeEnumerator enumerators[] = { { "RUN", 1 } };
  g_autoptr (SondeType) plain
      = sonde_type_new_base (SONDE_KIND_NUMBER, "uint16_t", SONDE_ENCODING_UNSIGNED, FALSE, 2);
  g_autoptr (SondeType) wide = sonde_type_new_base (SONDE_KIND_NUMBER, "long unsigned int",
                                                    SONDE_ENCODING_UNSIGNED, FALSE, 8);
  g_autoptr (SondeType) named
      = sonde_type_new_base (SONDE_KIND_NUMBER, "speed_t", SONDE_ENCODING_FLOAT, TRUE, 4);
  g_autoptr (SondeType) choice
      = sonde_type_new_enum ("enum state", SONDE_ENCODING_SIGNED, 4, enumerators, 1);
  g_autoptr (SondeType) field = sonde_type_new_bitfield (choice, 4, 3);

  check_back (plain, "uint16_t");
  check_back (wide, "uint64_t");
  check_back (named, "float32");
  check_back (choice, "int32_t");
  check_back (field, "int32_t:3@4");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-types/names", test_names);
  g_test_add_func ("/map-types/sizes", test_sizes);
  g_test_add_func ("/map-types/back", test_back);
  return g_test_run ();
}
