/* test-elf-extent.c: a whole ELF file is told from one that is still being written */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/elf-extent.h"

#include "small-elf.h"

static gboolean
read_at (gpointer source, guint64 offset, guint8 *buffer, gsize size)
{
  const GByteArray *file = source;

  if (offset > file->len || size > file->len - offset)
    return FALSE;
  memcpy (buffer, file->data + offset, size);
  return TRUE;
}

static const char *
judge (GByteArray *file)
{
  return sonde_elf_extent_why_not_whole (read_at, file, file->len);
}

/* Wherever it is cut, it is not whole. */
static void
test_every_cut (void)
{
  g_autoptr (GByteArray) file = new_small_elf (100, 7);

  g_assert_null (judge (file));
  while (file->len > 0)
    {
      g_byte_array_set_size (file, file->len - 1);
      g_assert_nonnull (judge (file));
    }
}

static void
append_32 (GByteArray *file, gboolean is_big, const guint32 *words, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const guint32 word = is_big ? GUINT32_TO_BE (words[i]) : GUINT32_TO_LE (words[i]);

      g_byte_array_append (file, (const guint8 *) &word, 4);
    }
}

/* As the linker for a microcontroller writes it: 32 bits, either order, one segment of 8 bytes. */
static GByteArray *
new_elf_32 (gboolean is_big, guint32 segment_bytes)
{
  static const guint8 ident[EI_NIDENT] = { 0x7f, 'E', 'L', 'F', ELFCLASS32, 0, 1 };
  GByteArray *file = g_byte_array_new ();
  const guint32 head[] = { 0, 1, 0, 52, 0, 0 };
  const guint16 tail[] = { 52, 32, 1, 40, 0, 0 };
  const guint32 segment[] = { PT_LOAD, 84, 0, 0, segment_bytes, 4096, 5, 4 };

  g_byte_array_append (file, ident, sizeof ident);
  file->data[EI_DATA] = is_big ? ELFDATA2MSB : ELFDATA2LSB;
  append_32 (file, is_big, head, G_N_ELEMENTS (head));
  for (guint i = 0; i < G_N_ELEMENTS (tail); i++)
    {
      const guint16 half = is_big ? GUINT16_TO_BE (tail[i]) : GUINT16_TO_LE (tail[i]);

      g_byte_array_append (file, (const guint8 *) &half, 2);
    }
  append_32 (file, is_big, segment, G_N_ELEMENTS (segment));
  g_byte_array_append (file, ident, 8);
  return file;
}

static void
test_32_bits (void)
{
  for (guint is_big = 0; is_big <= 1; is_big++)
    {
      g_autoptr (GByteArray) whole = new_elf_32 ((gboolean) is_big, 8);
      g_autoptr (GByteArray) half = new_elf_32 ((gboolean) is_big, 9);

      g_assert_null (judge (whole));
      g_assert_cmpstr (judge (half), ==, "it ends inside a segment");
    }
}

/* .bss has a size and no bytes. */
static void
test_no_bits (void)
{
  g_autoptr (GByteArray) file = new_small_elf (10, 7);
  Elf64_Shdr *section = (Elf64_Shdr *) (gpointer) (file->data + sizeof (Elf64_Ehdr) + 10) + 1;
  Elf64_Shdr changed;

  memcpy (&changed, section, sizeof changed);
  changed.sh_size = 1 << 20;
  memcpy (section, &changed, sizeof changed);
  g_assert_cmpstr (judge (file), ==, "it ends inside a section");
  changed.sh_type = SHT_NOBITS;
  memcpy (section, &changed, sizeof changed);
  g_assert_null (judge (file));
}

static void
test_hostile_counts (void)
{
  g_autoptr (GByteArray) file = new_small_elf (10, 7);
  Elf64_Ehdr header;
  Elf64_Shdr first = { .sh_size = G_MAXUINT64 };

  memcpy (&header, file->data, sizeof header);
  header.e_shnum = 0; /* the first row counts: more than there can be */
  memcpy (file->data, &header, sizeof header);
  memcpy (file->data + sizeof header + 10, &first, sizeof first);
  g_assert_nonnull (judge (file));
  header.e_shoff = G_MAXUINT64 - 3;
  memcpy (file->data, &header, sizeof header);
  g_assert_nonnull (judge (file));
  header.e_shentsize = 0;
  memcpy (file->data, &header, sizeof header);
  g_assert_nonnull (judge (file));
}

static void
test_something_else (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();

  g_assert_cmpstr (judge (file), ==, "it is empty");
  g_byte_array_append (file, (const guint8 *) ":10000000C0FFEE00", 17);
  g_assert_cmpstr (judge (file), ==, "it does not begin like an ELF file");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/elf-extent/every-cut", test_every_cut);
  g_test_add_func ("/elf-extent/32-bits", test_32_bits);
  g_test_add_func ("/elf-extent/no-bits", test_no_bits);
  g_test_add_func ("/elf-extent/hostile-counts", test_hostile_counts);
  g_test_add_func ("/elf-extent/something-else", test_something_else);
  return g_test_run ();
}
