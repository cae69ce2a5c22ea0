/* dwarf-reader.c: units, entries and attributes as plain values; the releases of libdwarf differ in
 * this file only */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-reader.h"

#if HAVE_LIBDWARF_SUBDIR
#include <libdwarf/libdwarf.h>
#else
#include <libdwarf.h>
#endif

#include "symbols/symbol-error.h"

struct _SondeDwarf
{
  Dwarf_Debug debug;
  SondeElfFile *elf; /* borrowed */
  gboolean is_info;  /* .debug_info first, .debug_types after it */
  guint address_size;
  guint64 info_size; /* of both sections, for the progress */
  gboolean failed;
  GHashTable *files;  /* SondeDieKey of a unit -> GPtrArray of char * */
  GHashTable *memory; /* NULL until it is asked for */
};

static Dwarf_Die
to_die (SondeDie *die)
{
  return (Dwarf_Die) die;
}

/* Nothing is freed but by hand: a quarter faster, and the process ends soon. */
static gboolean
open_debug (SondeElfFile *elf, Dwarf_Debug *debug, Dwarf_Error *failure)
{
#ifndef SONDE_SANITIZE
  dwarf_set_de_alloc_flag (0);
#endif
#if HAVE_DWARF_FINISH_1
  return dwarf_init_b (sonde_elf_file_get_fd (elf), DW_GROUPNUMBER_ANY, NULL, NULL, debug, failure)
         == DW_DLV_OK;
#else
  return dwarf_elf_init_b (sonde_elf_file_get_elf (elf), DW_DLC_READ, DW_GROUPNUMBER_ANY, NULL,
                           NULL, debug, failure)
         == DW_DLV_OK;
#endif
}

static guint64
compute_info_size (SondeElfFile *elf)
{
  guint64 size = 0;

  for (guint i = 0; i < sonde_elf_file_get_n_sections (elf); i++)
    {
      const char *name = sonde_elf_file_get_section (elf, i)->name;

      if (g_str_equal (name, ".debug_info") || g_str_equal (name, ".debug_types"))
        size += sonde_elf_file_get_section (elf, i)->size;
    }
  return MAX (size, 1);
}

SondeDwarf *
sonde_dwarf_new (SondeElfFile *elf, GError **error)
{
  Dwarf_Debug debug = NULL;
  Dwarf_Error failure = NULL;
  SondeDwarf *self;

  if (!open_debug (elf, &debug, &failure))
    {
      if (failure != NULL)
        g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT, "%s; build it again",
                     dwarf_errmsg (failure));
      return NULL;
    }
  self = g_new0 (SondeDwarf, 1);
  self->debug = debug;
  self->elf = elf;
  self->is_info = TRUE;
  self->info_size = compute_info_size (elf);
  self->files = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                       (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
sonde_dwarf_free (SondeDwarf *self)
{
#if HAVE_DWARF_FINISH_1
  dwarf_finish (self->debug);
#else
  dwarf_finish (self->debug, NULL);
#endif
  g_hash_table_unref (self->files);
  g_clear_pointer (&self->memory, g_hash_table_unref);
  g_free (self);
}

GHashTable *
sonde_dwarf_get_memory (SondeDwarf *self, GDestroyNotify free_value)
{
  if (self->memory == NULL)
    self->memory = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_value);
  return self->memory;
}

gboolean
sonde_dwarf_take_failure (SondeDwarf *self)
{
  const gboolean failed = self->failed;

  self->failed = FALSE;
  return failed;
}

/* An error is an object of libdwarf's; what it says is rarely of use to a person. */
gboolean
sonde_dwarf_is_ok (SondeDwarf *self, int result, gpointer failure)
{
  if (result != DW_DLV_ERROR)
    return result == DW_DLV_OK;
  dwarf_dealloc (self->debug, failure, DW_DLA_ERROR);
  self->failed = TRUE;
  return FALSE;
}

static SondeUnitKind
get_unit_kind (guint type)
{
  switch (type)
    {
    case DW_UT_type:
    case DW_UT_split_type:
      return SONDE_UNIT_TYPE;
    case DW_UT_skeleton:
      return SONDE_UNIT_SKELETON;
    default:
      return SONDE_UNIT_COMPILE;
    }
}

