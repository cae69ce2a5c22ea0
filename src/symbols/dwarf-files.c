/* dwarf-files.c: the source files that entries name by number */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-files.h"

#define MAX_FILES 1000000
#define MAX_COLUMNS 64

typedef struct
{
  const char *name;
  const char *path; /* NULL until it is asked for */
  guint64 folder;
} File;

/* What was read last, and all paths given out. */
typedef struct
{
  SondeDieKey unit; /* whose list it is, 0: none was read yet */
  guint version;
  const char *build_folder;
  GPtrArray *folders; /* const char *; borrowed from the sections */
  GArray *files;      /* File */
  GStringChunk *paths;
} Files;

static Files *
alloc_files (void)
{
  Files *self = g_new0 (Files, 1);

  self->folders = g_ptr_array_new ();
  self->files = g_array_new (FALSE, TRUE, sizeof (File));
  self->paths = g_string_chunk_new (4096);
  return self;
}

static void
free_files (Files *self)
{
  g_ptr_array_unref (self->folders);
  g_array_unref (self->files);
  g_string_chunk_free (self->paths);
  g_free (self);
}

/* DWARF 2 to 4: texts one after another, each list ended by an empty one; both count from 1. */
static void
read_old_lists (Files *self, SondeCursor *cursor)
{
  const char *text;
  File row = { 0 };

  g_ptr_array_add (self->folders, (gpointer) self->build_folder);
  while ((text = sonde_cursor_text (cursor)) != NULL && *text != '\0')
    g_ptr_array_add (self->folders, (gpointer) text);
  g_array_append_val (self->files, row);
  while ((row.name = sonde_cursor_text (cursor)) != NULL && *row.name != '\0')
    {
      row.folder = sonde_cursor_uleb (cursor);
      sonde_cursor_uleb (cursor);
      sonde_cursor_uleb (cursor);
      g_array_append_val (self->files, row);
    }
}

typedef struct
{
  guint64 kind, form;
} Column;

/* One list of DWARF 5: what its columns are, then the rows. Calls of @add get name and folder. */
static void
read_list (const SondeDie *root, SondeCursor *cursor, const SondeFormLayout *layout,
           void (*add) (Files *self, const char *name, guint64 folder))
{
  Column columns[MAX_COLUMNS];
  const guint n_columns = sonde_cursor_u8 (cursor);
  SondeAttribute value = { 0 };
  guint64 n_rows;

  if (n_columns > MAX_COLUMNS)
    cursor->has_failed = TRUE;
  for (guint i = 0; i < n_columns && !cursor->has_failed; i++)
    {
      columns[i].kind = sonde_cursor_uleb (cursor);
      columns[i].form = sonde_cursor_uleb (cursor);
    }
  n_rows = sonde_cursor_uleb (cursor);
  for (guint64 row = 0; row < MIN (n_rows, MAX_FILES) && n_columns > 0; row++)
    {
      const char *name = NULL;
      guint64 folder = 0;

      for (guint i = 0; i < n_columns; i++)
        {
          if (cursor->has_failed || columns[i].form > G_MAXUINT16
              || !sonde_form_read (cursor, (guint) columns[i].form, layout, 0, &value))
            return;
          if (columns[i].kind == DW_LNCT_path)
            name = sonde_attribute_get_text (root, &value);
          else if (columns[i].kind == DW_LNCT_directory_index)
            folder = value.number;
        }
      add (root->dwarf->files, name, folder);
    }
}

static void
add_folder (Files *self, const char *name, guint64 folder)
{
  g_ptr_array_add (self->folders, (gpointer) name);
}

static void
add_file (Files *self, const char *name, guint64 folder)
{
  const File row = { .name = name, .folder = folder };

  g_array_append_val (self->files, row);
}

