/* elf-extent.c: whether a file holds all that its ELF header promises */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/elf-extent.h"

#include <elf.h>
#include <string.h>

#include "base/bytes.h"

#define HEADER_32 52
#define HEADER_64 64
#define ROW_MAX 256 /* no entry of a table is longer; both kinds are below 65 */

typedef struct
{
  SondeReadAt read_at;
  gpointer source;
  guint64 size;
  gboolean is_64;
  int byte_order;
} File;

typedef struct
{
  guint64 offset;
  guint row_size;
  guint64 n;
} Table;

typedef struct
{
  guint32 type;
  guint64 offset, size;
} Extent;

static guint64
read_word (const File *file, SondeByteReader *reader)
{
  return file->is_64 ? sonde_byte_reader_u64 (reader) : sonde_byte_reader_u32 (reader);
}

static gboolean
fits (const File *file, guint64 offset, guint64 size)
{
  return offset <= file->size && size <= file->size - offset;
}

static gboolean
read_row (const File *file, const Table *table, guint64 index, guint8 *row)
{
  return file->read_at (file->source, table->offset + index * table->row_size, row,
                        table->row_size);
}

static Extent
take_section (const File *file, const guint8 *row, guint size)
{
  SondeByteReader reader;
  Extent extent = { 0 };

  sonde_byte_reader_init (&reader, row, size, file->byte_order);
  sonde_byte_reader_u32 (&reader); /* name */
  extent.type = sonde_byte_reader_u32 (&reader);
  read_word (file, &reader); /* flags */
  read_word (file, &reader); /* address */
  extent.offset = read_word (file, &reader);
  extent.size = read_word (file, &reader);
  return extent;
}

static Extent
take_segment (const File *file, const guint8 *row, guint size)
{
  SondeByteReader reader;
  Extent extent = { 0 };

  sonde_byte_reader_init (&reader, row, size, file->byte_order);
  extent.type = sonde_byte_reader_u32 (&reader);
  if (file->is_64)
    sonde_byte_reader_u32 (&reader); /* flags */
  extent.offset = read_word (file, &reader);
  read_word (file, &reader); /* address */
  read_word (file, &reader); /* load address */
  extent.size = read_word (file, &reader);
  return extent;
}

/* More sections than the header can count: the first row says how many. */
static gboolean
count_sections (const File *file, Table *table)
{
  guint8 row[ROW_MAX] = { 0 };

  if (table->n != 0)
    return TRUE;
  table->n = 1;
  if (!fits (file, table->offset, table->row_size) || !read_row (file, table, 0, row))
    return FALSE;
  table->n = take_section (file, row, table->row_size).size;
  return TRUE;
}

static gboolean
has_rows (const File *file, const Table *table)
{
  return table->row_size > 0 && table->row_size <= ROW_MAX
         && table->n <= file->size / table->row_size
         && fits (file, table->offset, table->n * table->row_size);
}

static const char *
check_sections (const File *file, Table *table)
{
  guint8 row[ROW_MAX] = { 0 };

  if (table->row_size == 0 || table->row_size > ROW_MAX || !count_sections (file, table)
      || !has_rows (file, table))
    return "it ends before its section headers";
  for (guint64 i = 0; i < table->n; i++)
    {
      Extent extent;

      if (!read_row (file, table, i, row))
        return "it ends before its section headers";
      extent = take_section (file, row, table->row_size);
      if (extent.type != SHT_NULL && extent.type != SHT_NOBITS
          && !fits (file, extent.offset, extent.size))
        return "it ends inside a section";
    }
  return NULL;
}

static const char *
check_segments (const File *file, const Table *table)
{
  guint8 row[ROW_MAX] = { 0 };

  if (table->n > 0 && !has_rows (file, table))
    return "it ends before its program headers";
  for (guint64 i = 0; i < table->n; i++)
    {
      Extent extent;

      if (!read_row (file, table, i, row))
        return "it ends before its program headers";
      extent = take_segment (file, row, table->row_size);
      if (extent.type == PT_LOAD && !fits (file, extent.offset, extent.size))
        return "it ends inside a segment";
    }
  return NULL;
}

static void
take_tables (const File *file, const guint8 *header, Table *segments, Table *sections)
{
  SondeByteReader reader;

  sonde_byte_reader_init (&reader, header, file->is_64 ? HEADER_64 : HEADER_32, file->byte_order);
  sonde_byte_reader_skip (&reader, EI_NIDENT + 8); /* type, machine, version */
  read_word (file, &reader);                       /* entry */
  segments->offset = read_word (file, &reader);
  sections->offset = read_word (file, &reader);
  sonde_byte_reader_skip (&reader, 6); /* flags, size of this header */
  segments->row_size = sonde_byte_reader_u16 (&reader);
  segments->n = sonde_byte_reader_u16 (&reader);
  sections->row_size = sonde_byte_reader_u16 (&reader);
  sections->n = sonde_byte_reader_u16 (&reader);
}

const char *
sonde_elf_extent_why_not_whole (SondeReadAt read_at, gpointer source, guint64 size)
{
  File file = { .read_at = read_at, .source = source, .size = size };
  guint8 header[HEADER_64] = { 0 };
  Table segments = { 0 }, sections = { 0 };
  const char *why = NULL;

  if (size == 0)
    return "it is empty";
  if (size < EI_NIDENT || !read_at (source, 0, header, EI_NIDENT)
      || memcmp (header, ELFMAG, SELFMAG) != 0)
    return "it does not begin like an ELF file";
  file.is_64 = header[EI_CLASS] == ELFCLASS64;
  file.byte_order = header[EI_DATA] == ELFDATA2MSB ? G_BIG_ENDIAN : G_LITTLE_ENDIAN;
  if (!read_at (source, 0, header, file.is_64 ? HEADER_64 : HEADER_32))
    return "it ends inside its header";
  take_tables (&file, header, &segments, &sections);
  if (segments.offset == 0 && sections.offset == 0)
    return "its header is not filled in";
  if (segments.offset != 0)
    why = check_segments (&file, &segments);
  return why != NULL || sections.offset == 0 ? why : check_sections (&file, &sections);
}
