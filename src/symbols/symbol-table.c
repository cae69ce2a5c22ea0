/* symbol-table.c: the immutable index over a mapped symbol image */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/symbol-table.h"

#include <string.h>

#include "symbols/code-names.h"
#include "symbols/image-types.h"
#include "symbols/near-miss.h"
#include "types/path.h"

struct _SondeSymbolTable
{
  SondeImageTypes *types;        /* owned */
  const SondeSymbolImage *image; /* of types */
  char *file;
  SondeSymbolFacts facts;
  SondeSection *sections;
  GMutex lock;
  GHashTable *made; /* under lock: row -> SondeType */
};

static void
fill_facts (SondeSymbolTable *self)
{
  const SondeImageFacts *from = self->image->facts;
  SondeSymbolFacts *to = &self->facts;

  to->file = self->file;
  to->build_id = sonde_symbol_image_text (self->image, from->build_id);
  to->machine = sonde_symbol_image_text (self->image, from->machine);
  to->byte_order
      = (from->flags & SONDE_IMAGE_FACT_BIG_ENDIAN) != 0 ? G_BIG_ENDIAN : G_LITTLE_ENDIAN;
  to->pointer_size = from->pointer_size;
  to->n_units = from->n_units;
  to->n_skipped_units = self->image->n[SONDE_IMAGE_SKIPPED];
  to->n_sections = self->image->n[SONDE_IMAGE_SECTIONS];
  to->is_relocatable = (from->flags & SONDE_IMAGE_FACT_RELOCATABLE) != 0;
  to->is_pie = (from->flags & SONDE_IMAGE_FACT_PIE) != 0;
  to->has_dwarf = (from->flags & SONDE_IMAGE_FACT_DWARF) != 0;
}

static SondeMemory
get_section_memory (const SondeSymbolTable *self, guint32 row)
{
  if (row == SONDE_IMAGE_NO_SECTION)
    return SONDE_MEMORY_PERIPHERAL;
  return (self->image->sections[row].flags & SONDE_IMAGE_SECTION_WRITE) != 0 ? SONDE_MEMORY_RAM
                                                                             : SONDE_MEMORY_FLASH;
}

static void
fill_sections (SondeSymbolTable *self)
{
  self->sections = g_new (SondeSection, self->facts.n_sections + 1);
  for (guint i = 0; i < self->facts.n_sections; i++)
    {
      const SondeImageSection *from = &self->image->sections[i];

      self->sections[i].name = sonde_symbol_image_text (self->image, from->name);
      self->sections[i].address = from->address;
      self->sections[i].size = from->size;
      self->sections[i].memory = get_section_memory (self, i);
      self->sections[i].is_code = (from->flags & SONDE_IMAGE_SECTION_EXEC) != 0;
      self->sections[i].is_nobits = (from->flags & SONDE_IMAGE_SECTION_NOBITS) != 0;
      self->sections[i].load_address = from->load_address;
      self->sections[i].has_crc = (from->flags & SONDE_IMAGE_SECTION_CRC) != 0;
      self->sections[i].crc = from->crc;
    }
}

static SondeSymbolTable *
new_from_open_image (const SondeSymbolImage *image, const char *elf_path)
{
  SondeSymbolTable *self = g_atomic_rc_box_new0 (SondeSymbolTable);

  self->types = sonde_image_types_new (image);
  self->image = sonde_image_types_get_image (self->types);
  self->file = g_strdup (elf_path != NULL ? elf_path : "");
  self->made = sonde_image_types_new_memory ();
  g_mutex_init (&self->lock);
  fill_facts (self);
  fill_sections (self);
  return self;
}

SondeSymbolTable *
sonde_symbol_table_new_from_bytes (GBytes *image, const char *elf_path, GError **error)
{
  SondeSymbolImage opened;
  SondeSymbolTable *self;

  if (!sonde_symbol_image_open (&opened, image, error))
    return NULL;
  self = new_from_open_image (&opened, elf_path);
  sonde_symbol_image_close (&opened);
  return self;
}

SondeSymbolTable *
sonde_symbol_table_new_from_trusted (GBytes *image, const char *elf_path, GError **error)
{
  SondeSymbolImage opened;
  SondeSymbolTable *self;

  if (!sonde_symbol_image_open_trusted (&opened, image, error))
    return NULL;
  self = new_from_open_image (&opened, elf_path);
  sonde_symbol_image_close (&opened);
  return self;
}

SondeSymbolTable *
sonde_symbol_table_new_from_image (const char *image_path, const char *elf_path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (image_path, FALSE, error);

  if (file == NULL)
    return NULL;
  g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (file);
  return sonde_symbol_table_new_from_bytes (bytes, elf_path, error);
}

SondeSymbolTable *
sonde_symbol_table_ref (SondeSymbolTable *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_table (SondeSymbolTable *self)
{
  g_hash_table_unref (self->made);
  sonde_image_types_unref (self->types);
  g_mutex_clear (&self->lock);
  g_free (self->sections);
  g_free (self->file);
}

void
sonde_symbol_table_unref (SondeSymbolTable *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_table);
}

