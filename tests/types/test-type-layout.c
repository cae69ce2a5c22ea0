/* test-type-layout.c: offsets, holes and totals, as a compiler lays structs out */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/type-layout.h"

#include <string.h>

#define MAX_MEMBERS 6

typedef struct
{
  const char *name;
  guint64 offset;
  guint size;                 /* of the number, or of the unit */
  guint bit_offset, bit_size; /* 0: no bit-field */
} Field;

typedef struct
{
  const char *name;
  SondeKind kind;
  guint64 size;
  int byte_order;
  Field fields[MAX_MEMBERS];
  const char *rows; /* "offset:size[:bits] name,.." with "-" for a hole */
  SondeLayoutTotals totals;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "/type-layout/no-holes", SONDE_KIND_STRUCT, 8, G_LITTLE_ENDIAN,
    { { "a", 0, 4, 0, 0 }, { "b", 4, 4, 0, 0 } },
    "0:4 a,4:4 b", { 8, 64, 0, 0, 0, 4, FALSE } },
  { "/type-layout/hole-and-tail", SONDE_KIND_STRUCT, 12, G_LITTLE_ENDIAN,
    { { "c", 0, 1, 0, 0 }, { "i", 4, 4, 0, 0 }, { "s", 8, 2, 0, 0 } },
    "0:1 c,1:3 -,4:4 i,8:2 s,10:2 -", { 12, 56, 24, 1, 16, 4, FALSE } },
  { "/type-layout/packed", SONDE_KIND_STRUCT, 7, G_LITTLE_ENDIAN,
    { { "c", 0, 1, 0, 0 }, { "i", 1, 4, 0, 0 }, { "s", 5, 2, 0, 0 } },
    "0:1 c,1:4 i,5:2 s", { 7, 56, 0, 0, 0, 4, TRUE } },
  { "/type-layout/union", SONDE_KIND_UNION, 8, G_LITTLE_ENDIAN,
    { { "a", 0, 1, 0, 0 }, { "b", 0, 4, 0, 0 } },
    "0:1 a,0:4 b,4:4 -", { 8, 32, 0, 0, 32, 4, FALSE } },
  { "/type-layout/bits-little", SONDE_KIND_STRUCT, 4, G_LITTLE_ENDIAN,
    { { "a", 0, 4, 0, 3 }, { "b", 0, 4, 3, 5 }, { "c", 0, 4, 10, 1 } },
    "0:0-2 a,0:3-7 b,1:0-1 -,1:2 c,1:3-7 -,2:2 -", { 4, 9, 2, 1, 21, 4, FALSE } },
  { "/type-layout/bits-big", SONDE_KIND_STRUCT, 4, G_BIG_ENDIAN,
    { { "a", 0, 4, 29, 3 }, { "b", 0, 4, 24, 5 } },
    "0:0-2 a,0:3-7 b,1:3 -", { 4, 8, 0, 0, 24, 4, FALSE } },
  { "/type-layout/unnamed-bits-are-padding", SONDE_KIND_STRUCT, 1, G_LITTLE_ENDIAN,
    { { "a", 0, 1, 0, 2 }, { "", 0, 1, 2, 4 }, { "b", 0, 1, 6, 2 } },
    "0:0-1 a,0:2-5 -,0:6-7 b", { 1, 4, 4, 1, 0, 1, FALSE } },
  { "/type-layout/hole-over-bytes", SONDE_KIND_STRUCT, 8, G_LITTLE_ENDIAN,
    { { "a", 0, 4, 0, 4 }, { "b", 4, 4, 0, 0 } },
    "0:0-3 a,0:4-7 -,1:3 -,4:4 b", { 8, 36, 28, 1, 0, 4, FALSE } },
  { "/type-layout/out-of-order", SONDE_KIND_STRUCT, 8, G_LITTLE_ENDIAN,
    { { "b", 4, 4, 0, 0 }, { "a", 0, 2, 0, 0 } },
    "0:2 a,2:2 -,4:4 b", { 8, 48, 16, 1, 0, 4, FALSE } },
  { "/type-layout/empty", SONDE_KIND_STRUCT, 1, G_LITTLE_ENDIAN, { { NULL, 0, 0, 0, 0 } },
    "0:1 -", { 1, 0, 0, 0, 8, 1, FALSE } },
};
/* clang-format on */

static SondeType *
new_number (guint size)
{
  return sonde_type_new_base (SONDE_KIND_NUMBER, "number", SONDE_ENCODING_UNSIGNED, FALSE, size);
}

