/* test-symbol-image.c: what is written is read back, and what is wrong is refused */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "symbols/symbol-image-writer.h"
#include "symbols/symbol-table.h"

static void
add_places (SondeImageWriter *writer)
{
  SondeImagePlace outer
      = { .address = 0x08000100, .size = 0x40, .flags = SONDE_IMAGE_PLACE_FUNCTION };
  SondeImagePlace inner = { .address = 0x08000110, .size = 8, .section = SONDE_IMAGE_NO_SECTION };

  inner.name = sonde_image_writer_text (writer, "inner");
  outer.name = sonde_image_writer_text (writer, "outer");
  outer.file = sonde_image_writer_text (writer, "src/main.c");
  sonde_image_writer_add_place (writer, &inner);
  sonde_image_writer_add_place (writer, &outer);
}

/* An image of one struct { float x[3]; struct *next; unsigned bits:3; } and one enum. */
static GBytes *
make_image (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  SondeImageType number
      = { .kind = SONDE_KIND_NUMBER, .encoding = SONDE_ENCODING_FLOAT, .size = 4 };
  SondeImageType word
      = { .kind = SONDE_KIND_NUMBER, .encoding = SONDE_ENCODING_UNSIGNED, .size = 4 };
  SondeImageType array = { .kind = SONDE_KIND_ARRAY, .size = 12, .count = 3 };
  SondeImageType pointer
      = { .kind = SONDE_KIND_POINTER, .encoding = SONDE_ENCODING_ADDRESS, .size = 4 };
  SondeImageType bits = {
    .kind = SONDE_KIND_BITFIELD, .encoding = SONDE_ENCODING_UNSIGNED, .bit_size = 3, .size = 4
  };
  SondeImageType whole = { .kind = SONDE_KIND_STRUCT, .size = 20, .n = 3 };
  SondeImageType choice
      = { .kind = SONDE_KIND_ENUM, .encoding = SONDE_ENCODING_SIGNED, .size = 1, .n = 2 };
  SondeImageMember members[3] = { { 0 } };
  SondeImageEnumerator names[2] = { { .value = -1 }, { .value = 5 } };
  SondeImageSection section = { .flags = SONDE_IMAGE_SECTION_ALLOC | SONDE_IMAGE_SECTION_WRITE,
                                .address = 0x20000000,
                                .size = 0x100 };
  SondeImageVariable second = { .address = 0x20000010, .line = 3 };
  SondeImageVariable first = { .address = 0x20000030, .section = SONDE_IMAGE_NO_SECTION };
  SondeImageFacts facts = { .pointer_size = 4, .n_units = 1 };

  number.name = sonde_image_writer_text (writer, "float");
  word.name = sonde_image_writer_text (writer, "unsigned");
  array.base = sonde_image_writer_type (writer, &number, NULL, NULL, NULL);
  bits.base = sonde_image_writer_type (writer, &word, NULL, NULL, NULL);
  bits.name = word.name;
  members[0].name = sonde_image_writer_text (writer, "x");
  members[0].type = sonde_image_writer_type (writer, &array, NULL, NULL, NULL);
  members[1].name = sonde_image_writer_text (writer, "next");
  members[1].type = sonde_image_writer_type (writer, &pointer, NULL, NULL, NULL);
  members[1].offset = 12;
  members[2].name = sonde_image_writer_text (writer, "bits");
  members[2].type = sonde_image_writer_type (writer, &bits, NULL, NULL, NULL);
  members[2].offset = 16;
  whole.name = sonde_image_writer_text (writer, "struct whole");
  second.type = sonde_image_writer_type (writer, &whole, members, NULL, NULL);
  sonde_image_writer_set_target (writer, members[1].type, second.type);
  names[0].name = sonde_image_writer_text (writer, "LOW");
  names[1].name = sonde_image_writer_text (writer, "HIGH");
  first.type = sonde_image_writer_type (writer, &choice, NULL, names, NULL);
  section.name = sonde_image_writer_text (writer, ".data");
  second.path = sonde_image_writer_text (writer, "whole");
  second.file = sonde_image_writer_text (writer, "src/main.c");
  first.path = sonde_image_writer_text (writer, "choice");
  first.why = sonde_image_writer_text (writer, "thread-local");
  sonde_image_writer_add_section (writer, &section);
  sonde_image_writer_add_variable (writer, &second);
  sonde_image_writer_add_variable (writer, &first);
  sonde_image_writer_add_skipped (writer, "lib.c: damaged");
  add_places (writer);
  return sonde_image_writer_finish (writer, &facts);
}

