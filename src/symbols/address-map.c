/* address-map.c: symbol table, memory map and raw addresses: a path becomes a variable, or why not
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/address-map.h"

#include <string.h>

#include "symbols/expression.h"
#include "symbols/near-miss.h"
#include "symbols/plain-types.h"
#include "symbols/type-names.h"
#include "types/path.h"
#include "types/text.h"

/* A slice of more than this is a slip of a finger. */
#define MAX_SLICE 4096
/* Longer than any name a compiler writes. */
#define MAX_PATH_LENGTH 16384
#define MAX_NAMES_TRIED 1000

struct _SondeAddressMap
{
  SondeSymbolTable *table; /* owned (nullable) */
  SondeMemoryMap *entries; /* owned (nullable) */
  GMutex lock;
  SondeTypeNames *types; /* owned, under lock; NULL until somebody casts */
};

SondeAddressMap *
sonde_address_map_new (SondeSymbolTable *table)
{
  return sonde_address_map_new_full (table, NULL);
}

SondeAddressMap *
sonde_address_map_new_full (SondeSymbolTable *table, SondeMemoryMap *entries)
{
  SondeAddressMap *self = g_atomic_rc_box_new0 (SondeAddressMap);

  self->table = table != NULL ? sonde_symbol_table_ref (table) : NULL;
  self->entries = entries != NULL ? sonde_memory_map_ref (entries) : NULL;
  g_mutex_init (&self->lock);
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
  g_clear_pointer (&self->types, sonde_type_names_free);
  g_clear_pointer (&self->table, sonde_symbol_table_unref);
  g_clear_pointer (&self->entries, sonde_memory_map_unref);
  g_mutex_clear (&self->lock);
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

SondeMemoryMap *
sonde_address_map_get_entries (SondeAddressMap *self)
{
  return self->entries;
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

/* -- places without a name -- */

/* What the file says about the machine; without one a small one is assumed. */
static SondeVariableInfo
describe_place (SondeAddressMap *self, guint64 address, SondeType *type, const char *path)
{
  const SondeSymbolFacts *facts
      = self->table != NULL ? sonde_symbol_table_get_facts (self->table) : NULL;
  const SondeSection *section = find_section (self, address);
  const SondeMemory memory
      = sonde_address_map_get_memory (self, address, sonde_type_get_size (type));

  return (SondeVariableInfo){
    .path = path,
    .address = address,
    .type = type,
    .byte_order = facts != NULL ? facts->byte_order : G_LITTLE_ENDIAN,
    .pointer_size = facts != NULL ? facts->pointer_size : 4,
    .memory = memory,
    .is_writable = memory != SONDE_MEMORY_FLASH,
    .section = section != NULL ? section->name : NULL,
  };
}

static SondeVariable *
dup_place (gpointer owner, guint64 address, SondeType *type, const char *path, GError **error)
{
  SondeAddressMap *self = owner;
  const SondeVariableInfo info = describe_place (self, address, type, path);
  const guint64 last = MAX (sonde_type_get_size (type), 1) - 1;

  if (address <= G_MAXUINT64 - last
      && (self->table == NULL || info.pointer_size != 4 || address + last <= G_MAXUINT32))
    return sonde_variable_new (&info);
  g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
               "%s: beyond the addresses a board has; name a lower one", path);
  return NULL;
}

/* -- names -- */

static SondeVariable *
new_from_entry (SondeAddressMap *self, const SondeMapEntry *entry)
{
  g_autoptr (SondeType) type = sonde_map_entry_dup_type (entry);
  SondeVariableInfo info = describe_place (self, entry->address, type, entry->path);

  info.is_writable = info.is_writable && !entry->is_read_only;
  info.unit = entry->unit;
  info.scale = entry->scale;
  info.description = entry->description;
  return sonde_variable_new (&info);
}

/* "Table[3]" of an entry "Table", "a.b[3]" of an entry "a.b": the longest name wins. */
static SondeVariable *
dup_entry (SondeAddressMap *self, const char *path, gboolean *is_found, GError **error)
{
  g_autofree char *name = g_strdup (path);
  const SondeMapEntry *entry = NULL;
  g_autoptr (SondeVariable) variable = NULL;

  *is_found = FALSE;
  for (guint i = 0; i < MAX_NAMES_TRIED && self->entries != NULL; i++)
    {
      char *dot, *bracket;

      entry = sonde_memory_map_find (self->entries, name);
      dot = strrchr (name, '.');
      bracket = strrchr (name, '[');
      if (entry != NULL || (dot == NULL && bracket == NULL))
        break;
      *MAX (dot, bracket) = 0;
    }
  if (entry == NULL)
    return NULL;
  *is_found = TRUE;
  variable = new_from_entry (self, entry);
  return sonde_variable_dup_by_path (variable, path + strlen (name), error);
}

static SondeVariable *
set_unknown (SondeAddressMap *self, const char *path, GError **error)
{
  g_autoptr (SondeNearMiss) near_miss = sonde_near_miss_new (path);
  g_autofree char *misses = NULL;

  for (guint i = 0; self->table != NULL && i < sonde_symbol_table_get_n (self->table); i++)
    sonde_near_miss_offer (near_miss, sonde_symbol_table_get_path (self->table, i));
  for (guint i = 0; self->entries != NULL && i < sonde_memory_map_get_n (self->entries); i++)
    sonde_near_miss_offer (near_miss, sonde_memory_map_get (self->entries, i)->path);
  misses = sonde_near_miss_describe (near_miss);
  g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_NOT_FOUND, "%s: no such variable%s",
               path,
               self->table == NULL && self->entries == NULL ? ", as no ELF file is loaded; load one"
                                                            : misses);
  return NULL;
}

