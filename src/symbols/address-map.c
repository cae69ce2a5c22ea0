/* address-map.c: symbol table and hand-made entries: a path becomes a variable, or why not */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/address-map.h"

#include <string.h>

#include "types/text.h"

/* A slice of more than this is a slip of a finger. */
#define MAX_SLICE 4096

struct _SondeAddressMap
{
  SondeSymbolTable *table; /* owned; NULL: raw addresses only */
};

SondeAddressMap *
sonde_address_map_new (SondeSymbolTable *table)
{
  SondeAddressMap *self = g_atomic_rc_box_new0 (SondeAddressMap);

  self->table = table != NULL ? sonde_symbol_table_ref (table) : NULL;
  return self;
}

SondeAddressMap *
sonde_address_map_ref (SondeAddressMap *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_map (SondeAddressMap *self)
{
  g_clear_pointer (&self->table, sonde_symbol_table_unref);
}

void
sonde_address_map_unref (SondeAddressMap *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_map);
}

SondeSymbolTable *
sonde_address_map_get_table (SondeAddressMap *self)
{
  return self->table;
}

static const SondeSection *
find_section (SondeAddressMap *self, guint64 address)
{
  const guint n = self->table != NULL ? sonde_symbol_table_get_facts (self->table)->n_sections : 0;

  for (guint i = 0; i < n; i++)
    {
      const SondeSection *section = sonde_symbol_table_get_section (self->table, i);

      if (address >= section->address && address - section->address < section->size)
        return section;
    }
  return NULL;
}

SondeMemory
sonde_address_map_get_memory (SondeAddressMap *self, guint64 address, guint64 size)
{
  const SondeSection *section = find_section (self, address);
  guint64 at = address;
  SondeMemory memory;

  if (section == NULL || size == 0 || address > G_MAXUINT64 - size)
    return section != NULL && size == 0 ? section->memory : SONDE_MEMORY_PERIPHERAL;
  memory = section->memory;
  /* .data and .bss often touch: what spans both is still RAM. */
  while (section != NULL && section->address + section->size - at < address + size - at)
    {
      at = section->address + section->size;
      section = find_section (self, at);
      if (section == NULL || section->memory != memory)
        return SONDE_MEMORY_PERIPHERAL;
    }
  return memory;
}

static const struct
{
  const char *name, *type;
  SondeEncoding encoding;
  guint size;
} raw_types[] = {
  { "u8", "uint8_t", SONDE_ENCODING_UNSIGNED, 1 },   { "s8", "int8_t", SONDE_ENCODING_SIGNED, 1 },
  { "u16", "uint16_t", SONDE_ENCODING_UNSIGNED, 2 }, { "s16", "int16_t", SONDE_ENCODING_SIGNED, 2 },
  { "u32", "uint32_t", SONDE_ENCODING_UNSIGNED, 4 }, { "s32", "int32_t", SONDE_ENCODING_SIGNED, 4 },
  { "u64", "uint64_t", SONDE_ENCODING_UNSIGNED, 8 }, { "s64", "int64_t", SONDE_ENCODING_SIGNED, 8 },
  { "f32", "float", SONDE_ENCODING_FLOAT, 4 },       { "f64", "double", SONDE_ENCODING_FLOAT, 8 },
};

static SondeType *
make_raw_type (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (raw_types); i++)
    if (g_str_equal (raw_types[i].name, name))
      return sonde_type_new_base (SONDE_KIND_NUMBER, raw_types[i].type, raw_types[i].encoding,
                                  raw_types[i].encoding != SONDE_ENCODING_UNSIGNED,
                                  raw_types[i].size);
  return NULL;
}

static SondeVariable *
set_raw_error (const char *path, const char *reason, GError **error)
{
  g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH, "%s: %s", path, reason);
  return NULL;
}

static gboolean
read_raw_address (const char *path, guint64 *address, const char **end)
{
  char *after;

  if (!g_ascii_isxdigit (path[2]) || strspn (path + 2, "0123456789abcdefABCDEF") > 16)
    return FALSE;
  *address = g_ascii_strtoull (path, &after, 16);
  *end = after;
  return TRUE;
}

