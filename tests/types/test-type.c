/* test-type.c: shapes, their names, and the children that anonymous members add */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/type.h"

#include <string.h>

static SondeType *
new_int (void)
{
  return sonde_type_new_base (SONDE_KIND_NUMBER, "int", SONDE_ENCODING_SIGNED, FALSE, 4);
}

static void
test_base (void)
{
  g_autoptr (SondeType) number = new_int ();
  g_autoptr (SondeType) letter
      = sonde_type_new_base (SONDE_KIND_CHAR, "char", SONDE_ENCODING_CHAR, FALSE, 1);
  g_autoptr (SondeType) again = sonde_type_ref (number);

  g_assert_true (again == number);
  g_assert_cmpint (sonde_type_get_kind (number), ==, SONDE_KIND_NUMBER);
  g_assert_cmpstr (sonde_type_get_name (number), ==, "int");
  g_assert_true (sonde_type_is_signed (number));
  g_assert_false (sonde_type_is_signed (letter));
  g_assert_cmpuint (sonde_type_get_size (number), ==, 4);
  g_assert_true (sonde_type_is_leaf (number));
  g_assert_null (sonde_type_get_base (number));
  g_assert_null (sonde_type_dup_target (number));
  g_assert_null (sonde_type_get_member (number, 0));
  g_assert_null (sonde_type_get_enumerator (number, 0));
}

static void
test_array_names (void)
{
  g_autoptr (SondeType) number = new_int ();
  g_autoptr (SondeType) row = sonde_type_new_array (NULL, number, 4);
  g_autoptr (SondeType) matrix = sonde_type_new_array (NULL, row, 3);
  g_autoptr (SondeType) cube = sonde_type_new_array (NULL, matrix, 2);
  g_autoptr (SondeType) named = sonde_type_new_array ("vec3", number, 3);
  g_autoptr (SondeType) of_named = sonde_type_new_array (NULL, named, 5);
  g_autoptr (SondeType) open = sonde_type_new_array (NULL, number, 0);

  g_assert_cmpstr (sonde_type_get_name (row), ==, "int[4]");
  g_assert_cmpstr (sonde_type_get_name (matrix), ==, "int[3][4]");
  g_assert_cmpstr (sonde_type_get_name (cube), ==, "int[2][3][4]");
  g_assert_cmpstr (sonde_type_get_name (named), ==, "vec3");
  g_assert_cmpstr (sonde_type_get_name (of_named), ==, "vec3[5]");
  g_assert_cmpstr (sonde_type_get_name (open), ==, "int[]");
  g_assert_cmpuint (sonde_type_get_size (cube), ==, 96);
  g_assert_cmpuint (sonde_type_get_count (cube), ==, 2);
  g_assert_true (sonde_type_get_base (cube) == matrix);
  g_assert_false (sonde_type_is_leaf (cube));
}

static void
test_is_text (void)
{
  g_autoptr (SondeType) letter
      = sonde_type_new_base (SONDE_KIND_CHAR, "char", SONDE_ENCODING_CHAR, TRUE, 1);
  g_autoptr (SondeType) byte
      = sonde_type_new_base (SONDE_KIND_NUMBER, "uint8_t", SONDE_ENCODING_UNSIGNED, FALSE, 1);
  g_autoptr (SondeType) text = sonde_type_new_array (NULL, letter, 32);
  g_autoptr (SondeType) texts = sonde_type_new_array (NULL, text, 2);
  g_autoptr (SondeType) bytes = sonde_type_new_array (NULL, byte, 32);
  g_autoptr (SondeType) open = sonde_type_new_array (NULL, letter, 0);

  g_assert_true (sonde_type_is_text (text));
  g_assert_false (sonde_type_is_text (texts));
  g_assert_false (sonde_type_is_text (bytes));
  g_assert_false (sonde_type_is_text (open));
  g_assert_false (sonde_type_is_text (letter));
}

static void
test_bitfield (void)
{
  static const struct
  {
    guint offset, size;
    SondeKind kind;
  } cases[] = {
    { 0, 1, SONDE_KIND_BITFIELD },       { 31, 1, SONDE_KIND_BITFIELD },
    { 0, 32, SONDE_KIND_BITFIELD },      { 12, 20, SONDE_KIND_BITFIELD },
    { 31, 2, SONDE_KIND_OPAQUE },        { 0, 0, SONDE_KIND_OPAQUE },
    { 0, 33, SONDE_KIND_OPAQUE },        { 32, 1, SONDE_KIND_OPAQUE },
    { G_MAXUINT, 2, SONDE_KIND_OPAQUE },
  };
  g_autoptr (SondeType) unit = new_int ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SondeType) field = sonde_type_new_bitfield (unit, cases[i].offset, cases[i].size);

      g_assert_cmpint (sonde_type_get_kind (field), ==, cases[i].kind);
      if (cases[i].kind == SONDE_KIND_OPAQUE)
        continue;
      g_assert_cmpuint (sonde_type_get_bit_offset (field), ==, cases[i].offset);
      g_assert_cmpuint (sonde_type_get_bit_size (field), ==, cases[i].size);
      g_assert_cmpuint (sonde_type_get_size (field), ==, 4);
      g_assert_cmpstr (sonde_type_get_name (field), ==, "int");
      g_assert_true (sonde_type_is_signed (field));
      g_assert_true (sonde_type_is_leaf (field));
    }
}

