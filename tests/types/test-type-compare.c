/* test-type-compare.c: types that lay out memory alike, and those that differ in one thing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/type-compare.h"

static SondeType *
new_number (const char *name, guint64 size)
{
  return sonde_type_new_base (SONDE_KIND_NUMBER, name, SONDE_ENCODING_SIGNED, TRUE, size);
}

/* struct @name { int a; int b[count]; enum { ZERO = first } c; } */
static SondeType *
new_struct (const char *name, const char *member, guint64 count, gint64 first)
{
  const SondeEnumerator enumerators[] = { { "ZERO", first } };
  g_autoptr (SondeType) number = new_number ("int", 4);
  g_autoptr (SondeType) numbers = sonde_type_new_array (NULL, number, count);
  g_autoptr (SondeType) choice
      = sonde_type_new_enum ("choice", SONDE_ENCODING_SIGNED, 4, enumerators, 1);
  const SondeMember members[] = { { member, number, 0 }, { "b", numbers, 4 }, { "c", choice, 20 } };

  return sonde_type_new_struct (SONDE_KIND_STRUCT, name, 24, members, G_N_ELEMENTS (members));
}

static void
test_structs (void)
{
  g_autoptr (SondeTypeCompare) compare = sonde_type_compare_new ();
  g_autoptr (SondeType) type = new_struct ("s", "a", 4, 0);
  g_autoptr (SondeType) renamed = new_struct ("t", "a", 4, 0);
  SondeType *others[]
      = { new_struct ("s", "x", 4, 0), new_struct ("s", "a", 3, 0), new_struct ("s", "a", 4, 1) };

  g_assert_true (sonde_type_compare_is_same (compare, type, type));
  g_assert_true (sonde_type_compare_is_same (compare, type, renamed));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_false (sonde_type_compare_is_same (compare, type, others[i]));
      g_assert_false (sonde_type_compare_is_same (compare, type, others[i])); /* as remembered */
      sonde_type_unref (g_steal_pointer (&others[i]));
    }
}

static void
test_leaves (void)
{
  g_autoptr (SondeTypeCompare) compare = sonde_type_compare_new ();
  g_autoptr (SondeType) word = new_number ("int", 4);
  g_autoptr (SondeType) wide = new_number ("int", 8);
  g_autoptr (SondeType) low = sonde_type_new_bitfield (word, 0, 3);
  g_autoptr (SondeType) high = sonde_type_new_bitfield (word, 3, 3);
  g_autoptr (SondeType) low_again = sonde_type_new_bitfield (word, 0, 3);

  g_assert_false (sonde_type_compare_is_same (compare, word, wide));
  g_assert_false (sonde_type_compare_is_same (compare, low, high));
  g_assert_false (sonde_type_compare_is_same (compare, low, word));
  g_assert_true (sonde_type_compare_is_same (compare, low, low_again));
}

/* Two members of the level below each: without a memory 2^60 comparisons. */
static SondeType *
new_tower (void)
{
  SondeType *type = new_number ("int", 0);

  for (guint i = 0; i < 60; i++)
    {
      const SondeMember members[] = { { "a", type, 0 }, { "b", type, 0 } };
      SondeType *next = sonde_type_new_struct (SONDE_KIND_STRUCT, "level", 0, members, 2);

      sonde_type_unref (type);
      type = next;
    }
  return type;
}

static void
test_tower (void)
{
  g_autoptr (SondeTypeCompare) compare = sonde_type_compare_new ();
  g_autoptr (SondeType) a = new_tower ();
  g_autoptr (SondeType) b = new_tower ();

  g_assert_true (sonde_type_compare_is_same (compare, a, b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/type-compare/structs", test_structs);
  g_test_add_func ("/type-compare/leaves", test_leaves);
  g_test_add_func ("/type-compare/tower", test_tower);
  return g_test_run ();
}
