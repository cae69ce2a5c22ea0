/* memory-map.c: named addresses from a CSV file or by hand */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/memory-map.h"

#include <string.h>

#include "symbols/map-types.h"
#include "symbols/symbol-error.h"

#define MAX_ELEMENT 16

struct _SondeMemoryMap
{
  GPtrArray *entries;  /* SondeMapEntry, owned with their texts */
  GHashTable *by_path; /* borrowed path -> entry */
  GHashTable *by_name; /* borrowed name -> the first entry of that name */
};

struct _SondeMapBuilder
{
  SondeMemoryMap *map; /* owned; nobody else sees it yet */
};

static void
free_entry (SondeMapEntry *entry)
{
  g_free ((char *) entry->variable);
  g_free ((char *) entry->path);
  g_free ((char *) entry->type);
  g_free ((char *) entry->unit);
  g_free ((char *) entry->description);
  g_free (entry);
}

static SondeMemoryMap *
new_map (void)
{
  SondeMemoryMap *self = g_atomic_rc_box_new0 (SondeMemoryMap);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) free_entry);
  self->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

static void
clear_map (SondeMemoryMap *self)
{
  g_hash_table_unref (self->by_path);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->entries);
}

SondeMemoryMap *
sonde_memory_map_ref (SondeMemoryMap *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sonde_memory_map_unref (SondeMemoryMap *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_map);
}

guint
sonde_memory_map_get_n (const SondeMemoryMap *self)
{
  return self->entries->len;
}

const SondeMapEntry *
sonde_memory_map_get (const SondeMemoryMap *self, guint index)
{
  g_return_val_if_fail (index < self->entries->len, NULL);
  return self->entries->pdata[index];
}

const SondeMapEntry *
sonde_memory_map_find (const SondeMemoryMap *self, const char *path)
{
  const SondeMapEntry *entry = g_hash_table_lookup (self->by_path, path);

  return entry != NULL ? entry : g_hash_table_lookup (self->by_name, path);
}

SondeType *
sonde_map_entry_dup_type (const SondeMapEntry *entry)
{
  g_autoptr (SondeType) element = sonde_map_type_new (entry->type, entry->size);

  return entry->count > 1 ? sonde_type_new_array (NULL, element, entry->count)
                          : g_steal_pointer (&element);
}

/* -- building -- */

SondeMapBuilder *
sonde_map_builder_new (void)
{
  SondeMapBuilder *self = g_new (SondeMapBuilder, 1);

  self->map = new_map ();
  return self;
}

void
sonde_map_builder_free (SondeMapBuilder *self)
{
  sonde_memory_map_unref (self->map);
  g_free (self);
}

SondeMemoryMap *
sonde_map_builder_end (SondeMapBuilder *self)
{
  SondeMemoryMap *map = self->map;

  self->map = new_map ();
  return map;
}

/* One line of text without blanks at its edges; NULL for "" and NULL. */
static char *
dup_clean (const char *text)
{
  char *clean;

  if (text == NULL)
    return NULL;
  clean = g_utf8_make_valid (text, -1);
  for (char *at = clean; *at != 0; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  g_strstrip (clean);
  if (*clean == 0)
    g_clear_pointer (&clean, g_free);
  return clean;
}

static SondeMapEntry *
dup_entry (const SondeMapEntry *from)
{
  SondeMapEntry *entry = g_memdup2 (from, sizeof *from);

  entry->variable = dup_clean (from->variable);
  entry->path = dup_clean (from->path != NULL ? from->path : from->variable);
  entry->type = dup_clean (from->type);
  entry->unit = dup_clean (from->unit);
  entry->description = dup_clean (from->description);
  if (entry->variable == NULL)
    entry->variable = g_strdup (entry->path);
  if (entry->path == NULL)
    entry->path = g_strdup (entry->variable);
  if (entry->type == NULL)
    entry->type = g_strdup ("Uint32_t");
  if (entry->size == 0)
    entry->size = sonde_map_type_size (entry->type);
  if (entry->scale == 0)
    entry->scale = 1;
  return entry;
}

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_FORMAT, message);
  return FALSE;
}

static gboolean
check_entry (SondeMapBuilder *self, const SondeMapEntry *entry, GError **error)
{
  guint64 size;

  if (entry->path == NULL)
    return refuse (error, "no name; write one into the first column");
  if (g_hash_table_contains (self->map->by_path, entry->path))
    return refuse (error, "'%s' is there twice; rename one", entry->path);
  if (entry->count == 0)
    return refuse (error, "0 elements; write 1 or more");
  if (entry->size > MAX_ELEMENT)
    return refuse (error, "an element of %" G_GUINT64_FORMAT " bytes; write 1 to %d", entry->size,
                   MAX_ELEMENT);
  if (!g_uint64_checked_mul (&size, entry->size, entry->count)
      || entry->address > G_MAXUINT64 - (size - 1))
    return refuse (error, "%" G_GUINT64_FORMAT " elements end beyond all addresses; write fewer",
                   entry->count);
  return TRUE;
}

gboolean
sonde_map_builder_add (SondeMapBuilder *self, const SondeMapEntry *entry, GError **error)
{
  SondeMapEntry *own = dup_entry (entry);

  if (!check_entry (self, own, error))
    {
      free_entry (own);
      return FALSE;
    }
  g_ptr_array_add (self->map->entries, own);
  g_hash_table_insert (self->map->by_path, (gpointer) own->path, own);
  if (!g_hash_table_contains (self->map->by_name, own->variable))
    g_hash_table_insert (self->map->by_name, (gpointer) own->variable, own);
  return TRUE;
}