/* What stands before the lists matters to line programs only. */
static void
read_table (Files *self, const SondeDie *root, guint64 offset)
{
  SondeCursor cursor = sonde_dwarf_get_cursor (root->dwarf, root->dwarf->line, offset);
  SondeFormLayout layout = { root->unit->layout.address_size, 4, 4 };
  guint64 length = sonde_cursor_u32 (&cursor);
  guint n_opcodes;

  if (length == G_MAXUINT32)
    {
      layout.offset_size = layout.reference_size = 8;
      length = sonde_cursor_u64 (&cursor);
    }
  if (length < (guint64) (cursor.end - cursor.at))
    cursor.end = cursor.at + length;
  self->version = sonde_cursor_u16 (&cursor);
  if (self->version < 2 || self->version > 5)
    return;
  if (self->version == 5)
    sonde_cursor_take (&cursor, 2);
  sonde_cursor_number (&cursor, layout.offset_size);
  sonde_cursor_take (&cursor, self->version >= 4 ? 5 : 4);
  n_opcodes = sonde_cursor_u8 (&cursor);
  sonde_cursor_take (&cursor, n_opcodes > 0 ? n_opcodes - 1 : 0);
  if (self->version < 5)
    {
      read_old_lists (self, &cursor);
      return;
    }
  read_list (root, &cursor, &layout, add_folder);
  read_list (root, &cursor, &layout, add_file);
}

static void
read_unit (Files *self, SondeDwarf *dwarf, SondeDwarfUnit *unit)
{
  SondeAttribute value;
  SondeDie root;

  self->unit = unit->root;
  self->version = 0;
  g_ptr_array_set_size (self->folders, 0);
  g_array_set_size (self->files, 0);
  if (!sonde_dwarf_root (dwarf, unit, &root) || !sonde_die_find (&root, DW_AT_stmt_list, &value)
      || (value.kind != SONDE_FORM_OFFSET && value.kind != SONDE_FORM_NUMBER))
    return;
  self->build_folder = sonde_die_get_text (&root, DW_AT_comp_dir);
  read_table (self, &root, value.number);
}

static const char *
join (Files *self, const char *folder, const char *name)
{
  if (*name == '/' || folder == NULL || *folder == '\0')
    return name;
  g_autofree char *path = g_strconcat (folder, "/", name, NULL);
  return g_string_chunk_insert_const (self->paths, path);
}

/* A folder may itself count from the one that the unit was built in. */
static const char *
find_folder (Files *self, guint64 folder)
{
  const char *name = folder < self->folders->len ? self->folders->pdata[folder] : NULL;

  if (name == NULL || name == self->build_folder)
    return self->build_folder;
  return join (self, self->build_folder, name);
}

static Files *
get_files (SondeDwarf *dwarf)
{
  if (dwarf->files == NULL)
    {
      dwarf->files = alloc_files ();
      dwarf->free_files = (GDestroyNotify) free_files;
    }
  return dwarf->files;
}

const char *
sonde_dwarf_get_unit_path (SondeDwarf *dwarf, SondeDwarfUnit *unit)
{
  g_autofree char *path = NULL;
  const char *name, *folder;
  SondeDie root;

  if (unit == NULL || !sonde_dwarf_root (dwarf, unit, &root))
    return NULL;
  name = sonde_die_get_name (&root);
  folder = sonde_die_get_text (&root, DW_AT_comp_dir);
  if (name == NULL)
    return NULL;
  if (*name != '/' && (folder == NULL || *folder != '/'))
    return name;
  /* The same file is "x.c" to one make and "../b/x.c" to another. */
  path = g_canonicalize_filename (name, folder != NULL && *folder == '/' ? folder : "/");
  return g_string_chunk_insert_const (get_files (dwarf)->paths, path);
}

const char *
sonde_dwarf_get_file (SondeDwarf *dwarf, SondeDwarfUnit *unit, guint64 index)
{
  Files *self = get_files (dwarf);
  File *file;

  if (self->unit != unit->root)
    read_unit (self, dwarf, unit);
  if (index >= self->files->len)
    return NULL;
  file = &g_array_index (self->files, File, index);
  if (file->path == NULL && file->name != NULL)
    file->path = join (self, find_folder (self, file->folder), file->name);
  return file->path;
}