const SondeSymbolFacts *
sonde_symbol_table_get_facts (const SondeSymbolTable *self)
{
  return &self->facts;
}

guint
sonde_symbol_table_get_n (const SondeSymbolTable *self)
{
  return self->image->n[SONDE_IMAGE_VARIABLES];
}

const SondeSymbolImage *
sonde_symbol_table_get_image (const SondeSymbolTable *self)
{
  return self->image;
}

SondeType *
sonde_symbol_table_dup_type (SondeSymbolTable *self, guint32 row)
{
  SondeType *type;

  g_mutex_lock (&self->lock);
  type = sonde_image_types_dup (self->types, row, self->made);
  g_mutex_unlock (&self->lock);
  return type;
}

static const char *
get_text (const SondeSymbolTable *self, guint32 text)
{
  return text != 0 ? sonde_symbol_image_text (self->image, text) : NULL;
}

gboolean
sonde_symbol_table_is_placed (const SondeSymbolTable *self, guint index)
{
  g_return_val_if_fail (index < sonde_symbol_table_get_n (self), FALSE);
  return self->image->variables[index].why == 0;
}

/* (nullable): a place in a file that is not linked is none in a board's memory */
static char *
dup_reason (const SondeSymbolTable *self, const SondeImageVariable *row)
{
  if (row->why != 0)
    return g_strdup (sonde_symbol_image_text (self->image, row->why));
  if (!self->facts.is_relocatable)
    return NULL;
  return g_strdup_printf ("not linked yet: its address counts from the start of %s",
                          row->section != SONDE_IMAGE_NO_SECTION ? self->sections[row->section].name
                                                                 : "its section");
}

SondeVariable *
sonde_symbol_table_dup_variable (SondeSymbolTable *self, guint index)
{
  g_return_val_if_fail (index < sonde_symbol_table_get_n (self), NULL);

  const SondeImageVariable *row = &self->image->variables[index];
  g_autoptr (SondeType) type = sonde_symbol_table_dup_type (self, row->type);
  const char *file = get_text (self, row->file);
  g_autofree char *name = file != NULL ? g_path_get_basename (file) : NULL;
  g_autofree char *why = dup_reason (self, row);
  const SondeMemory memory = get_section_memory (self, row->section);
  const SondeVariableInfo info = {
    .path = sonde_symbol_image_text (self->image, row->path),
    .address = row->address,
    .type = type,
    .byte_order = self->facts.byte_order,
    .pointer_size = self->facts.pointer_size,
    .memory = memory,
    .is_writable = memory != SONDE_MEMORY_FLASH && (row->flags & SONDE_IMAGE_VARIABLE_CONST) == 0,
    .why = why,
    .section = row->section != SONDE_IMAGE_NO_SECTION ? self->sections[row->section].name : NULL,
    .file = name,
    .line = row->line,
  };

  return sonde_variable_new (&info);
}

const char *
sonde_symbol_table_get_path (const SondeSymbolTable *self, guint index)
{
  return sonde_symbol_image_text (self->image, self->image->variables[index].path);
}

const char *
sonde_symbol_table_get_type_name (const SondeSymbolTable *self, guint index)
{
  const SondeImageType *type = &self->image->types[self->image->variables[index].type];

  return sonde_symbol_image_text (self->image, type->name);
}

guint64
sonde_symbol_table_get_address (const SondeSymbolTable *self, guint index)
{
  return self->image->variables[index].address;
}

const SondeSection *
sonde_symbol_table_get_section (const SondeSymbolTable *self, guint index)
{
  g_return_val_if_fail (index < self->facts.n_sections, NULL);
  return &self->sections[index];
}

guint
sonde_symbol_table_get_n_places (const SondeSymbolTable *self)
{
  return self->image->n[SONDE_IMAGE_PLACES];
}

void
sonde_symbol_table_get_place (const SondeSymbolTable *self, guint index, SondeSymbolPlace *place)
{
  const SondeImagePlace *row = &self->image->places[index];

  g_return_if_fail (index < sonde_symbol_table_get_n_places (self));
  place->name = sonde_symbol_image_text (self->image, row->name);
  place->file = sonde_symbol_image_text (self->image, row->file);
  place->section = row->section != SONDE_IMAGE_NO_SECTION ? &self->sections[row->section] : NULL;
  place->address = row->address;
  place->size = row->size;
  place->is_function = (row->flags & SONDE_IMAGE_PLACE_FUNCTION) != 0;
}

gboolean
sonde_symbol_table_find_place (const SondeSymbolTable *self, guint64 address, guint *index)
{
  return sonde_code_names_find_place (self->image, address, index);
}