/* "0x20000100:u32" */
static SondeVariable *
make_raw (SondeAddressMap *self, const char *path, GError **error)
{
  const SondeSymbolFacts *facts
      = self->table != NULL ? sonde_symbol_table_get_facts (self->table) : NULL;
  const SondeSection *section;
  g_autoptr (SondeType) type = NULL;
  const char *colon;
  guint64 address, size;

  if (!read_raw_address (path, &address, &colon))
    return set_raw_error (path, "not an address; write 0x20000100:u32", error);
  type = *colon == ':' ? make_raw_type (colon + 1) : NULL;
  if (type == NULL)
    return set_raw_error (
        path, "has no type; add :u8 :s8 :u16 :s16 :u32 :s32 :u64 :s64 :f32 or :f64", error);
  size = sonde_type_get_size (type);
  if (address > G_MAXUINT64 - (size - 1)
      || (facts != NULL && facts->pointer_size == 4 && address + (size - 1) > G_MAXUINT32))
    return set_raw_error (path, "beyond the addresses a board has; name a lower one", error);
  section = find_section (self, address);
  const SondeMemory memory = sonde_address_map_get_memory (self, address, size);
  const SondeVariableInfo info = {
    .path = path,
    .address = address,
    .type = type,
    .byte_order = facts != NULL ? facts->byte_order : G_LITTLE_ENDIAN,
    .pointer_size = facts != NULL ? facts->pointer_size : 4,
    .memory = memory,
    .is_writable = memory != SONDE_MEMORY_FLASH,
    .section = section != NULL ? section->name : NULL,
  };

  return sonde_variable_new (&info);
}

static SondeVariable *
resolve_one (SondeAddressMap *self, const char *path, GError **error)
{
  g_autoptr (SondeVariable) variable = NULL;
  const char *why;

  if (path[0] == '0' && (path[1] == 'x' || path[1] == 'X'))
    return make_raw (self, path, error);
  if (self->table == NULL)
    {
      g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_NOT_FOUND,
                   "%s: no such variable, as no ELF file is loaded; load one", path);
      return NULL;
    }
  variable = sonde_symbol_table_dup_by_path (self->table, path, error);
  if (variable == NULL)
    return NULL;
  why = sonde_variable_get_info (variable)->why;
  if (why == NULL)
    return g_steal_pointer (&variable);
  g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_NOT_FOUND,
               "%s: cannot be polled: %s; "
               "make it volatile, or compile its file with -Og",
               path, why);
  return NULL;
}

/* Where a path says "[2..5]": what stands before, both bounds, and what stands behind. */
typedef struct
{
  const char *open, *rest;
  guint64 first, last;
} Slice;

static gboolean
find_slice (const char *path, Slice *slice)
{
  for (slice->open = strchr (path, '['); slice->open != NULL;
       slice->open = strchr (slice->open + 1, '['))
    {
      char *end;

      if (!g_ascii_isdigit (slice->open[1]))
        continue;
      slice->first = g_ascii_strtoull (slice->open + 1, &end, 10);
      if (end[0] != '.' || end[1] != '.' || !g_ascii_isdigit (end[2]))
        continue;
      slice->last = g_ascii_strtoull (end + 2, &end, 10);
      slice->rest = end + 1;
      if (*end == ']')
        return TRUE;
    }
  return FALSE;
}

static gboolean
resolve_into (SondeAddressMap *self, const char *path, GPtrArray *found, GError **error)
{
  Slice slice;
  SondeVariable *variable;

  if (!find_slice (path, &slice))
    {
      variable = resolve_one (self, path, error);
      if (variable != NULL)
        g_ptr_array_add (found, variable);
      return variable != NULL;
    }
  if (slice.first > slice.last)
    {
      g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                   "%s: the slice runs backwards; write [%" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT
                   "]",
                   path, slice.last, slice.first);
      return FALSE;
    }
  for (guint64 i = slice.first; i <= slice.last; i++)
    {
      g_autofree char *one = g_strdup_printf ("%.*s[%" G_GUINT64_FORMAT "]%s",
                                              (int) (slice.open - path), path, i, slice.rest);

      if (found->len >= MAX_SLICE)
        {
          g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                       "%s: more than %d elements at once; name fewer", path, MAX_SLICE);
          return FALSE;
        }
      if (!resolve_into (self, one, found, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
sonde_address_map_resolve (SondeAddressMap *self, const char *path, GError **error)
{
  g_autoptr (GPtrArray) found
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);

  if (!resolve_into (self, path, found, error))
    return NULL;
  return g_steal_pointer (&found);
}
