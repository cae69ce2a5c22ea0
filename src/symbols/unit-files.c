/* unit-files.c: the source file of a unit, by what lies in it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/unit-files.h"

#include <string.h>

typedef struct
{
  guint64 address;
  const char *file;
} Row;

struct _SondeUnitFiles
{
  GStringChunk *texts;
  GHashTable *by_name; /* name as the unit has it, and without folders -> path; "": several */
  GHashTable *by_unit; /* SondeDwarfUnit -> path */
  GArray *functions;   /* Row, rising */
  GArray *variables;   /* Row, rising */
};

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = a, *y = b;

  return x->address < y->address ? -1 : x->address > y->address;
}

static const char *
get_path (SondeUnitFiles *self, const SondeDie *root, const char *name)
{
  const char *folder = sonde_die_get_text (root, DW_AT_comp_dir);
  g_autofree char *path = NULL;

  if (g_path_is_absolute (name) || folder == NULL || !g_path_is_absolute (folder))
    return g_string_chunk_insert_const (self->texts, name);
  path = g_canonicalize_filename (name, folder);
  return g_string_chunk_insert_const (self->texts, path);
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
      path = get_path (self, &root, name);
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
        g_array_append_val (self->functions, row);
    }
  g_array_sort (self->functions, compare_rows);
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
      g_array_append_val (self->variables, row);
    }
  g_array_sort (self->variables, compare_rows);
}

SondeUnitFiles *
sonde_unit_files_new (const SondeDwarfIndex *index, SondeImageWriter *writer)
{
  SondeUnitFiles *self = g_new0 (SondeUnitFiles, 1);

  self->texts = g_string_chunk_new (4096);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_unit = g_hash_table_new (NULL, NULL);
  self->functions = g_array_new (FALSE, FALSE, sizeof (Row));
  self->variables = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_size (self->variables, sonde_image_writer_get_n_variables (writer));
  g_array_set_size (self->variables, 0);
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
  g_array_unref (self->functions);
  g_array_unref (self->variables);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static const char *
find_row (const GArray *rows, guint64 address)
{
  guint low = 0, high = rows->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (g_array_index (rows, Row, middle).address < address)
        low = middle + 1;
      else
        high = middle;
    }
  return low < rows->len && g_array_index (rows, Row, low).address == address
             ? g_array_index (rows, Row, low).file
             : NULL;
}

const char *
sonde_unit_files_of_function (const SondeUnitFiles *self, guint64 address)
{
  return find_row (self->functions, address);
}

const char *
sonde_unit_files_of_variable (const SondeUnitFiles *self, guint64 address)
{
  return find_row (self->variables, address);
}

const char *
sonde_unit_files_complete (const SondeUnitFiles *self, const char *name)
{
  const char *path = name != NULL ? g_hash_table_lookup (self->by_name, name) : NULL;

  return path != NULL && *path != '\0' ? path : name;
}
