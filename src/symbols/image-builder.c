/* image-builder.c: an ELF file becomes a symbol image */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/image-builder.h"

#include <malloc.h>

#include "symbols/debug-link.h"
#include "symbols/dwarf-types.h"
#include "symbols/entry-list.h"
#include "symbols/place-list.h"
#include "symbols/symbol-error.h"

#define SMALL_FILE (32 << 20)

/* What is at hand while the image is built. */
typedef struct
{
  SondeElfFile *elf;
  SondeDwarf *dwarf;      /* NULL: no debug information */
  SondeDwarfIndex *index; /* NULL where that tells of no variable */
  gboolean has_dwarf;     /* there is an index, or was until the image was written */
  guint n_units, n_skipped;
  SondeImageWriter *writer;
  guint32 *section_rows; /* ELF index -> row of the image */
  SondeBuildProgress progress;
  gpointer user_data;
} Build;

static void
on_unit_read (double fraction, gpointer user_data)
{
  Build *build = user_data;

  build->progress (0.05 + 0.55 * fraction, "reading debug information", build->user_data);
}

static void
add_sections (Build *build)
{
  const guint n = sonde_elf_file_get_n_sections (build->elf);
  guint row = 0;

  build->section_rows = g_new (guint32, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      const SondeElfSection *from = sonde_elf_file_get_section (build->elf, i);
      SondeImageSection to = { .address = from->address, .size = from->size };

      build->section_rows[i] = SONDE_IMAGE_NO_SECTION;
      if (!from->is_alloc)
        continue;
      to.name = sonde_image_writer_text (build->writer, from->name);
      to.flags = SONDE_IMAGE_SECTION_ALLOC | (from->is_write ? SONDE_IMAGE_SECTION_WRITE : 0)
                 | (from->is_exec ? SONDE_IMAGE_SECTION_EXEC : 0)
                 | (from->is_nobits ? SONDE_IMAGE_SECTION_NOBITS : 0);
      to.load_address = from->load_address;
      if (sonde_elf_file_compute_crc (build->elf, i, &to.crc))
        to.flags |= SONDE_IMAGE_SECTION_CRC;
      sonde_image_writer_add_section (build->writer, &to);
      build->section_rows[i] = row++;
    }
}

static void
on_entry_read (double fraction, gpointer user_data)
{
  Build *build = user_data;

  build->progress (0.6 + 0.3 * fraction, "reading types", build->user_data);
}

static void
write_entries (Build *build)
{
  const SondeElfFacts *facts = sonde_elf_file_get_facts (build->elf);
  SondeEntryListArgs args = { .elf = build->elf,
                              .index = build->index,
                              .writer = build->writer,
                              .section_rows = build->section_rows,
                              .progress = on_entry_read,
                              .user_data = build };
  g_autoptr (SondeDwarfTypes) types = NULL;

  if (build->index != NULL)
    types = sonde_dwarf_types_new (build->index, build->writer, facts->pointer_size);
  args.types = types;
  sonde_entry_list_write (&args);
  if (types != NULL)
    sonde_dwarf_types_finish (types);
}

static void
write_places (Build *build)
{
  /* Places need no more than the functions of the index. */
  if (build->index != NULL)
    sonde_dwarf_index_drop_variables (build->index);
  if (build->dwarf != NULL)
    sonde_dwarf_forget_all (build->dwarf);
  const SondePlaceSources sources
      = { .elf = build->elf, .index = build->index, .section_rows = build->section_rows };

  sonde_place_list_write (&sources, build->writer);
}

static void
read_dwarf (Build *build)
{
  build->dwarf = sonde_dwarf_new (build->elf);
  build->index = sonde_dwarf_index_new (build->dwarf, on_unit_read, build);
  for (guint i = 0; i < build->index->skipped->len; i++)
    sonde_image_writer_add_skipped (build->writer, build->index->skipped->pdata[i]);
  build->n_units = build->index->n_units;
  build->n_skipped = build->index->skipped->len;
  /* Without any the symbol table is asked for everything, as if there were no debug information. */
  if (build->index->variables->len == 0)
    g_clear_pointer (&build->index, sonde_dwarf_index_free);
}

