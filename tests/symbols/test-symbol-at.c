/* test-symbol-at.c: every byte of a small image says what it belongs to */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/symbol-at.h"

#include "symbols/symbol-image-writer.h"

#define RAM 0x20000000
#define FLASH 0x08000000

typedef struct
{
  SondeImageWriter *writer;
  guint32 word, byte, pair, bits, either, whole, pairs;
} Maker;

static guint32
text (Maker *self, const char *name)
{
  return sonde_image_writer_text (self->writer, name);
}

static guint32
add_number (Maker *self, const char *name, guint64 size)
{
  const SondeImageType row = { .kind = SONDE_KIND_NUMBER,
                               .encoding = SONDE_ENCODING_UNSIGNED,
                               .name = text (self, name),
                               .size = size };

  return sonde_image_writer_type (self->writer, &row, NULL, NULL, NULL);
}

static guint32
add_bits (Maker *self, guint8 offset, guint8 size)
{
  const SondeImageType row = { .kind = SONDE_KIND_BITFIELD,
                               .encoding = SONDE_ENCODING_UNSIGNED,
                               .name = text (self, "unsigned"),
                               .base = self->word,
                               .bit_offset = offset,
                               .bit_size = size,
                               .size = 4 };

  return sonde_image_writer_type (self->writer, &row, NULL, NULL, NULL);
}

static guint32
add_struct (Maker *self, SondeKind kind, const char *name, guint64 size,
            const SondeImageMember *members, guint n)
{
  const SondeImageType row
      = { .kind = (guint8) kind, .name = text (self, name), .size = size, .n = n };

  return sonde_image_writer_type (self->writer, &row, members, NULL, NULL);
}

static SondeImageMember
member (Maker *self, const char *name, guint32 type, guint64 offset)
{
  return (SondeImageMember){ .name = text (self, name), .type = type, .offset = offset };
}

/* struct pair { byte a; word b; };  struct bits { unsigned low:4, mid:8, top:16; };
 * union either { word w; byte b; struct { byte x, y; }; };
 * struct whole { struct pair p; union either; byte last; }; */
static void
add_types (Maker *self)
{
  SondeImageType array = { .kind = SONDE_KIND_ARRAY, .size = 24, .count = 3 };
  SondeImageMember m[3];

  self->word = add_number (self, "unsigned", 4);
  self->byte = add_number (self, "uint8_t", 1);
  m[0] = member (self, "a", self->byte, 0);
  m[1] = member (self, "b", self->word, 4);
  self->pair = add_struct (self, SONDE_KIND_STRUCT, "struct pair", 8, m, 2);
  m[0] = member (self, "low", add_bits (self, 0, 4), 0);
  m[1] = member (self, "mid", add_bits (self, 4, 8), 0);
  m[2] = member (self, "top", add_bits (self, 12, 12), 0);
  self->bits = add_struct (self, SONDE_KIND_STRUCT, "struct bits", 4, m, 3);
  m[0] = member (self, "x", self->byte, 0);
  m[1] = member (self, "y", self->byte, 1);
  m[2] = member (self, "", add_struct (self, SONDE_KIND_STRUCT, "", 2, m, 2), 0);
  m[0] = member (self, "w", self->word, 0);
  m[1] = member (self, "b", self->byte, 0);
  self->either = add_struct (self, SONDE_KIND_UNION, "union either", 4, m, 3);
  m[0] = member (self, "p", self->pair, 0);
  m[1] = member (self, "", self->either, 8);
  m[2] = member (self, "last", self->byte, 12);
  self->whole = add_struct (self, SONDE_KIND_STRUCT, "struct whole", 16, m, 3);
  array.name = text (self, "struct pair[3]");
  array.base = self->pair;
  self->pairs = sonde_image_writer_type (self->writer, &array, NULL, NULL, NULL);
}

static void
add_variable (Maker *self, const char *path, guint32 type, guint64 address, const char *why)
{
  const SondeImageVariable row = { .path = text (self, path),
                                   .type = type,
                                   .section = address >= RAM + 0x1000 ? SONDE_IMAGE_NO_SECTION : 1,
                                   .file = text (self, "src/main.c"),
                                   .line = 7,
                                   .why = text (self, why),
                                   .address = address };

  sonde_image_writer_add_variable (self->writer, &row);
}

