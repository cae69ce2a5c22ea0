/* place-list.c: what fills the sections of an ELF file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "symbols/place-list.h"

#include <stdlib.h>
#include <string.h>

#if HAVE_LIBIBERTY_SUBDIR
#include <libiberty/demangle.h>
#else
#include <demangle.h>
#endif

#include "symbols/number-sort.h"
#include "symbols/unit-files.h"

typedef struct
{
  guint64 address, size;
  guint32 section; /* of the file */
  guint32 flags;
  guint rank; /* of several names for one place the lowest stays */
  const char *name, *file;
  guint32 text; /* the name in the image, 0: not known to be there */
} Place;

typedef struct
{
  const SondePlaceSources *from; /* borrowed */
  SondeUnitFiles *files;         /* borrowed; NULL: no debug information */
  SondeImageWriter *writer;      /* borrowed */
  GArray *order;                 /* SondeNumberRow: of symbols, or of places */
  GArray *places;                /* Place: where there are no symbols */
  GStringChunk *names;           /* of places that have theirs from the writer */
  const char *unit, *unit_file;  /* the one completed last */
  gboolean is_arm;
} List;

static gboolean
is_loaded (const List *self, guint section)
{
  return section > 0 && section < sonde_elf_file_get_n_sections (self->from->elf)
         && self->from->section_rows[section] != SONDE_IMAGE_NO_SECTION;
}

static void
add_row (List *self, const Place *place, guint index)
{
  const SondeNumberRow row = { place->address, index };

  if (place->address <= G_MAXUINT64 - place->size)
    g_array_append_val (self->order, row);
}

static void
add_place (List *self, const Place *place)
{
  g_array_append_vals (self->places, place, 1);
  add_row (self, place, self->places->len - 1);
}

/* -- from the symbol table -- */

/* A row of symbols has one file. */
static const char *
complete_file (List *self, const char *file)
{
  if (self->unit != file)
    {
      self->unit = file;
      self->unit_file = sonde_unit_files_complete (self->files, file);
    }
  return self->unit_file;
}

/* In the order of addresses. A variable's name is mostly the linker's. */
static void
complete (List *self, Place *place)
{
  const char *file;
  guint32 path = 0;

  if (self->files == NULL || place->text != 0)
    return;
  file = (place->flags & SONDE_IMAGE_PLACE_FUNCTION) != 0
             ? sonde_unit_files_of_function (self->files, place->address)
             : sonde_unit_files_of_variable (self->files, place->address, &path);
  if (path != 0 && strcmp (sonde_image_writer_get_text (self->writer, path), place->name) == 0)
    place->text = path;
  place->file = place->file != NULL ? complete_file (self, place->file) : file;
}

/* The program's own names say more than the weak ones that stand for whatever is not defined. */
static guint
get_rank (const SondeElfSymbol *symbol)
{
  return symbol->is_weak ? 2 : symbol->is_global ? 0 : 1;
}

static Place
make_place (const List *self, const SondeElfSymbol *symbol)
{
  const SondeElfSection *section = sonde_elf_file_get_section (self->from->elf, symbol->section);
  const gboolean is_code
      = symbol->kind == SONDE_ELF_FUNCTION || (symbol->kind == SONDE_ELF_LABEL && section->is_exec);
  const guint64 thumb = is_code && self->is_arm ? symbol->address & 1 : 0;

  return (Place){ .address = symbol->address - thumb,
                  .size = symbol->size,
                  .section = symbol->section,
                  .rank = get_rank (symbol),
                  .flags = (is_code ? SONDE_IMAGE_PLACE_FUNCTION : 0)
                           | (thumb != 0 ? SONDE_IMAGE_PLACE_THUMB : 0),
                  .name = symbol->name,
                  .file = symbol->file };
}

/* Made again where it is needed: of hundreds of thousands each would be kept twice. */
static Place
get_place (const List *self, guint index)
{
  return self->places->len > 0
             ? g_array_index (self->places, Place, index)
             : make_place (self, &g_array_index (sonde_elf_file_get_symbols (self->from->elf),
                                                 SondeElfSymbol, index));
}

static void
collect_symbols (List *self)
{
  GArray *symbols = sonde_elf_file_get_symbols (self->from->elf);

  for (guint i = 0; i < symbols->len; i++)
    {
      const SondeElfSymbol *symbol = &g_array_index (symbols, SondeElfSymbol, i);

      /* Marks that a linker script sets are no things: only what has a size is. */
      if (!is_loaded (self, symbol->section) || symbol->is_thread_local
          || (symbol->kind == SONDE_ELF_LABEL && symbol->size == 0))
        continue;
      const Place place = make_place (self, symbol);
      add_row (self, &place, i);
    }
}

/* -- from debug information alone -- */

static guint64
get_code_size (const SondeDie *die, guint64 address)
{
  guint64 end = 0;

  if (sonde_die_get_address (die, DW_AT_high_pc, &end))
    return end > address ? end - address : 0;
  /* As a number it counts from the start. */
  return sonde_die_get_number (die, DW_AT_high_pc, &end) ? end : 0;
}