SondeDie *
sonde_dwarf_next_unit (SondeDwarf *self, SondeDwarfUnit *unit, GError **error)
{
  Dwarf_Unsigned length, signature_offset, next;
  Dwarf_Half version, address_size, offset_size, extension, type;
  Dwarf_Off abbreviations;
  Dwarf_Sig8 signature;
  Dwarf_Error failure = NULL;
  Dwarf_Die root = NULL;
  int result = dwarf_next_cu_header_d (self->debug, self->is_info, &length, &version,
                                       &abbreviations, &address_size, &offset_size, &extension,
                                       &signature, &signature_offset, &next, &type, &failure);

  if (result == DW_DLV_NO_ENTRY && self->is_info)
    {
      self->is_info = FALSE;
      return sonde_dwarf_next_unit (self, unit, error);
    }
  if (result == DW_DLV_OK)
    result = dwarf_siblingof_b (self->debug, NULL, self->is_info, &root, &failure);
  if (result == DW_DLV_OK)
    {
      self->address_size = address_size;
      unit->key = sonde_die_get_key ((SondeDie *) root);
      unit->kind = get_unit_kind (type);
      unit->version = version;
      unit->progress = MIN (1.0, (double) (unit->key & ~SONDE_IN_TYPES) / (double) self->info_size);
      return (SondeDie *) root;
    }
  if (result == DW_DLV_ERROR)
    {
      g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT, "%s",
                   dwarf_errmsg (failure));
      dwarf_dealloc (self->debug, failure, DW_DLA_ERROR);
    }
  return NULL;
}

SondeDie *
sonde_dwarf_dup_die (SondeDwarf *self, SondeDieKey key)
{
  Dwarf_Die die = NULL;
  Dwarf_Error failure = NULL;

  if (key == 0)
    return NULL;
  if (!sonde_dwarf_is_ok (self,
                          dwarf_offdie_b (self->debug, key & ~SONDE_IN_TYPES,
                                          (key & SONDE_IN_TYPES) == 0, &die, &failure),
                          failure))
    return NULL;
  return (SondeDie *) die;
}

static GPtrArray *
read_files (SondeDwarf *self, SondeDieKey unit)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  SondeDie *root = sonde_dwarf_dup_die (self, unit);
  char **names = NULL;
  Dwarf_Signed n = 0;
  Dwarf_Error failure = NULL;

  if (root != NULL
      && sonde_dwarf_is_ok (self, dwarf_srcfiles (to_die (root), &names, &n, &failure), failure))
    for (Dwarf_Signed i = 0; i < n; i++)
      {
        g_ptr_array_add (files, g_strdup (names[i]));
        dwarf_dealloc (self->debug, names[i], DW_DLA_STRING);
      }
  if (names != NULL)
    dwarf_dealloc (self->debug, names, DW_DLA_LIST);
  sonde_die_free (self, root);
  return files;
}

const char *
sonde_dwarf_get_file (SondeDwarf *self, SondeDieKey unit, guint64 index)
{
  GPtrArray *files = g_hash_table_lookup (self->files, &unit);

  if (files == NULL)
    {
      files = read_files (self, unit);
      g_hash_table_insert (self->files, g_memdup2 (&unit, sizeof unit), files);
    }
  /* Counted from 1: in DWARF 5 too this list begins with file 1, and file 0 is the unit itself. */
  return index >= 1 && index <= files->len ? files->pdata[index - 1] : NULL;
}

SondeDie *
sonde_die_dup_child (SondeDwarf *self, SondeDie *die)
{
  Dwarf_Die child = NULL;
  Dwarf_Error failure = NULL;

  return sonde_dwarf_is_ok (self, dwarf_child (to_die (die), &child, &failure), failure)
             ? (SondeDie *) child
             : NULL;
}

SondeDie *
sonde_die_dup_next (SondeDwarf *self, SondeDie *die)
{
  Dwarf_Die next = NULL;
  Dwarf_Error failure = NULL;
  const gboolean is_info = dwarf_get_die_infotypes_flag (to_die (die));

  return sonde_dwarf_is_ok (
             self, dwarf_siblingof_b (self->debug, to_die (die), is_info, &next, &failure), failure)
             ? (SondeDie *) next
             : NULL;
}

void
sonde_die_free (SondeDwarf *self, SondeDie *die)
{
  if (die != NULL)
    dwarf_dealloc (self->debug, die, DW_DLA_DIE);
}

guint
sonde_die_get_tag (SondeDie *die)
{
  Dwarf_Half tag = 0;

  return dwarf_tag (to_die (die), &tag, NULL) == DW_DLV_OK ? tag : 0;
}

SondeDieKey
sonde_die_get_key (SondeDie *die)
{
  Dwarf_Off offset = 0;

  if (dwarf_dieoffset (to_die (die), &offset, NULL) != DW_DLV_OK)
    return 0;
  return offset | (dwarf_get_die_infotypes_flag (to_die (die)) ? 0 : SONDE_IN_TYPES);
}

gpointer
sonde_dwarf_get_debug (SondeDwarf *self)
{
  return self->debug;
}

guint
sonde_dwarf_get_address_size (SondeDwarf *self)
{
  return self->address_size;
}

int
sonde_dwarf_get_byte_order (SondeDwarf *self)
{
  return sonde_elf_file_get_facts (self->elf)->byte_order;
}