static const char *
find_name (SondeSymbolTable *table, guint64 address)
{
  SondeSymbolPlace place;
  guint index;

  if (!sonde_symbol_table_find_place (table, address, &index))
    return NULL;
  sonde_symbol_table_get_place (table, index, &place);
  return place.name;
}

static void
test_places (void)
{
  g_autoptr (GBytes) image = make_image ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_table_new_from_bytes (image, "x.elf", &error);
  SondeSymbolPlace place;

  g_assert_no_error (error);
  g_assert_cmpuint (sonde_symbol_table_get_n_places (table), ==, 2);
  sonde_symbol_table_get_place (table, 0, &place);
  g_assert_cmpstr (place.name, ==, "outer");
  g_assert_cmpstr (place.file, ==, "src/main.c");
  g_assert_cmpstr (place.section->name, ==, ".data");
  g_assert_true (place.is_function);
  g_assert_cmpstr (find_name (table, 0x080000ff), ==, NULL);
  g_assert_cmpstr (find_name (table, 0x08000100), ==, "outer");
  g_assert_cmpstr (find_name (table, 0x08000117), ==, "inner");
  g_assert_cmpstr (find_name (table, 0x08000118), ==, "outer");
  g_assert_cmpstr (find_name (table, 0x0800013f), ==, "outer");
  g_assert_cmpstr (find_name (table, 0x08000140), ==, NULL);
}

static void
test_round_trip (void)
{
  g_autoptr (GBytes) image = make_image ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_table_new_from_bytes (image, "x.elf", &error);
  g_autoptr (SondeVariable) bits = NULL;
  g_autoptr (SondeVariable) choice = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (sonde_symbol_table_get_n (table), ==, 2);
  g_assert_cmpstr (sonde_symbol_table_get_path (table, 0), ==, "choice");
  g_assert_cmpstr (sonde_symbol_table_get_path (table, 1), ==, "whole");
  g_assert_cmpstr (sonde_symbol_table_get_type_name (table, 1), ==, "struct whole");
  g_assert_cmpstr (sonde_symbol_table_get_skipped (table, 0), ==, "lib.c: damaged");
  g_assert_cmpstr (sonde_symbol_table_get_section (table, 0)->name, ==, ".data");
  bits = sonde_symbol_table_dup_by_path (table, "whole.bits", &error);
  g_assert_no_error (error);
  g_assert_cmphex (sonde_variable_get_address (bits), ==, 0x20000020);
  g_assert_cmpuint (sonde_type_get_bit_size (sonde_variable_get_type (bits)), ==, 3);
  g_assert_cmpstr (sonde_variable_get_info (bits)->file, ==, "main.c");
  choice = sonde_symbol_table_dup_variable (table, 0);
  g_assert_cmpstr (sonde_variable_get_info (choice)->why, ==, "thread-local");
  g_assert_cmpint (sonde_type_get_enumerator (sonde_variable_get_type (choice), 0)->value, ==, -1);
}