static void
set_stripped_error (Build *build, const char *name, GError **error)
{
  guint32 crc;
  g_autofree char *link = sonde_debug_link_read (build->elf, &crc);

  if (link != NULL)
    g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_STRIPPED,
                 "%s: stripped, its names are in %s; load that, or give it by --debug-file", name,
                 link);
  else
    g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_STRIPPED,
                 "%s: no debug information and no symbols; compile with -g and load the .elf as "
                 "the linker wrote it, before strip or objcopy",
                 name);
}

static gboolean
is_worth_it (Build *build, const char *name, GError **error)
{
  if (sonde_image_writer_get_n_variables (build->writer) > 0)
    return TRUE;
  if (build->n_units == 0 && build->n_skipped == 0)
    set_stripped_error (build, name, error);
  else if (build->n_skipped > 0)
    g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                 "%s: no variable could be read; of %u units %u were skipped; build it again", name,
                 MAX (build->n_units, build->n_skipped), build->n_skipped);
  else
    g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_STRIPPED,
                 "%s: there is debug information, but no variable with static storage in it; "
                 "choose the program that has global variables",
                 name);
  return FALSE;
}

static GBytes *
finish (Build *build)
{
  const SondeElfFacts *from = sonde_elf_file_get_facts (build->elf);
  SondeImageFacts facts = { .pointer_size = from->pointer_size };

  facts.machine = sonde_image_writer_text (build->writer, from->machine);
  facts.build_id = sonde_image_writer_text (build->writer, from->build_id);
  facts.flags = (from->byte_order == G_BIG_ENDIAN ? SONDE_IMAGE_FACT_BIG_ENDIAN : 0)
                | (from->is_relocatable ? SONDE_IMAGE_FACT_RELOCATABLE : 0)
                | (from->is_pie ? SONDE_IMAGE_FACT_PIE : 0)
                | (build->has_dwarf ? SONDE_IMAGE_FACT_DWARF : 0);
  facts.n_units = build->n_units;
  build->progress (0.95, "writing", build->user_data);
  return sonde_image_writer_finish (build->writer, &facts);
}

/* Memory given back to the system is asked for again a moment later: of a small file all of it can
 * stay. */
static void
keep_memory (SondeElfFile *elf)
{
#ifdef M_TRIM_THRESHOLD
  if (sonde_elf_file_get_size (elf) > SMALL_FILE)
    return;
  mallopt (M_TRIM_THRESHOLD, G_MAXINT);
  mallopt (M_MMAP_THRESHOLD, SMALL_FILE);
  mallopt (M_TOP_PAD, 4 << 20);
#endif
}

static GBytes *
run (Build *build, const char *name, GError **error)
{
  read_dwarf (build);
  add_sections (build);
  write_entries (build);
  write_places (build);
  build->has_dwarf = build->index != NULL;
  /* What was read makes room for what is written. */
  g_clear_pointer (&build->index, sonde_dwarf_index_free);
  g_clear_pointer (&build->dwarf, sonde_dwarf_free);
  sonde_elf_file_drop_symbols (build->elf);
  return is_worth_it (build, name, error) ? finish (build) : NULL;
}

GBytes *
sonde_image_build_sections (int fd, const char *name, SondeBuildProgress progress,
                            gpointer user_data, GError **error)
{
  g_autoptr (SondeElfFile) elf = sonde_elf_file_new (fd, name, error);
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  Build build = { .elf = elf, .writer = writer, .progress = progress, .user_data = user_data };
  GBytes *image;

  if (elf == NULL)
    return NULL;
  add_sections (&build);
  write_places (&build);
  image = finish (&build);
  g_free (build.section_rows);
  return image;
}

GBytes *
sonde_image_build (int fd, const char *name, SondeBuildProgress progress, gpointer user_data,
                   GError **error)
{
  g_autoptr (SondeElfFile) elf = sonde_elf_file_new (fd, name, error);
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  Build build = { .elf = elf, .writer = writer, .progress = progress, .user_data = user_data };
  GBytes *image = NULL;

  if (elf == NULL)
    return NULL;
  keep_memory (elf);
  progress (0.05, "reading sections", user_data);
  image = run (&build, name, error);
  g_clear_pointer (&build.index, sonde_dwarf_index_free);
  g_clear_pointer (&build.dwarf, sonde_dwarf_free);
  g_free (build.section_rows);
  return image;
}
