/* size-report.c: what fills flash and RAM */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/size-report.h"

#include <string.h>

#include "symbols/symbol-image.h"

#define NO_SYMBOL "(no symbol)"

#define N_VIEWS (SONDE_SIZE_BY_SYMBOL + 1)

struct _SondeSizeReport
{
  SondeSymbolTable *table; /* owned: the rows' texts are its */
  GArray *rows[N_VIEWS];   /* SondeSizeRow */
  guint64 flash, ram;
};

/* How far each section is given away already. */
typedef struct
{
  SondeSizeReport *report; /* borrowed */
  guint64 *reached;        /* by section: address of the first byte that nobody has */
  guint64 *rest;           /* by section: bytes that nobody has */
  GHashTable *files;       /* name -> row + 1 of the view by file */
} Count;

/* What is loaded is kept in flash. What is written to, cleared at the start or copied from where it
 * is loaded takes RAM. */
static gboolean
takes_ram (const SondeSection *section)
{
  return section->memory == SONDE_MEMORY_RAM || section->is_nobits
         || section->load_address != section->address;
}

static void
add_bytes (SondeSizeRow *row, const SondeSection *section, guint64 bytes)
{
  row->flash += section->is_nobits ? 0 : bytes;
  row->ram += takes_ram (section) ? bytes : 0;
}

static void
add_sections (Count *count)
{
  SondeSizeReport *self = count->report;
  const guint n = sonde_symbol_table_get_facts (self->table)->n_sections;

  for (guint i = 0; i < n; i++)
    {
      const SondeSection *section = sonde_symbol_table_get_section (self->table, i);
      SondeSizeRow row = { .name = section->name,
                           .file = "",
                           .section = section->name,
                           .address = section->address,
                           .is_code = section->is_code };

      count->reached[i] = section->address;
      count->rest[i] = section->size;
      if (section->size == 0)
        continue;
      add_bytes (&row, section, section->size);
      self->flash += row.flash;
      self->ram += row.ram;
      g_array_append_val (self->rows[SONDE_SIZE_BY_SECTION], row);
    }
}

static guint
get_section_index (const SondeSizeReport *self, const SondeSection *section)
{
  return (guint) (section - sonde_symbol_table_get_section (self->table, 0));
}

/* Symbols may lie in each other: who begins first has the bytes, so that each is counted once. */
static guint64
take_bytes (Count *count, const SondeSymbolPlace *place)
{
  const SondeSection *section = place->section;
  const guint index = get_section_index (count->report, section);
  const guint64 end_of_section = section->address + section->size;
  const guint64 begin = MAX (place->address, count->reached[index]);
  const guint64 end = MIN (place->address + place->size, end_of_section);

  if (place->address < section->address || end <= begin)
    return 0;
  count->reached[index] = end;
  count->rest[index] -= end - begin;
  return end - begin;
}

static SondeSizeRow *
get_file_row (Count *count, const char *file)
{
  GArray *rows = count->report->rows[SONDE_SIZE_BY_FILE];
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (count->files, file));

  if (known == 0)
    {
      const SondeSizeRow row = { .name = file, .file = file, .section = "" };

      g_array_append_val (rows, row);
      known = rows->len;
      g_hash_table_insert (count->files, (gpointer) file, GUINT_TO_POINTER (known));
    }
  return &g_array_index (rows, SondeSizeRow, known - 1);
}

static void
add_place (Count *count, const SondeSymbolPlace *place)
{
  const guint64 bytes = place->section != NULL ? take_bytes (count, place) : 0;
  SondeSizeRow row = { .name = place->name,
                       .file = place->file,
                       .section = place->section != NULL ? place->section->name : "",
                       .address = place->address,
                       .is_code = place->is_function };

  if (bytes == 0)
    return;
  add_bytes (&row, place->section, bytes);
  g_array_append_val (count->report->rows[SONDE_SIZE_BY_SYMBOL], row);

  SondeSizeRow *file = get_file_row (count, place->file);
  add_bytes (file, place->section, bytes);
  file->is_code |= place->is_function;
}

/* A symbol that a variable tells of is none of the image's places. */
static gboolean
make_place (SondeSymbolTable *table, guint index, SondeSymbolPlace *place)
{
  const SondeSymbolImage *image = sonde_symbol_table_get_image (table);
  const SondeImageVariable *row = &image->variables[index];

  if (row->why != 0 || row->section == SONDE_IMAGE_NO_SECTION)
    return FALSE;
  *place = (SondeSymbolPlace){ .name = sonde_symbol_image_text (image, row->path),
                               .file = sonde_symbol_image_text (image, row->unit),
                               .section = sonde_symbol_table_get_section (table, row->section),
                               .address = row->address,
                               .size = image->types[row->type].size };
  return place->size > 0;
}

