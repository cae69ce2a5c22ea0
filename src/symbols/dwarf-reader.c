/* dwarf-reader.c: units, entries and attributes as plain values; the releases of libdwarf differ in
 * this file only */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-reader.h"

#include <libelf.h>

#if HAVE_LIBDWARF_SUBDIR
#include <libdwarf/libdwarf.h>
#else
#include <libdwarf.h>
#endif

#include "symbols/symbol-error.h"

#define IN_TYPES (G_GUINT64_CONSTANT (1) << 63)

struct _SondeDwarf
{
  Dwarf_Debug debug;
  SondeElfFile *elf; /* borrowed */
  gboolean is_info;  /* .debug_info first, .debug_types after it */
  guint address_size;
  guint64 info_size; /* of both sections, for the progress */
  gboolean failed;
  GHashTable *files; /* SondeDieKey of a unit -> GPtrArray of char * */
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
        g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT, "%s",
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
  g_free (self);
}

gboolean
sonde_dwarf_take_failure (SondeDwarf *self)
{
  const gboolean failed = self->failed;

  self->failed = FALSE;
  return failed;
}

/* An error is an object of libdwarf's; what it says is rarely of use to a person. */
static gboolean
is_ok (SondeDwarf *self, int result, Dwarf_Error failure)
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
      unit->progress = MIN (1.0, (double) (unit->key & ~IN_TYPES) / (double) self->info_size);
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
  if (!is_ok (self,
              dwarf_offdie_b (self->debug, key & ~IN_TYPES, (key & IN_TYPES) == 0, &die, &failure),
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

  if (root != NULL && is_ok (self, dwarf_srcfiles (to_die (root), &names, &n, &failure), failure))
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

  return is_ok (self, dwarf_child (to_die (die), &child, &failure), failure) ? (SondeDie *) child
                                                                             : NULL;
}

SondeDie *
sonde_die_dup_next (SondeDwarf *self, SondeDie *die)
{
  Dwarf_Die next = NULL;
  Dwarf_Error failure = NULL;
  const gboolean is_info = dwarf_get_die_infotypes_flag (to_die (die));

  return is_ok (self, dwarf_siblingof_b (self->debug, to_die (die), is_info, &next, &failure),
                failure)
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
  return offset | (dwarf_get_die_infotypes_flag (to_die (die)) ? 0 : IN_TYPES);
}

/* (nullable): freed with dwarf_dealloc() by free_attribute() */
static Dwarf_Attribute
dup_attribute (SondeDwarf *self, SondeDie *die, guint number)
{
  Dwarf_Attribute attribute = NULL;
  Dwarf_Error failure = NULL;

  return is_ok (self, dwarf_attr (to_die (die), (Dwarf_Half) number, &attribute, &failure), failure)
             ? attribute
             : NULL;
}

static void
free_attribute (SondeDwarf *self, Dwarf_Attribute attribute)
{
  dwarf_dealloc (self->debug, attribute, DW_DLA_ATTR);
}

static guint
get_form (Dwarf_Attribute attribute)
{
  Dwarf_Half form = 0;

  return dwarf_whatform (attribute, &form, NULL) == DW_DLV_OK ? form : 0;
}

const char *
sonde_die_get_name (SondeDwarf *self, SondeDie *die)
{
  return sonde_die_get_text (self, die, DW_AT_name);
}

const char *
sonde_die_get_text (SondeDwarf *self, SondeDie *die, guint attribute)
{
  Dwarf_Attribute found = dup_attribute (self, die, attribute);
  Dwarf_Error failure = NULL;
  char *text = NULL;

  if (found == NULL)
    return NULL;
  if (!is_ok (self, dwarf_formstring (found, &text, &failure), failure))
    text = NULL;
  free_attribute (self, found);
  return text;
}

/* formudata refuses sdata and implicit_const, formsdata takes them; the other way round it would
 * sign-extend data1, data2 and data4. A refusal is no damage. */
static gboolean
read_number (SondeDwarf *self, Dwarf_Attribute attribute, guint64 *value)
{
  Dwarf_Unsigned number = 0;
  Dwarf_Signed other = 0;
  Dwarf_Error failure = NULL;
  int result = dwarf_formudata (attribute, &number, &failure);

  if (result == DW_DLV_ERROR)
    {
      dwarf_dealloc (self->debug, failure, DW_DLA_ERROR);
      failure = NULL;
      result = dwarf_formsdata (attribute, &other, &failure);
      number = (Dwarf_Unsigned) other;
    }
  if (result == DW_DLV_ERROR)
    dwarf_dealloc (self->debug, failure, DW_DLA_ERROR);
  *value = number;
  return result == DW_DLV_OK;
}

gboolean
sonde_die_get_number (SondeDwarf *self, SondeDie *die, guint attribute, guint64 *value)
{
  Dwarf_Attribute found = dup_attribute (self, die, attribute);
  gboolean ok;

  if (found == NULL)
    return FALSE;
  ok = read_number (self, found, value);
  free_attribute (self, found);
  return ok;
}

gboolean
sonde_die_has_flag (SondeDwarf *self, SondeDie *die, guint attribute)
{
  Dwarf_Attribute found = dup_attribute (self, die, attribute);
  Dwarf_Bool flag = FALSE;
  Dwarf_Error failure = NULL;

  if (found == NULL)
    return FALSE;
  if (!is_ok (self, dwarf_formflag (found, &flag, &failure), failure))
    flag = FALSE;
  free_attribute (self, found);
  return flag != 0;
}

static SondeDieKey
find_by_signature (SondeDwarf *self, Dwarf_Attribute attribute)
{
  Dwarf_Sig8 signature;
  Dwarf_Die die = NULL;
  Dwarf_Bool is_info = FALSE;
  Dwarf_Error failure = NULL;
  SondeDieKey key;

  if (!is_ok (self, dwarf_formsig8 (attribute, &signature, &failure), failure)
      || !is_ok (self,
                 dwarf_find_die_given_sig8 (self->debug, &signature, &die, &is_info, &failure),
                 failure))
    return 0;
  key = sonde_die_get_key ((SondeDie *) die);
  sonde_die_free (self, (SondeDie *) die);
  return key;
}

SondeDieKey
sonde_die_get_reference (SondeDwarf *self, SondeDie *die, guint attribute)
{
  Dwarf_Attribute found = dup_attribute (self, die, attribute);
  Dwarf_Error failure = NULL;
  Dwarf_Off offset = 0;
  SondeDieKey key = 0;
  guint form;

  if (found == NULL)
    return 0;
  form = get_form (found);
  if (form == DW_FORM_ref_sig8)
    key = find_by_signature (self, found);
  else if (is_ok (self, dwarf_global_formref (found, &offset, &failure), failure))
    key = offset
          | (form != DW_FORM_ref_addr && !dwarf_get_die_infotypes_flag (to_die (die)) ? IN_TYPES
                                                                                      : 0);
  free_attribute (self, found);
  return key;
}

gboolean
sonde_die_has (SondeDwarf *self, SondeDie *die, guint attribute)
{
  Dwarf_Bool has = FALSE;
  Dwarf_Error failure = NULL;

  return is_ok (self, dwarf_hasattr (to_die (die), (Dwarf_Half) attribute, &has, &failure), failure)
         && has;
}

static gboolean
read_block (SondeDwarf *self, Dwarf_Attribute attribute, const guint8 **data, gsize *size)
{
  Dwarf_Block *block = NULL;
  Dwarf_Error failure = NULL;

  if (!is_ok (self, dwarf_formblock (attribute, &block, &failure), failure))
    return FALSE;
  *data = block->bl_data;
  *size = block->bl_len;
  dwarf_dealloc (self->debug, block, DW_DLA_BLOCK);
  return TRUE;
}

gboolean
sonde_die_is_block (SondeDwarf *self, SondeDie *die, guint attribute, const guint8 **data,
                    gsize *size)
{
  Dwarf_Attribute found = dup_attribute (self, die, attribute);
  Dwarf_Unsigned length = 0;
  Dwarf_Ptr bytes = NULL;
  Dwarf_Error failure = NULL;
  gboolean ok = FALSE;

  if (found == NULL)
    return FALSE;
  switch (get_form (found))
    {
    case DW_FORM_exprloc:
      ok = is_ok (self, dwarf_formexprloc (found, &length, &bytes, &failure), failure);
      *data = bytes;
      *size = length;
      break;
    case DW_FORM_block:
    case DW_FORM_block1:
    case DW_FORM_block2:
    case DW_FORM_block4:
      ok = read_block (self, found, data, size);
      break;
    default:
      break;
    }
  free_attribute (self, found);
  return ok;
}

gboolean
sonde_die_get_indexed_address (SondeDwarf *self, SondeDie *die, guint64 index, guint64 *address)
{
  Dwarf_Addr found = 0;
  Dwarf_Error failure = NULL;

  if (!is_ok (self, dwarf_debug_addr_index_to_addr (to_die (die), index, &found, &failure),
              failure))
    return FALSE;
  *address = found;
  return TRUE;
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
