/* size-map.c: what fills RAM or flash, as files of symbols for the treemap */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/size-map.h"

#include <stdlib.h>

struct _SondeSizeMap
{
  SondeSymbolTable *table; /* owned: the texts are its */
  GArray *files;           /* SondeSizeFile */
  GArray *tiles;           /* SondeSizeTile, by file */
  guint64 total;
  guint64 shares[SONDE_N_SECTION_KINDS];
};

/* A row of the report on its way to its file. */
typedef struct
{
  const SondeSizeRow *row;
  guint file; /* of the files in the order they came */
  guint64 bytes;
} Part;

static guint64
get_bytes (const SondeSizeRow *row, SondeSizeMemory memory)
{
  return memory == SONDE_SIZE_OF_RAM ? row->ram : row->flash;
}

static gint
compare_files (gconstpointer a, gconstpointer b)
{
  const SondeSizeFile *x = a, *y = b;

  return x->bytes != y->bytes ? (x->bytes > y->bytes ? -1 : 1) : g_strcmp0 (x->file, y->file);
}

/* All parts of @memory, each with its file; files get their bytes and a number (in first). */
static GArray *
collect_parts (SondeSizeMap *self, SondeSizeReport *report, SondeSizeMemory memory)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;
  const SondeSizeRow *rows = sonde_size_report_get_rows (report, SONDE_SIZE_BY_SYMBOL, &n);

  for (guint i = 0; i < n; i++)
    {
      Part part = { .row = &rows[i], .bytes = get_bytes (&rows[i], memory) };
      const guint known = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, rows[i].file));

      if (part.bytes == 0)
        continue;
      part.file = known - 1;
      if (known == 0)
        {
          const SondeSizeFile file = { .file = rows[i].file, .first = self->files->len };

          part.file = self->files->len;
          g_hash_table_insert (numbers, (gpointer) rows[i].file, GUINT_TO_POINTER (part.file + 1));
          g_array_append_val (self->files, file);
        }
      g_array_index (self->files, SondeSizeFile, part.file).bytes += part.bytes;
      self->total += part.bytes;
      g_array_append_val (parts, part);
    }
  return parts;
}

static gint
compare_tiles (gconstpointer a, gconstpointer b)
{
  const SondeSizeTile *x = a, *y = b;

  if (x->bytes != y->bytes)
    return x->bytes > y->bytes ? -1 : 1;
  return x->address < y->address ? -1 : x->address > y->address;
}

/* The report's order counts flash and RAM together; here one of them does. */
static void
sort_tiles (SondeSizeMap *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const SondeSizeFile *file = &g_array_index (self->files, SondeSizeFile, i);

      qsort (&g_array_index (self->tiles, SondeSizeTile, file->first), file->n,
             sizeof (SondeSizeTile), compare_tiles);
    }
}

/* By file. */
static void
place_parts (SondeSizeMap *self, GArray *parts)
{
  g_autofree guint *places = g_new0 (guint, self->files->len + 1);
  guint at = 0;

  g_array_sort (self->files, compare_files);
  for (guint i = 0; i < self->files->len; i++)
    places[g_array_index (self->files, SondeSizeFile, i).first] = i;
  for (guint i = 0; i < parts->len; i++)
    g_array_index (self->files, SondeSizeFile, places[g_array_index (parts, Part, i).file]).n++;
  for (guint i = 0; i < self->files->len; i++)
    {
      SondeSizeFile *file = &g_array_index (self->files, SondeSizeFile, i);

      file->first = at;
      at += file->n;
      file->n = 0;
    }
  g_array_set_size (self->tiles, parts->len);
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);
      SondeSizeFile *file = &g_array_index (self->files, SondeSizeFile, places[part->file]);
      const SondeSectionKind kind = sonde_section_kind_of (self->table, part->row->section);

      /* Of what no symbol names, at least the section is known. */
      const gboolean is_rest = part->row->name[0] == '(';

      self->shares[kind] += part->bytes;
      g_array_index (self->tiles, SondeSizeTile, file->first + file->n++)
          = (SondeSizeTile){ is_rest ? part->row->section : part->row->name, part->bytes,
                             part->row->address, kind, is_rest };
    }
}

SondeSizeMap *
sonde_size_map_new (SondeSymbolTable *table, SondeSizeMemory memory)
{
  SondeSizeMap *self = g_atomic_rc_box_new0 (SondeSizeMap);
  g_autoptr (SondeSizeReport) report = sonde_size_report_new (table);
  g_autoptr (GArray) parts = NULL;

  self->table = sonde_symbol_table_ref (table);
  self->files = g_array_new (FALSE, FALSE, sizeof (SondeSizeFile));
  self->tiles = g_array_new (FALSE, FALSE, sizeof (SondeSizeTile));
  parts = collect_parts (self, report, memory);
  place_parts (self, parts);
  sort_tiles (self);
  return self;
}

SondeSizeMap *
sonde_size_map_ref (SondeSizeMap *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_map (SondeSizeMap *self)
{
  g_array_unref (self->files);
  g_array_unref (self->tiles);
  sonde_symbol_table_unref (self->table);
}

void
sonde_size_map_unref (SondeSizeMap *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_map);
}

guint64
sonde_size_map_get_total (const SondeSizeMap *self)
{
  return self->total;
}

guint64
sonde_size_map_get_share (const SondeSizeMap *self, SondeSectionKind kind)
{
  g_return_val_if_fail (kind < SONDE_N_SECTION_KINDS, 0);
  return self->shares[kind];
}

const SondeSizeFile *
sonde_size_map_get_files (const SondeSizeMap *self, guint *n)
{
  *n = self->files->len;
  return (const SondeSizeFile *) self->files->data;
}

const SondeSizeTile *
sonde_size_map_get_tiles (const SondeSizeMap *self, guint *n)
{
  *n = self->tiles->len;
  return (const SondeSizeTile *) self->tiles->data;
}

gboolean
sonde_size_map_find (const SondeSizeMap *self, guint64 address, const char *name, guint *tile)
{
  gboolean is_found = FALSE;

  for (guint i = 0; i < self->tiles->len; i++)
    {
      const SondeSizeTile *other = &g_array_index (self->tiles, SondeSizeTile, i);

      if (other->address != address || (is_found && g_strcmp0 (other->name, name) != 0))
        continue;
      *tile = i;
      is_found = TRUE;
      if (g_strcmp0 (other->name, name) == 0)
        return TRUE;
    }
  return is_found;
}