/* Equal types are one, and texts cannot carry terminal escapes. */
static void
test_writer (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  SondeImageType row = { .kind = SONDE_KIND_NUMBER, .size = 4 };
  gboolean is_new = FALSE;
  const guint32 first = sonde_image_writer_type (writer, &row, NULL, NULL, &is_new);

  g_assert_true (is_new);
  g_assert_cmpuint (sonde_image_writer_type (writer, &row, NULL, NULL, &is_new), ==, first);
  g_assert_false (is_new);
  g_assert_cmpuint (sonde_image_writer_resize (writer, first, 2), !=, first);
  g_assert_cmpuint (sonde_image_writer_text (writer, ""), ==, 0);
  g_assert_cmpuint (sonde_image_writer_text (writer, "a"), ==,
                    sonde_image_writer_text (writer, "a"));
  g_assert_cmpuint (sonde_image_writer_text (writer, "\033[2J\377"), !=, 0);
}

typedef struct
{
  const char *name;
  SondeImageTable table;
  guint row;
  gsize field;
  guint32 value;
} Damage;

#define FIELD(type, field) G_STRUCT_OFFSET (SondeImage##type, field)

/* Rows of make_image(): types are 0 void, 1 float, 2 unsigned, 3 array, 4 pointer, 5 bits, 6
 * struct, 7 enum. */
/* clang-format off */
static const Damage damages[] = {
  { "type/kind",           SONDE_IMAGE_TYPES, 1, FIELD (Type, kind), 0xff },
  { "type/encoding",       SONDE_IMAGE_TYPES, 1, FIELD (Type, kind), 0xff00 },
  { "type/name",           SONDE_IMAGE_TYPES, 1, FIELD (Type, name), 0xffff },
  { "array/itself",        SONDE_IMAGE_TYPES, 3, FIELD (Type, base), 3 },
  { "array/later",         SONDE_IMAGE_TYPES, 3, FIELD (Type, base), 6 },
  { "array/count",         SONDE_IMAGE_TYPES, 3, FIELD (Type, count), 0xffffffff },
  { "array/size",          SONDE_IMAGE_TYPES, 3, FIELD (Type, size), 11 },
  { "pointer/target",      SONDE_IMAGE_TYPES, 4, FIELD (Type, base), 8 },
  { "pointer/size",        SONDE_IMAGE_TYPES, 4, FIELD (Type, size), 9 },
  { "bits/base",           SONDE_IMAGE_TYPES, 5, FIELD (Type, base), 3 },
  { "bits/size",           SONDE_IMAGE_TYPES, 5, FIELD (Type, size), 8 },
  { "struct/first",        SONDE_IMAGE_TYPES, 6, FIELD (Type, first), 1 },
  { "struct/n",            SONDE_IMAGE_TYPES, 6, FIELD (Type, n), 0xffffffff },
  { "struct/size",         SONDE_IMAGE_TYPES, 6, FIELD (Type, size), 19 },
  { "enum/n",              SONDE_IMAGE_TYPES, 7, FIELD (Type, n), 3 },
  { "member/type",         SONDE_IMAGE_MEMBERS, 0, FIELD (Member, type), 6 },
  { "member/offset",       SONDE_IMAGE_MEMBERS, 0, FIELD (Member, offset), 9 },
  { "member/name",         SONDE_IMAGE_MEMBERS, 0, FIELD (Member, name), 0xfffffff },
  { "enumerator/name",     SONDE_IMAGE_ENUMERATORS, 1, FIELD (Enumerator, name), 0xfffffff },
  { "variable/path",       SONDE_IMAGE_VARIABLES, 0, FIELD (Variable, path), 0xfffffff },
  { "variable/order",      SONDE_IMAGE_VARIABLES, 1, FIELD (Variable, path), 0 },
  { "variable/type",       SONDE_IMAGE_VARIABLES, 0, FIELD (Variable, type), 8 },
  { "variable/section",    SONDE_IMAGE_VARIABLES, 0, FIELD (Variable, section), 1 },
  { "variable/why",        SONDE_IMAGE_VARIABLES, 0, FIELD (Variable, why), 0xfffffff },
  { "section/name",        SONDE_IMAGE_SECTIONS, 0, FIELD (Section, name), 0xfffffff },
  { "skipped/text",        SONDE_IMAGE_SKIPPED, 0, 0, 0xfffffff },
  { "strings/control",     SONDE_IMAGE_STRINGS, 0, 1, 0x1b1b1b1b },
  { "strings/utf-8",       SONDE_IMAGE_STRINGS, 0, 1, 0xffffffff },
};
/* clang-format on */

