/* unit-files.c: the source file of a unit, by what lies in it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/unit-files.h"

#include <string.h>

#include "symbols/dwarf-files.h"
#include "symbols/number-sort.h"

typedef struct
{
  guint64 address;
  const char *file;
  guint32 text; /* of a variable's path in the image */
  guint32 type; /* row of a variable's type in the image */
} Row;

/* Rows by address: who goes through rising ones looks at each once. */
typedef struct
{
  GArray *rows; /* Row */
  guint last;   /* the one found last */
} Index;

struct _SondeUnitFiles
{
  SondeImageWriter *writer; /* borrowed */
  GStringChunk *texts;
  GHashTable *by_name; /* name as the unit has it, and without folders -> path; "": several */
  GHashTable *by_unit; /* SondeDwarfUnit -> path */
  Index functions, variables;
};

static void
sort_rows (Index *index)
{
  const guint n = index->rows->len;
  const Row *from = (const Row *) index->rows->data;
  g_autofree SondeNumberRow *order = g_new (SondeNumberRow, n + 1);
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (Row), n);

  for (guint i = 0; i < n; i++)
    order[i] = (SondeNumberRow){ from[i].address, i };
  sonde_number_sort (order, n);
  for (guint i = 0; i < n; i++)
    g_array_append_val (sorted, from[order[i].index]);
  g_array_unref (index->rows);
  index->rows = sorted;
}

static void
note_name (SondeUnitFiles *self, const char *name, const char *path)
{
  const char *known = g_hash_table_lookup (self->by_name, name);

  if (known == NULL)
    g_hash_table_insert (self->by_name, (gpointer) name, (gpointer) path);
  else if (strcmp (known, path) != 0)
    g_hash_table_insert (self->by_name, (gpointer) name, (gpointer) "");
}

static void
read_units (SondeUnitFiles *self, SondeDwarf *dwarf)
{
  for (guint i = 0; i < sonde_dwarf_get_n_units (dwarf); i++)
    {
      SondeDwarfUnit *unit = sonde_dwarf_get_unit (dwarf, i);
      const char *name, *path, *folder;
      SondeDie root;

      if (unit->kind == SONDE_UNIT_TYPE || !sonde_dwarf_root (dwarf, unit, &root))
        continue;
      name = sonde_die_get_name (&root);
      if (name == NULL)
        continue;
      path = sonde_dwarf_get_unit_path (dwarf, unit);
      folder = strrchr (name, '/');
      g_hash_table_insert (self->by_unit, unit, (gpointer) path);
      note_name (self, name, path);
      if (folder != NULL)
        note_name (self, folder + 1, path);
    }
}

static void
read_functions (SondeUnitFiles *self, const SondeDwarfIndex *index)
{
  for (guint i = 0; i < index->functions->len; i++)
    {
      const SondeDwarfFunction *from = &g_array_index (index->functions, SondeDwarfFunction, i);
      Row row = { .address = from->address };

      row.file
          = g_hash_table_lookup (self->by_unit, sonde_dwarf_find_unit (index->dwarf, from->key));
      if (row.file != NULL)
        g_array_append_val (self->functions.rows, row);
    }
  sort_rows (&self->functions);
}

static void
read_variables (SondeUnitFiles *self, SondeImageWriter *writer)
{
  guint32 unit = 0;
  const char *file = NULL;

  for (guint i = 0; i < sonde_image_writer_get_n_variables (writer); i++)
    {
      const SondeImageVariable *from = sonde_image_writer_get_variable (writer, i);
      Row row = { .address = from->address };

      if (from->why != 0 || from->unit == 0)
        continue;
      if (from->unit != unit)
        file = g_string_chunk_insert_const (
            self->texts,
            sonde_unit_files_complete (self, sonde_image_writer_get_text (writer, from->unit)));
      unit = from->unit;
      row.file = file;
      row.text = from->path;
      row.type = from->type;
      g_array_append_val (self->variables.rows, row);
    }
  sort_rows (&self->variables);
}

SondeUnitFiles *
sonde_unit_files_new (const SondeDwarfIndex *index, SondeImageWriter *writer)
{
  SondeUnitFiles *self = g_new0 (SondeUnitFiles, 1);

  self->writer = writer;
  self->texts = g_string_chunk_new (4096);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_unit = g_hash_table_new (NULL, NULL);
  self->functions.rows = g_array_sized_new (FALSE, FALSE, sizeof (Row), index->functions->len);
  self->variables.rows
      = g_array_sized_new (FALSE, FALSE, sizeof (Row), sonde_image_writer_get_n_variables (writer));
  read_units (self, index->dwarf);
  read_functions (self, index);
  read_variables (self, writer);
  return self;
}

void
sonde_unit_files_free (SondeUnitFiles *self)
{
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->by_unit);
  g_array_unref (self->functions.rows);
  g_array_unref (self->variables.rows);
  g_string_chunk_free (self->texts);
  g_free (self);
}

/* (nullable): the first at @address */
static const Row *
find_row (Index *index, guint64 address)
{
  const Row *rows = (const Row *) index->rows->data;
  const guint n = index->rows->len;
  guint low = index->last, high = n;

  if (low >= n || rows[low].address > address)
    low = 0;
  else
    for (guint step = 1; step < n - low && rows[low + step].address < address; step *= 2)
      low += step;
  if (n > 0 && low + 1 < n && rows[low + 1].address >= address)
    high = low + 1;
  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (rows[middle].address < address)
        low = middle + 1;
      else
        high = middle;
    }
  index->last = low;
  return low < n && rows[low].address == address ? &rows[low] : NULL;
}

const char *
sonde_unit_files_of_function (SondeUnitFiles *self, guint64 address)
{
  const Row *row = find_row (&self->functions, address);

  return row != NULL ? row->file : NULL;
}

const char *
sonde_unit_files_of_variable (SondeUnitFiles *self, guint64 address, guint32 *path)
{
  const Row *row = find_row (&self->variables, address);

  *path = row != NULL ? row->text : 0;
  return row != NULL ? row->file : NULL;
}

gboolean
sonde_unit_files_has_variable (SondeUnitFiles *self, guint64 address, guint64 size)
{
  const Row *row = find_row (&self->variables, address);
  const Row *end = (const Row *) self->variables.rows->data + self->variables.rows->len;

  for (; row != NULL && row < end && row->address == address; row++)
    if (sonde_image_writer_get_type (self->writer, row->type)->size == size)
      return TRUE;
  return FALSE;
}

const char *
sonde_unit_files_complete (const SondeUnitFiles *self, const char *name)
{
  const char *path = name != NULL ? g_hash_table_lookup (self->by_name, name) : NULL;

  return path != NULL && *path != '\0' ? path : name;
}