static SondeType *
make_type (const Case *test)
{
  SondeMember members[MAX_MEMBERS];
  SondeType *made = NULL;
  guint n = 0;

  for (; n < MAX_MEMBERS && test->fields[n].name != NULL; n++)
    {
      const Field *field = &test->fields[n];
      g_autoptr (SondeType) number = new_number (field->size);

      members[n] = (SondeMember){ field->name, NULL, field->offset };
      members[n].type = field->bit_size > 0
                            ? sonde_type_new_bitfield (number, field->bit_offset, field->bit_size)
                            : sonde_type_ref (number);
    }
  made = sonde_type_new_struct (test->kind, "thing", test->size, members, n);
  for (guint i = 0; i < n; i++)
    sonde_type_unref (members[i].type);
  return made;
}

static char *
describe_rows (const SondeTypeLayout *layout)
{
  guint n = 0;
  const SondeLayoutRow *rows = sonde_type_layout_get_rows (layout, &n);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *bits = sonde_layout_row_dup_bits (&rows[i]);
      g_autofree char *size = g_strdup_printf ("%" G_GUINT64_FORMAT, rows[i].size);

      g_string_append_printf (text, "%s%" G_GUINT64_FORMAT ":%s %s", i > 0 ? "," : "",
                              rows[i].offset, rows[i].bit_size > 0 ? bits : size,
                              rows[i].type == NULL ? "-" : rows[i].name);
    }
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (SondeType) type = make_type (test);
  g_autoptr (SondeTypeLayout) layout = sonde_type_layout_new (type, test->byte_order);
  const SondeLayoutTotals *totals = sonde_type_layout_get_totals (layout);
  g_autofree char *rows = describe_rows (layout);

  g_assert_cmpstr (rows, ==, test->rows);
  g_assert_cmpuint (totals->size, ==, test->totals.size);
  g_assert_cmpuint (totals->member_bits, ==, test->totals.member_bits);
  g_assert_cmpuint (totals->hole_bits, ==, test->totals.hole_bits);
  g_assert_cmpuint (totals->n_holes, ==, test->totals.n_holes);
  g_assert_cmpuint (totals->tail_bits, ==, test->totals.tail_bits);
  g_assert_cmpuint (totals->largest_align, ==, test->totals.largest_align);
  g_assert_cmpint (totals->is_unaligned, ==, test->totals.is_unaligned);
  g_assert_cmpuint (totals->member_bits + totals->hole_bits + totals->tail_bits, ==,
                    totals->size * 8);
}

static SondeType *
make_nested (void)
{
  g_autoptr (SondeType) number = new_number (4);
  const SondeMember inner[] = { { "kp", number, 0 }, { "ki", number, 8 } };
  g_autoptr (SondeType) pid
      = sonde_type_new_struct (SONDE_KIND_STRUCT, "pid_t", 12, inner, G_N_ELEMENTS (inner));
  g_autoptr (SondeType) pids = sonde_type_new_array (NULL, pid, 2);
  const SondeMember outer[] = { { "speed", number, 0 }, { "pid", pids, 4 }, { NULL, pid, 28 } };

  return sonde_type_new_struct (SONDE_KIND_STRUCT, "motor_t", 40, outer, G_N_ELEMENTS (outer));
}

static void
test_text (void)
{
  g_autoptr (SondeType) motor = make_nested ();
  g_autofree char *flat = sonde_type_layout_to_text (motor, G_LITTLE_ENDIAN, 0);
  g_autofree char *deep = sonde_type_layout_to_text (motor, G_LITTLE_ENDIAN, 8);

  g_assert_null (strstr (flat, "kp"));
  g_assert_nonnull (strstr (flat, "(anonymous)"));
  g_assert_nonnull (strstr (flat, "motor_t: 40 bytes, 40 bytes in members, no holes, no padding at "
                                  "the end, alignment 4\n"));
  g_assert_nonnull (strstr (deep, "     4      4          kp "));
  g_assert_nonnull (strstr (deep, "     8      4          (hole)"));
  g_assert_nonnull (strstr (deep, "    28      4          kp "));
}

static void
test_no_struct (void)
{
  g_autoptr (SondeType) number = new_number (4);
  g_autoptr (SondeTypeLayout) layout = sonde_type_layout_new (number, G_LITTLE_ENDIAN);
  guint n = 1;

  sonde_type_layout_get_rows (layout, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (sonde_type_layout_find_nested (number));
}

/* Each level twice in the next: 2^100 members when counted one by one. */
static void
test_hostile_depth (void)
{
  g_autoptr (SondeType) type = new_number (1);

  for (guint i = 0; i < 100; i++)
    {
      const SondeMember members[] = { { "a", type, 0 }, { "b", type, 0 } };
      SondeType *next = sonde_type_new_struct (SONDE_KIND_STRUCT, "s", 1, members, 2);

      sonde_type_unref (type);
      type = next;
    }
  g_autofree char *text = sonde_type_layout_to_text (type, G_LITTLE_ENDIAN, 1000);

  g_assert_nonnull (strstr (text, "and more"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/type-layout/text", test_text);
  g_test_add_func ("/type-layout/no-struct", test_no_struct);
  g_test_add_func ("/type-layout/hostile-depth", test_hostile_depth);
  return g_test_run ();
}