static SondeVariable *
dup_named (gpointer owner, const char *path, GError **error)
{
  SondeAddressMap *self = owner;
  gboolean has_root = FALSE, has_entry = FALSE;
  g_autoptr (GError) problem = NULL;
  SondeVariable *variable = NULL;

  if (self->table != NULL)
    {
      has_root = sonde_symbol_table_has_path (self->table, path);
      if (has_root)
        variable = sonde_symbol_table_dup_by_path (self->table, path, &problem);
    }
  if (variable == NULL)
    variable = dup_entry (self, path, &has_entry, problem == NULL ? &problem : NULL);
  if (variable != NULL)
    return variable;
  if (!has_root && !has_entry)
    return set_unknown (self, path, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static SondeType *
dup_type (gpointer owner, const char *name, GError **error)
{
  SondeAddressMap *self = owner;
  const guint pointer_size
      = self->table != NULL ? sonde_symbol_table_get_facts (self->table)->pointer_size : 4;
  g_autoptr (GError) problem = NULL;
  SondeType *type = NULL;

  if (self->table != NULL)
    {
      g_mutex_lock (&self->lock);
      if (self->types == NULL)
        self->types = sonde_type_names_new (self->table);
      type = sonde_type_names_dup (self->types, name, &problem);
      g_mutex_unlock (&self->lock);
    }
  if (type == NULL && problem == NULL)
    type = sonde_plain_type_new (name, pointer_size);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (type == NULL)
    g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH, "%s: no such type%s", name,
                 self->table != NULL ? " is used in the file; check its spelling"
                                     : ", as no ELF file is loaded; load one");
  return type;
}

SondeVariable *
sonde_address_map_dup_described (SondeAddressMap *self, SondeVariable *variable)
{
  SondeVariableInfo info = *sonde_variable_get_info (variable);
  const SondeMapEntry *entry
      = self->entries != NULL ? sonde_memory_map_find (self->entries, info.path) : NULL;

  if (entry == NULL)
    return sonde_variable_ref (variable);
  info.is_writable = info.is_writable && !entry->is_read_only;
  info.unit = entry->unit != NULL ? entry->unit : info.unit;
  info.scale = entry->scale != 1 ? entry->scale : info.scale;
  info.description = entry->description != NULL ? entry->description : info.description;
  return sonde_variable_new (&info);
}

/* What a person can do about a name without a value. */
static const char *
find_advice (const char *why)
{
  static const struct
  {
    const char *begin, *advice;
  } advices[] = {
    { "not linked yet", "give the linked file" },
    { "removed by", "use it in the program, or have the linker keep it" },
    { "thread-local", "name a variable that all threads share" },
    { "constant", "it never changes, use the number" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (advices); i++)
    if (g_str_has_prefix (why, advices[i].begin))
      return advices[i].advice;
  return "make it volatile, or compile its file with -Og";
}

static SondeVariable *
resolve_one (SondeAddressMap *self, const char *path, GError **error)
{
  const SondeExpressionScope scope = { self, dup_named, dup_type, dup_place };
  g_autoptr (SondeVariable) variable = NULL;
  const char *why;

  variable = sonde_expression_resolve (&scope, path, error);
  if (variable == NULL)
    return NULL;
  why = sonde_variable_get_info (variable)->why;
  if (why == NULL)
    return sonde_address_map_dup_described (self, variable);
  g_set_error (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_NOT_FOUND,
               "%s: cannot be polled: %s; %s", path, why, find_advice (why));
  return NULL;
}

/* -- slices -- */

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

/* "0x20000100:u8": brackets behind it say how many, so that its elements are places of their own.
 */
static gboolean
read_raw_slice (const char *path, const Slice *slice, guint64 *address, guint64 *size)
{
  char *end;
  g_autoptr (SondeType) type = NULL;

  if (g_ascii_strncasecmp (path, "0x", 2) != 0)
    return FALSE;
  *address = g_ascii_strtoull (path, &end, 16);
  if (*end != ':' || end > slice->open)
    return FALSE;
  type = sonde_plain_type_new_short (end + 1, (gsize) (slice->open - end - 1));
  if (type == NULL)
    return FALSE;
  *size = sonde_type_get_size (type);
  return TRUE;
}

/* The path with element @index instead of the slice. */
static char *
write_one (const char *path, const Slice *slice, guint64 index)
{
  const int head = (int) (slice->open - path);
  guint64 address, size;
  const char *colon;

  if (!read_raw_slice (path, slice, &address, &size) || index > (G_MAXUINT64 - address) / size)
    return g_strdup_printf ("%.*s[%" G_GUINT64_FORMAT "]%s", head, path, index, slice->rest);
  colon = strchr (path, ':');
  return g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x%.*s%s", address + index * size,
                          (int) (slice->open - colon), colon, slice->rest);
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
      g_autofree char *one = write_one (path, &slice, i);

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

  if (strlen (path) > MAX_PATH_LENGTH)
    {
      g_set_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH,
                   "%.40s..: %" G_GSIZE_FORMAT " letters are no path; write at most %d", path,
                   strlen (path), MAX_PATH_LENGTH);
      return NULL;
    }
  if (!resolve_into (self, path, found, error))
    return NULL;
  return g_steal_pointer (&found);
}