static gboolean
opens (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_table_new_from_bytes (bytes, "x.elf", &error);

  if (table == NULL)
    g_assert_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT);
  return table != NULL;
}

static void
test_damage (gconstpointer data)
{
  const Damage *damage = data;
  g_autoptr (GBytes) image = make_image ();
  gsize size;
  const guint8 *bytes = g_bytes_get_data (image, &size);
  g_autofree guint8 *copy = g_memdup2 (bytes, size);
  const SondeImageHead *head = (const SondeImageHead *) copy;
  const gsize at = head->tables[damage->table].offset
                   + damage->row * sonde_image_row_size (damage->table) + damage->field;

  g_assert_true (opens (copy, size));
  memcpy (copy + at, &damage->value, sizeof damage->value);
  g_assert_false (opens (copy, size));
  /* Not the sum alone keeps it out. */
  sonde_symbol_image_seal (copy, size);
  g_assert_false (opens (copy, size));
}

static void
test_cut (void)
{
  g_autoptr (GBytes) image = make_image ();
  gsize size;
  const guint8 *bytes = g_bytes_get_data (image, &size);
  g_autofree guint8 *copy = g_memdup2 (bytes, size);

  for (gsize length = 0; length < size; length++)
    g_assert_false (opens (bytes, length));
  for (gsize at = 0; at < size; at++)
    {
      copy[at] ^= 0x40;
      g_assert_false (opens (copy, size));
      copy[at] ^= 0x40;
    }
}

/* A struct of two of the struct before it, thirty times over, is small here, not 2^30 members. */
static void
test_doubling (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  SondeImageType row = { .kind = SONDE_KIND_NUMBER, .size = 1 };
  SondeImageFacts facts = { .pointer_size = 4 };
  SondeImageVariable variable = { .section = SONDE_IMAGE_NO_SECTION };

  variable.type = sonde_image_writer_type (writer, &row, NULL, NULL, NULL);
  for (guint i = 0; i < 30; i++)
    {
      SondeImageMember members[2] = { { 0 } };
      SondeImageType pair = { .kind = SONDE_KIND_STRUCT, .n = 2, .size = 2ull << i };

      members[0].name = sonde_image_writer_text (writer, "a");
      members[1].name = sonde_image_writer_text (writer, "b");
      members[0].type = members[1].type = variable.type;
      members[1].offset = 1ull << i;
      variable.type = sonde_image_writer_type (writer, &pair, members, NULL, NULL);
    }
  variable.path = sonde_image_writer_text (writer, "v");
  sonde_image_writer_add_variable (writer, &variable);
  g_autoptr (GBytes) image = sonde_image_writer_finish (writer, &facts);
  g_autoptr (SondeSymbolTable) table = sonde_symbol_table_new_from_bytes (image, "x", NULL);
  g_autoptr (SondeVariable) deep = sonde_symbol_table_dup_by_path (table, "v.b.a.b", NULL);

  g_assert_nonnull (deep);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/symbol-image/places", test_places);
  g_test_add_func ("/symbol-image/round-trip", test_round_trip);
  g_test_add_func ("/symbol-image/writer", test_writer);
  g_test_add_func ("/symbol-image/cut", test_cut);
  g_test_add_func ("/symbol-image/doubling", test_doubling);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *name = g_strconcat ("/symbol-image/damage/", damages[i].name, NULL);

      g_test_add_data_func (name, &damages[i], test_damage);
    }
  return g_test_run ();
}