static void
collect_functions (List *self)
{
  const SondeDwarfIndex *index = self->from->index;

  for (guint i = 0; i < index->functions->len; i++)
    {
      const SondeDwarfFunction *row = &g_array_index (index->functions, SondeDwarfFunction, i);
      SondeDieKey key = row->key;
      Place place = { .address = row->address, .flags = SONDE_IMAGE_PLACE_FUNCTION };
      SondeDie die;

      place.section = sonde_elf_file_find_section (self->from->elf, row->address);
      place.name = sonde_dwarf_follow_name (index->dwarf, &key);
      if (place.name == NULL || !is_loaded (self, place.section)
          || !sonde_dwarf_find (index->dwarf, row->key, &die))
        continue;
      place.size = get_code_size (&die, row->address);
      /* Nothing here tells Thumb code, but microcontrollers know no other. */
      if (self->is_arm)
        place.flags |= SONDE_IMAGE_PLACE_THUMB;
      add_place (self, &place);
    }
}

static void
collect_variables (List *self)
{
  for (guint i = 0; i < sonde_image_writer_get_n_variables (self->writer); i++)
    {
      const SondeImageVariable *row = sonde_image_writer_get_variable (self->writer, i);
      const guint64 size = sonde_image_writer_get_type (self->writer, row->type)->size;
      Place place = { .address = row->address, .size = size };

      place.section = sonde_elf_file_find_section (self->from->elf, row->address);
      if (row->why != 0 || size == 0 || !is_loaded (self, place.section))
        continue;
      place.name = g_string_chunk_insert (self->names,
                                          sonde_image_writer_get_text (self->writer, row->path));
      add_place (self, &place);
    }
}

/* -- the whole -- */

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const List *self = data;
  const Place x = get_place (self, ((const SondeNumberRow *) a)->index),
              y = get_place (self, ((const SondeNumberRow *) b)->index);

  if (x.size != y.size)
    return x.size < y.size ? -1 : 1;
  if (x.rank != y.rank)
    return x.rank < y.rank ? -1 : 1;
  return strcmp (x.name, y.name);
}

static gboolean
is_together (const List *self, const SondeNumberRow *a, const SondeNumberRow *b)
{
  return a->key == b->key
         && get_place (self, a->index).address == get_place (self, b->index).address;
}

static gboolean
is_alias (const Place *place, const Place *before)
{
  return place->section == before->section && place->address == before->address
         && place->size == before->size;
}

static guint32
write_name (SondeImageWriter *writer, const Place *place)
{
  const char *name = place->name;
  char *plain
      = name[0] == '_' && name[1] == 'Z' ? cplus_demangle_v3 (name, DMGL_PARAMS | DMGL_ANSI) : NULL;
  const guint32 text = plain == NULL && place->text != 0
                           ? place->text
                           : sonde_image_writer_text (writer, plain != NULL ? plain : name);

  free (plain);
  return text;
}

/* A variable says all that its symbol would. In a relocatable file addresses of different sections
 * are the same. */
static gboolean
is_told (const List *self, const Place *place)
{
  return (place->flags & SONDE_IMAGE_PLACE_FUNCTION) == 0 && self->files != NULL
         && !sonde_elf_file_get_facts (self->from->elf)->is_relocatable
         && sonde_unit_files_has_variable (self->files, place->address, place->size);
}

/* From rows by address: of most symbols there is nothing left to do. */
static void
drop_told (List *self)
{
  SondeNumberRow *order = (SondeNumberRow *) self->order->data;
  guint kept = 0;

  for (guint i = 0; i < self->order->len; i++)
    {
      const Place place = get_place (self, order[i].index);

      if (!is_told (self, &place))
        order[kept++] = order[i];
    }
  g_array_set_size (self->order, kept);
}

/* By section and address first: few share both. */
static void
sort_places (List *self)
{
  SondeNumberRow *order = (SondeNumberRow *) self->order->data;
  guint n, first, end;

  sonde_number_sort (order, self->order->len);
  drop_told (self);
  n = self->order->len;
  for (guint i = 0; i < n; i++)
    order[i].key = get_place (self, order[i].index).section;
  sonde_number_sort (order, n);
  for (first = 0; first < n; first = end)
    {
      for (end = first + 1; end < n && is_together (self, &order[first], &order[end]); end++)
        ;
      if (end - first > 1)
        g_qsort_with_data (order + first, (gint) (end - first), sizeof *order, compare_places,
                           self);
    }
}

static void
write_places (List *self)
{
  Place before = { .section = G_MAXUINT32 };

  sort_places (self);
  for (guint i = 0; i < self->order->len; i++)
    {
      Place place = get_place (self, g_array_index (self->order, SondeNumberRow, i).index);
      SondeImagePlace row = { .section = self->from->section_rows[place.section],
                              .flags = place.flags,
                              .address = place.address,
                              .size = place.size };

      if (is_alias (&place, &before))
        continue;
      before = place;
      complete (self, &place);
      row.name = write_name (self->writer, &place);
      row.file = sonde_image_writer_lasting_text (self->writer, place.file);
      sonde_image_writer_add_place (self->writer, &row);
    }
}

void
sonde_place_list_write (const SondePlaceSources *sources, SondeImageWriter *writer)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GArray) order = g_array_sized_new (FALSE, FALSE, sizeof (SondeNumberRow),
                                                sonde_elf_file_get_symbols (sources->elf)->len);
  g_autoptr (SondeUnitFiles) files
      = sources->index != NULL ? sonde_unit_files_new (sources->index, writer) : NULL;
  List self
      = { .from = sources, .files = files, .writer = writer, .order = order, .places = places };

  self.names = g_string_chunk_new (4096);
  self.is_arm = g_str_equal (sonde_elf_file_get_facts (sources->elf)->machine, "ARM");
  collect_symbols (&self);
  if (order->len == 0 && sources->index != NULL)
    {
      collect_functions (&self);
      collect_variables (&self);
    }
  write_places (&self);
  g_string_chunk_free (self.names);
}