static void
add_section (Maker *self, const char *name, guint64 address, guint64 size, guint flags)
{
  const SondeImageSection row = { .name = text (self, name),
                                  .flags = SONDE_IMAGE_SECTION_ALLOC | flags,
                                  .address = address,
                                  .load_address = address,
                                  .size = size };

  sonde_image_writer_add_section (self->writer, &row);
}

static void
add_place (Maker *self, const char *name, guint64 address, guint64 size, gboolean is_function)
{
  const SondeImagePlace row = { .name = text (self, name),
                                .file = text (self, "src/step.c"),
                                .section = is_function ? 0 : 1,
                                .flags = is_function ? SONDE_IMAGE_PLACE_FUNCTION : 0,
                                .address = address,
                                .size = size };

  sonde_image_writer_add_place (self->writer, &row);
}

static SondeSymbolTable *
new_table (int byte_order)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  Maker maker = { .writer = writer };
  const SondeImageFacts facts
      = { .pointer_size = 4,
          .flags = byte_order == G_BIG_ENDIAN ? SONDE_IMAGE_FACT_BIG_ENDIAN : 0 };
  g_autoptr (GError) error = NULL;
  SondeSymbolTable *table;

  add_section (&maker, ".text", FLASH, 0x100, SONDE_IMAGE_SECTION_EXEC);
  add_section (&maker, ".data", RAM, 0x100, SONDE_IMAGE_SECTION_WRITE);
  add_section (&maker, ".empty", RAM + 0x200, 0x100, SONDE_IMAGE_SECTION_WRITE);
  add_types (&maker);
  add_variable (&maker, "whole", maker.whole, RAM + 0x10, "");
  add_variable (&maker, "pairs", maker.pairs, RAM + 0x20, "");
  add_variable (&maker, "alias", maker.word, RAM + 0x24, "");
  add_variable (&maker, "bits", maker.bits, RAM + 0x40, "");
  add_variable (&maker, "gone", maker.word, RAM + 0x50, "optimised away");
  add_variable (&maker, "port", maker.word, 0x40000000, "");
  add_variable (&maker, "edge", maker.word, G_MAXUINT64 - 3, "");
  add_place (&maker, "step", FLASH + 0x10, 0x20, TRUE);
  add_place (&maker, "blob", RAM + 0x60, 8, FALSE);
  g_autoptr (GBytes) image = sonde_image_writer_finish (writer, &facts);
  table = sonde_symbol_table_new_from_bytes (image, "fw.elf", &error);
  g_assert_no_error (error);
  return table;
}

typedef struct
{
  const char *name;
  guint64 address;
  const char *hits; /* "KIND PATH+OFFSET[ WHY]", parted by | */
  gboolean is_big_endian;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "leaf",       RAM + 0x15, "value whole.p.b+1", FALSE },
  { "first",      RAM + 0x10, "value whole.p.a+0", FALSE },
  { "hole",       RAM + 0x12, "padding whole.p+2 padding in struct pair after .a", FALSE },
  { "tail",       RAM + 0x1d, "padding whole+13 padding in struct whole after .last", FALSE },
  { "union",      RAM + 0x18, "value whole.w+0|value whole.b+0|value whole.x+0", FALSE },
  { "union-part", RAM + 0x19, "value whole.w+1|value whole.y+0", FALSE },
  { "element",    RAM + 0x37, "value pairs[2].b+3", FALSE },
  { "alias",      RAM + 0x25, "value pairs[0].b+1|value alias+1", FALSE },
  { "bits-0",     RAM + 0x40, "value bits.low+0|value bits.mid+0", FALSE },
  { "bits-1",     RAM + 0x41, "value bits.mid+1|value bits.top+1", FALSE },
  { "bits-2",     RAM + 0x42, "value bits.top+2", FALSE },
  { "bits-none",  RAM + 0x43, "padding bits+3 padding in struct bits after .top", FALSE },
  { "big-first",  RAM + 0x40, "padding bits+0 padding in struct bits before its members", TRUE },
  { "big-last",   RAM + 0x43, "value bits.low+3|value bits.mid+3", TRUE },
  { "port",       0x40000002, "value port+2", FALSE },
  { "edge",       G_MAXUINT64, "value edge+3", FALSE },
  { "function",   FLASH + 0x22, "function step+18", FALSE },
  { "data",       RAM + 0x67, "data blob+7", FALSE },
  { "unpolled",   RAM + 0x51, "gap +0 .data, no symbol; nearest before: bits+0x11", FALSE },
  { "gap",        RAM + 0x68, "gap +0 .data, no symbol; nearest before: blob+0x8", FALSE },
  { "gap-code",   FLASH + 0x30, "gap +0 .text, no symbol; nearest before: step+0x20", FALSE },
  { "gap-first",  FLASH + 0x02, "gap +0 .text+0x2, no symbol; none before in .text", FALSE },
  { "gap-empty",  RAM + 0x210, "gap +0 .empty+0x10, no symbol; none before in .empty", FALSE },
  { "between",    RAM + 0x100, "nothing +0 nothing of this file; .data (RAM) ends at 0x20000100, "
                               ".empty (RAM) begins at 0x20000200", FALSE },
  { "below",      0, "nothing +0 nothing of this file; .text (flash) begins at 0x08000000", FALSE },
  { "above",      0x50000000, "nothing +0 nothing of this file; .empty (RAM) ends at 0x20000300", FALSE },
};
/* clang-format on */