static void
test_enum (void)
{
  char name[] = "RUN";
  const SondeEnumerator enumerators[] = { { "STOP", 0 }, { name, -1 } };
  g_autoptr (SondeType) mode
      = sonde_type_new_enum ("mode", SONDE_ENCODING_SIGNED, 1, enumerators, 2);

  memset (name, 'x', sizeof name - 1);
  g_assert_cmpuint (sonde_type_get_n_enumerators (mode), ==, 2);
  g_assert_cmpstr (sonde_type_get_enumerator (mode, 1)->name, ==, "RUN");
  g_assert_cmpint (sonde_type_get_enumerator (mode, 1)->value, ==, -1);
  g_assert_null (sonde_type_get_enumerator (mode, 2));
  g_assert_true (sonde_type_is_signed (mode));
}

static SondeType *
resolve (gpointer owner, guint32 token)
{
  g_assert_cmpuint (token, ==, 7);
  return sonde_type_ref (*(SondeType **) owner);
}

static void
on_free_owner (gpointer owner)
{
  *(SondeType **) owner = NULL;
}

static void
test_pointer (void)
{
  g_autoptr (SondeType) number = new_int ();
  SondeType *owner = number;
  SondeType *pointer = sonde_type_new_pointer ("int *", 4, resolve, &owner, on_free_owner, 7);
  g_autoptr (SondeType) target = sonde_type_dup_target (pointer);
  g_autoptr (SondeType) to_void = sonde_type_new_pointer ("void *", 4, NULL, NULL, NULL, 0);

  g_assert_true (target == number);
  g_assert_null (sonde_type_dup_target (to_void));
  sonde_type_unref (pointer);
  g_assert_null (owner);
}

/* struct { int a; union { int b; struct { int c; int d; }; }; int :3; int e; } */
static SondeType *
new_anonymous (void)
{
  g_autoptr (SondeType) number = new_int ();
  g_autoptr (SondeType) padding = sonde_type_new_bitfield (number, 0, 3);
  const SondeMember inner_members[] = { { "c", number, 0 }, { "d", number, 4 } };
  g_autoptr (SondeType) inner
      = sonde_type_new_struct (SONDE_KIND_STRUCT, NULL, 8, inner_members, 2);
  const SondeMember choice_members[] = { { "b", number, 0 }, { NULL, inner, 0 } };
  g_autoptr (SondeType) choice
      = sonde_type_new_struct (SONDE_KIND_UNION, NULL, 8, choice_members, 2);
  const SondeMember members[]
      = { { "a", number, 0 }, { NULL, choice, 4 }, { NULL, padding, 12 }, { "e", number, 16 } };

  return sonde_type_new_struct (SONDE_KIND_STRUCT, "thing", 20, members, G_N_ELEMENTS (members));
}

static void
test_children (void)
{
  static const SondeMember expected[] = {
    { "a", NULL, 0 }, { "b", NULL, 4 }, { "c", NULL, 4 }, { "d", NULL, 8 }, { "e", NULL, 16 }
  };
  g_autoptr (SondeType) thing = new_anonymous ();
  SondeMember child;

  g_assert_cmpuint (sonde_type_get_n_members (thing), ==, 4);
  g_assert_cmpuint (sonde_type_get_n_children (thing), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (sonde_type_get_child (thing, i, &child));
      g_assert_cmpstr (child.name, ==, expected[i].name);
      g_assert_cmpuint (child.offset, ==, expected[i].offset);
      g_assert_true (sonde_type_find_child (thing, expected[i].name, 1, &child));
      g_assert_cmpuint (child.offset, ==, expected[i].offset);
    }
  g_assert_false (sonde_type_get_child (thing, 5, &child));
  g_assert_false (sonde_type_find_child (thing, "aa", 2, &child));
  g_assert_false (sonde_type_find_child (thing, "", 0, &child));
}

/* Shapes from damaged files: too deep, too many, too large end as raw bytes and free without harm.
 */
static void
test_bounds (void)
{
  g_autoptr (SondeType) type = new_int ();
  g_autoptr (SondeType) number = new_int ();

  for (guint i = 0; i < 10000; i++)
    {
      SondeType *next = sonde_type_new_array (NULL, type, 1);

      sonde_type_unref (type);
      type = next;
    }
  g_autoptr (SondeType) huge = sonde_type_new_array (NULL, number, G_MAXUINT64 / 2);
  g_assert_cmpint (sonde_type_get_kind (huge), ==, SONDE_KIND_OPAQUE);

  g_autoptr (SondeType) doubling = new_anonymous ();
  for (guint i = 0; i < 64; i++)
    {
      const SondeMember twice[] = { { NULL, doubling, 0 }, { NULL, doubling, 0 } };
      SondeType *next = sonde_type_new_struct (SONDE_KIND_UNION, NULL, 20, twice, 2);

      sonde_type_unref (doubling);
      doubling = next;
      g_assert_cmpuint (sonde_type_get_n_children (doubling), <=, 1u << 20);
    }
}

static void
test_names (void)
{
  g_assert_cmpstr (sonde_kind_name (SONDE_KIND_NUMBER), ==, "scalar");
  g_assert_cmpstr (sonde_kind_name (SONDE_KIND_BITFIELD), ==, "bitfield");
  g_assert_cmpstr (sonde_kind_name (SONDE_KIND_OPAQUE), ==, "opaque");
  g_assert_cmpstr (sonde_encoding_name (SONDE_ENCODING_NONE), ==, "none");
  g_assert_cmpstr (sonde_encoding_name (SONDE_ENCODING_ADDRESS), ==, "address");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/type/base", test_base);
  g_test_add_func ("/type/array-names", test_array_names);
  g_test_add_func ("/type/is-text", test_is_text);
  g_test_add_func ("/type/bitfield", test_bitfield);
  g_test_add_func ("/type/enum", test_enum);
  g_test_add_func ("/type/pointer", test_pointer);
  g_test_add_func ("/type/children", test_children);
  g_test_add_func ("/type/bounds", test_bounds);
  g_test_add_func ("/type/names", test_names);
  return g_test_run ();
}