const char *
sonde_symbol_table_get_skipped (const SondeSymbolTable *self, guint index)
{
  g_return_val_if_fail (index < self->facts.n_skipped_units, NULL);
  return sonde_symbol_image_text (self->image, self->image->skipped[index]);
}

static int
compare_name (const SondeSymbolTable *self, guint index, const char *name, gsize length)
{
  const char *path = sonde_symbol_table_get_path (self, index);
  const int order = strncmp (path, name, length);

  return order != 0 ? order : path[length] != '\0';
}

static gboolean
find_root (const SondeSymbolTable *self, const char *name, gsize length, guint *index)
{
  guint low = 0, high = sonde_symbol_table_get_n (self);

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      const int order = compare_name (self, middle, name, length);

      if (order == 0)
        {
          *index = middle;
          return TRUE;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

/* "main.c::counter" is understood also where "counter" alone would do. */
static gboolean
find_root_in_file (const SondeSymbolTable *self, const char *name, gsize length, guint *index)
{
  const char *colons = g_strstr_len (name, (gssize) length, "::");
  const gsize file_length = colons != NULL ? (gsize) (colons - name) : 0;
  const char *unit;
  gsize unit_length;

  if (colons == NULL || !find_root (self, colons + 2, length - file_length - 2, index))
    return FALSE;
  unit = sonde_symbol_image_text (self->image, self->image->variables[*index].unit);
  unit_length = strlen (unit);
  return unit_length >= file_length && file_length > 0
         && memcmp (unit + unit_length - file_length, name, file_length) == 0
         && (unit_length == file_length || unit[unit_length - file_length - 1] == '/');
}

/* Templates are spelled "a<b, c>" by one compiler and "a<b,c>" by people. */
static gboolean
equals_but_for_blanks (const char *a, const char *b, gsize length)
{
  const char *end = b + length;

  while (TRUE)
    {
      while (*a == ' ')
        a++;
      while (b < end && *b == ' ')
        b++;
      if (*a == 0 || b == end)
        return *a == 0 && b == end;
      if (*a++ != *b++)
        return FALSE;
    }
}

static gboolean
find_root_spelled (const SondeSymbolTable *self, const char *name, gsize length, guint *index)
{
  if (memchr (name, '<', length) == NULL && memchr (name, '(', length) == NULL)
    return FALSE;
  for (guint i = 0; i < sonde_symbol_table_get_n (self); i++)
    if (equals_but_for_blanks (sonde_symbol_table_get_path (self, i), name, length))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

#define MAX_ROOTS_TRIED 1000

/* Names from a symbol table may hold dots and brackets: then the root ends at a later one. In
 * "both.C::x" it ends earlier: only "C" may be a file's ending and a class's name. */
static gboolean
split_path (const SondeSymbolTable *self, const char *path, guint *index, gsize *length)
{
  const gsize first = sonde_path_root_length (path);
  gsize at = first;
  gboolean is_early = memchr (path, ':', first) != NULL;

  for (guint i = 0; i < MAX_ROOTS_TRIED; i++)
    {
      if (find_root (self, path, at, index) || find_root_in_file (self, path, at, index))
        {
          *length = at;
          return TRUE;
        }
      if (is_early)
        at = strcspn (path, ".[-");
      else if (path[at] == '\0')
        break;
      else
        at += 1 + strcspn (path + at + 1, ".[-");
      is_early = FALSE;
    }
  *length = first;
  return find_root_spelled (self, path, first, index);
}

gboolean
sonde_symbol_table_has_path (SondeSymbolTable *self, const char *path)
{
  gsize length = 0;
  guint index = 0;

  return split_path (self, path, &index, &length);
}

gboolean
sonde_symbol_table_find_same (SondeSymbolTable *self, const char *path, const char *unit,
                              guint *index)
{
  g_autofree char *file = g_path_get_basename (unit);
  g_autofree char *longer = g_strconcat (file, "::", path, NULL);

  return find_root (self, path, strlen (path), index)
         || find_root_in_file (self, path, strlen (path), index)
         || (*unit != 0 && find_root (self, longer, strlen (longer), index));
}

SondeVariable *
sonde_symbol_table_dup_by_path (SondeSymbolTable *self, const char *path, GError **error)
{
  g_autoptr (SondeVariable) root = NULL;
  gsize length = 0;
  guint index = 0;

  if (!split_path (self, path, &index, &length))
    {
      g_autoptr (SondeNearMiss) near_miss = sonde_near_miss_new (path);
      g_autofree char *misses = NULL;

      for (guint i = 0; i < sonde_symbol_table_get_n (self); i++)
        sonde_near_miss_offer (near_miss, sonde_symbol_table_get_path (self, i));
      misses = sonde_near_miss_describe (near_miss);
      g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_NOT_FOUND,
                   "%s: no such variable%s", path, misses);
      return NULL;
    }
  root = sonde_symbol_table_dup_variable (self, index);
  return sonde_variable_dup_by_path (root, path + length, error);
}