/* Who begins first has the bytes; of those that begin together, the larger one. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  const SondeSymbolPlace *x = a, *y = b;

  if (x->section != y->section)
    return x->section < y->section ? -1 : 1;
  if (x->address != y->address)
    return x->address < y->address ? -1 : 1;
  if (x->size != y->size)
    return x->size > y->size ? -1 : 1;
  return strcmp (x->name, y->name);
}

static void
drop_aliases (GArray *places)
{
  guint kept = 0;

  for (guint i = 0; i < places->len; i++)
    {
      const SondeSymbolPlace place = g_array_index (places, SondeSymbolPlace, i);
      const SondeSymbolPlace *before
          = kept > 0 ? &g_array_index (places, SondeSymbolPlace, kept - 1) : NULL;

      if (before != NULL && before->section == place.section && before->address == place.address
          && before->size == place.size)
        continue;
      g_array_index (places, SondeSymbolPlace, kept++) = place;
    }
  g_array_set_size (places, kept);
}

GArray *
sonde_size_report_collect (SondeSymbolTable *table)
{
  const guint n_places = sonde_symbol_table_get_n_places (table);
  const guint n_variables = sonde_symbol_table_get_n (table);
  GArray *places
      = g_array_sized_new (FALSE, FALSE, sizeof (SondeSymbolPlace), n_places + n_variables);
  SondeSymbolPlace place;

  for (guint i = 0; i < n_places; i++)
    {
      sonde_symbol_table_get_place (table, i, &place);
      g_array_append_val (places, place);
    }
  for (guint i = 0; i < n_variables; i++)
    if (make_place (table, i, &place))
      g_array_append_val (places, place);
  g_array_sort (places, compare_places);
  drop_aliases (places);
  return places;
}

static void
add_rests (Count *count)
{
  SondeSizeReport *self = count->report;

  for (guint i = 0; i < sonde_symbol_table_get_facts (self->table)->n_sections; i++)
    {
      const SondeSection *section = sonde_symbol_table_get_section (self->table, i);
      SondeSizeRow row = { .name = NO_SYMBOL,
                           .file = "",
                           .section = section->name,
                           .address = section->address,
                           .is_code = section->is_code };

      if (count->rest[i] == 0)
        continue;
      add_bytes (&row, section, count->rest[i]);
      g_array_append_val (self->rows[SONDE_SIZE_BY_SYMBOL], row);
      row.address = 0;
      g_array_append_val (self->rows[SONDE_SIZE_BY_FILE], row);
    }
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const SondeSizeRow *x = a, *y = b;
  const guint64 size_of_x = x->flash + x->ram, size_of_y = y->flash + y->ram;
  int order;

  if (size_of_x != size_of_y)
    return size_of_x > size_of_y ? -1 : 1;
  order = strcmp (x->name, y->name);
  if (order == 0)
    order = strcmp (x->section, y->section);
  if (order != 0)
    return order;
  return x->address < y->address ? -1 : x->address > y->address;
}

SondeSizeReport *
sonde_size_report_new (SondeSymbolTable *table)
{
  SondeSizeReport *self = g_new0 (SondeSizeReport, 1);
  const guint n_sections = sonde_symbol_table_get_facts (table)->n_sections;
  g_autofree guint64 *reached = g_new0 (guint64, n_sections + 1);
  g_autofree guint64 *rest = g_new0 (guint64, n_sections + 1);
  g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) places = sonde_size_report_collect (table);
  Count count = { self, reached, rest, files };

  self->table = sonde_symbol_table_ref (table);
  for (guint i = 0; i < N_VIEWS; i++)
    self->rows[i] = g_array_new (FALSE, FALSE, sizeof (SondeSizeRow));
  add_sections (&count);
  for (guint i = 0; i < places->len; i++)
    add_place (&count, &g_array_index (places, SondeSymbolPlace, i));
  add_rests (&count);
  for (guint i = 0; i < N_VIEWS; i++)
    g_array_sort (self->rows[i], compare_rows);
  return self;
}

void
sonde_size_report_free (SondeSizeReport *self)
{
  for (guint i = 0; i < N_VIEWS; i++)
    g_array_unref (self->rows[i]);
  sonde_symbol_table_unref (self->table);
  g_free (self);
}

void
sonde_size_report_get_totals (SondeSizeReport *self, guint64 *flash, guint64 *ram)
{
  *flash = self->flash;
  *ram = self->ram;
}

const SondeSizeRow *
sonde_size_report_get_rows (SondeSizeReport *self, SondeSizeView view, guint *n)
{
  g_return_val_if_fail ((guint) view < N_VIEWS, NULL);

  *n = self->rows[view]->len;
  return (const SondeSizeRow *) self->rows[view]->data;
}