static char *
describe (GPtrArray *hits)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      const SondeAtHit *hit = g_ptr_array_index (hits, i);

      g_string_append_printf (all, "%s%s %s+%" G_GUINT64_FORMAT "%s%s", i > 0 ? "|" : "",
                              sonde_at_kind_name (hit->kind), hit->path, hit->offset,
                              hit->why != NULL ? " " : "", hit->why != NULL ? hit->why : "");
    }
  return g_string_free (all, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (SondeSymbolTable) table
      = new_table (test->is_big_endian ? G_BIG_ENDIAN : G_LITTLE_ENDIAN);
  g_autoptr (SondeSymbolAt) at = sonde_symbol_at_new (table);
  g_autoptr (GPtrArray) hits = sonde_symbol_at_find (at, test->address);
  g_autofree char *text = describe (hits);

  g_assert_cmpstr (text, ==, test->hits);
}

static void
test_fields (void)
{
  g_autoptr (SondeSymbolTable) table = new_table (G_LITTLE_ENDIAN);
  g_autoptr (SondeSymbolAt) at = sonde_symbol_at_new (table);
  g_autoptr (GPtrArray) leaf = sonde_symbol_at_find (at, RAM + 0x15);
  g_autoptr (GPtrArray) code = sonde_symbol_at_find (at, FLASH + 0x10);
  const SondeAtHit *hit = g_ptr_array_index (leaf, 0);

  g_assert_cmpuint (sonde_variable_get_address (hit->variable), ==, RAM + 0x14);
  g_assert_cmpuint (hit->size, ==, 4);
  g_assert_cmpstr (hit->section, ==, ".data");
  g_assert_cmpstr (hit->file, ==, "main.c");
  g_assert_cmpuint (hit->line, ==, 7);
  g_assert_null (hit->why);
  hit = g_ptr_array_index (code, 0);
  g_assert_null (hit->variable);
  g_assert_cmpuint (hit->size, ==, 0x20);
  g_assert_cmpstr (hit->section, ==, ".text");
  g_assert_cmpstr (hit->file, ==, "src/step.c");
}

/* Many variables behind each other and one around all of them. */
static void
test_many (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  Maker maker = { .writer = writer };
  const SondeImageFacts facts = { .pointer_size = 4 };
  const guint n = 20000;
  guint32 word, all;

  add_section (&maker, ".text", FLASH, 0x100, SONDE_IMAGE_SECTION_EXEC);
  add_section (&maker, ".data", RAM, 0x1000, SONDE_IMAGE_SECTION_WRITE);
  word = add_number (&maker, "unsigned", 4);
  all = add_number (&maker, "blob", 4 * n);
  add_variable (&maker, "all", all, 0, "");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("v%05u", i);

      add_variable (&maker, path, word, 4 * i, "");
    }
  g_autoptr (GBytes) image = sonde_image_writer_finish (writer, &facts);
  g_autoptr (SondeSymbolTable) table = sonde_symbol_table_new_from_bytes (image, "fw.elf", NULL);
  g_autoptr (SondeSymbolAt) at = sonde_symbol_at_new (table);
  for (guint i = 0; i < n; i += 997)
    {
      g_autoptr (GPtrArray) hits = sonde_symbol_at_find (at, 4 * i + 1);
      g_autofree char *text = describe (hits);
      g_autofree char *want = g_strdup_printf ("value all+%u|value v%05u+1", 4 * i + 1, i);

      g_assert_cmpstr (text, ==, want);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/symbol-at/", cases[i].name, NULL);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/symbol-at/fields", test_fields);
  g_test_add_func ("/symbol-at/many", test_many);
  return g_test_run ();
}
