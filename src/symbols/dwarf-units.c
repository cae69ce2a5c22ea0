/* dwarf-units.c: the units of a file's debug information, and the sections they point into */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-units.h"

#include <string.h>

/* Tables that overlap could take a large multiple of their own section. */
#define SPECS_PER_BYTE 4
#define FREE_SPECS 1000000
/* Each goes through the rest of the file. */
#define MAX_SEARCHES 64
#define FORGET_STEP (4u << 20)

SondeCursor
sonde_dwarf_get_cursor (const SondeDwarf *self, SondeSpan span, guint64 offset)
{
  SondeCursor cursor = { .swap = self->swap };

  if (span.data != NULL && offset <= span.size)
    {
      cursor.at = span.data + offset;
      cursor.end = span.data + span.size;
    }
  return cursor;
}

/* Of the three layouts a head has had: 2 to 4, 5, and .debug_types of 4. */
static void
read_head (SondeCursor *cursor, SondeDwarfUnit *unit, gboolean is_types)
{
  const guint word = unit->layout.offset_size;
  guint type = is_types ? DW_UT_type : DW_UT_compile;

  unit->version = sonde_cursor_u16 (cursor);
  if (unit->version >= 5)
    {
      type = sonde_cursor_u8 (cursor);
      unit->layout.address_size = sonde_cursor_u8 (cursor);
    }
  unit->abbreviations_at = sonde_cursor_number (cursor, word);
  if (unit->version < 5)
    unit->layout.address_size = sonde_cursor_u8 (cursor);
  unit->layout.reference_size = unit->version == 2 ? unit->layout.address_size : (guint8) word;
  unit->kind = type == DW_UT_type || type == DW_UT_split_type ? SONDE_UNIT_TYPE
               : type == DW_UT_skeleton                       ? SONDE_UNIT_SKELETON
               : type == DW_UT_partial                        ? SONDE_UNIT_PARTIAL
                                                              : SONDE_UNIT_COMPILE;
  if (unit->kind == SONDE_UNIT_TYPE)
    {
      unit->signature = sonde_cursor_u64 (cursor);
      unit->type_at = sonde_cursor_number (cursor, word);
    }
  else if (type == DW_UT_skeleton || type == DW_UT_split_compile)
    sonde_cursor_u64 (cursor);
}

static const char *
judge_head (const SondeDwarfUnit *unit)
{
  if (unit->version < 2 || unit->version > 5)
    return "its DWARF version is not known";
  if (unit->layout.address_size == 0 || unit->layout.address_size > 8)
    return "damaged debug information: the size of its addresses";
  return NULL;
}

/* Where the unit at @offset says that it ends; 0 where that lies outside. */
static guint64
find_told_end (const SondeDwarf *self, SondeSpan span, guint64 offset)
{
  SondeCursor cursor = sonde_dwarf_get_cursor (self, span, offset);
  guint64 length = sonde_cursor_u32 (&cursor);

  if (length == G_MAXUINT32)
    length = sonde_cursor_u64 (&cursor);
  if (cursor.has_failed || length == 0 || length > (guint64) (cursor.end - cursor.at))
    return 0;
  return (guint64) (cursor.at - span.data) + length;
}

static gboolean
is_head (const SondeDwarf *self, SondeSpan span, guint64 offset)
{
  SondeCursor cursor = sonde_dwarf_get_cursor (self, span, offset);
  SondeDwarfUnit unit = { .layout.offset_size = 4 };

  if (sonde_cursor_u32 (&cursor) == G_MAXUINT32)
    {
      unit.layout.offset_size = 8;
      sonde_cursor_u64 (&cursor);
    }
  read_head (&cursor, &unit, FALSE);
  return !cursor.has_failed && judge_head (&unit) == NULL
         && unit.abbreviations_at < self->abbrev.size && unit.layout.address_size >= 2;
}

static guint64
skip_fill (SondeSpan span, guint64 offset)
{
  while (offset + 4 <= span.size && memcmp (span.data + offset, "\0\0\0", 4) == 0)
    offset += 4;
  return offset;
}

/* The end of the section, or another unit, fill bytes aside. */
static gboolean
is_boundary (const SondeDwarf *self, SondeSpan span, guint64 offset)
{
  offset = skip_fill (span, offset);
  return offset + 4 > span.size
         || (find_told_end (self, span, offset) != 0 && is_head (self, span, offset));
}

/* The next unit that is followed by another; the end of the section where there is none. */
static guint64
search_boundary (SondeDwarf *self, SondeSpan span, guint64 offset)
{
  if (self->n_searches++ >= MAX_SEARCHES)
    return span.size;
  for (; offset < span.size; offset++)
    {
      const guint64 end = is_head (self, span, offset) ? find_told_end (self, span, offset) : 0;

      if (end != 0 && is_boundary (self, span, end))
        return offset;
    }
  return span.size;
}

/* Where the unit at @start really ends: a wrong length must not cost all that follow. */
static guint64
find_end (SondeDwarf *self, SondeSpan span, guint64 start)
{
  const guint64 told = find_told_end (self, span, start);
  guint64 next, behind;

  /* Another head ends it also where that one's length is wrong. */
  if (told != 0 && (is_boundary (self, span, told) || is_head (self, span, told)))
    return told;
  next = search_boundary (self, span, start + 4);
  if (told == 0 || next < told)
    return next;
  /* What follows may be the one that is damaged. */
  behind = find_told_end (self, span, told);
  return behind != 0 && is_boundary (self, span, behind) ? told : next;
}

static void
read_unit (SondeDwarf *self, SondeCursor *cursor, SondeSpan span, guint64 flag)
{
  const guint64 start = (guint64) (cursor->at - span.data);
  const guint64 end = find_end (self, span, start);
  SondeDwarfUnit unit = { .start = start | flag, .end = end | flag };

  unit.is_remeasured = end != find_told_end (self, span, start);
  unit.layout.offset_size = 4;
  cursor->end = span.data + end;
  if (sonde_cursor_u32 (cursor) == G_MAXUINT32)
    {
      unit.layout.offset_size = 8;
      sonde_cursor_u64 (cursor);
    }
  read_head (cursor, &unit, flag != 0);
  unit.root = (guint64) (cursor->at - span.data) | flag;
  unit.problem = cursor->has_failed ? "damaged debug information: its head" : judge_head (&unit);
  g_array_append_val (self->units, unit);
  if (unit.kind == SONDE_UNIT_TYPE)
    g_hash_table_insert (self->signatures, (gpointer) (guintptr) unit.signature,
                         GUINT_TO_POINTER (self->units->len));
  *cursor = sonde_dwarf_get_cursor (self, span, end);
}

static void
read_units (SondeDwarf *self, SondeSpan span, guint64 flag)
{
  SondeCursor cursor = sonde_dwarf_get_cursor (self, span, 0);

  while (cursor.at < cursor.end && self->units->len < G_MAXINT)
    {
      const guint64 at = (guint64) (cursor.at - span.data);
      const guint64 behind = skip_fill (span, at);

      if (behind > at && is_boundary (self, span, behind))
        cursor.at = behind + 4 > span.size ? cursor.end : span.data + behind;
      else
        read_unit (self, &cursor, span, flag);
    }
}

static SondeSpan
cut_texts (SondeSpan span)
{
  while (span.size > 0 && span.data[span.size - 1] != '\0')
    span.size--;
  return span;
}

typedef struct
{
  guint64 offset;
  SondeFormLayout layout;
} TableKey;

static guint
hash_table_key (gconstpointer key)
{
  const TableKey *row = key;

  return (guint) (row->offset * 2654435761u) ^ row->layout.address_size;
}

static gboolean
equal_table_keys (gconstpointer a, gconstpointer b)
{
  const TableKey *x = a, *y = b;

  return x->offset == y->offset && memcmp (&x->layout, &y->layout, sizeof x->layout) == 0;
}

static void
free_table (SondeAbbreviations *table)
{
  g_clear_pointer (&table, sonde_abbreviations_free);
}

SondeDwarf *
sonde_dwarf_new (SondeElfFile *elf)
{
  SondeDwarf *self = g_new0 (SondeDwarf, 1);

  self->elf = elf;
  self->swap = sonde_elf_file_get_facts (elf)->byte_order != G_BYTE_ORDER;
  self->debug = sonde_elf_debug_new (elf);
  self->info = sonde_elf_debug_get (self->debug, "info");
  self->types = sonde_elf_debug_get (self->debug, "types");
  self->abbrev = sonde_elf_debug_get (self->debug, "abbrev");
  self->addr = sonde_elf_debug_get (self->debug, "addr");
  self->line = sonde_elf_debug_get (self->debug, "line");
  self->str_offsets = sonde_elf_debug_get (self->debug, "str_offsets");
  self->str = cut_texts (sonde_elf_debug_get (self->debug, "str"));
  self->line_str = cut_texts (sonde_elf_debug_get (self->debug, "line_str"));
  self->units = g_array_new (FALSE, FALSE, sizeof (SondeDwarfUnit));
  self->tables = g_hash_table_new_full (hash_table_key, equal_table_keys, g_free,
                                        (GDestroyNotify) free_table);
  self->signatures = g_hash_table_new (NULL, NULL);
  self->n_specs_left = self->abbrev.size * SPECS_PER_BYTE + FREE_SPECS;
  read_units (self, self->info, 0);
  read_units (self, self->types, SONDE_IN_TYPES);
  return self;
}

void
sonde_dwarf_free (SondeDwarf *self)
{
  g_array_unref (self->units);
  g_hash_table_unref (self->tables);
  g_hash_table_unref (self->signatures);
  if (self->files != NULL)
    self->free_files (self->files);
  if (self->memory != NULL)
    self->free_memory (self->memory);
  sonde_elf_debug_free (self->debug);
  g_free (self);
}

guint
sonde_dwarf_get_n_units (SondeDwarf *self)
{
  return self->units->len;
}

SondeDwarfUnit *
sonde_dwarf_get_unit (SondeDwarf *self, guint index)
{
  return &g_array_index (self->units, SondeDwarfUnit, index);
}

SondeDwarfUnit *
sonde_dwarf_find_unit (SondeDwarf *self, SondeDieKey key)
{
  guint low = 0, high = self->units->len;
  SondeDwarfUnit *unit;

  if (self->last_unit < high)
    {
      unit = sonde_dwarf_get_unit (self, self->last_unit);
      if (key >= unit->root && key < unit->end)
        return unit;
    }
  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (sonde_dwarf_get_unit (self, middle)->root <= key)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return NULL;
  self->last_unit = low - 1;
  unit = sonde_dwarf_get_unit (self, low - 1);
  return key < unit->end ? unit : NULL;
}

SondeDwarfUnit *
sonde_dwarf_find_signature (SondeDwarf *self, guint64 signature)
{
  const guint index
      = GPOINTER_TO_UINT (g_hash_table_lookup (self->signatures, (gpointer) (guintptr) signature));

  return index > 0 ? sonde_dwarf_get_unit (self, index - 1) : NULL;
}

static SondeAbbreviations *
load_table (SondeDwarf *self, const SondeDwarfUnit *unit)
{
  const TableKey key = { unit->abbreviations_at, unit->layout };
  gpointer known = NULL;
  SondeAbbreviations *table;

  if (g_hash_table_lookup_extended (self->tables, &key, NULL, &known))
    return known;
  SondeCursor cursor = sonde_dwarf_get_cursor (self, self->abbrev, unit->abbreviations_at);
  table = sonde_abbreviations_new (&cursor, &unit->layout,
                                   (guint) MIN (self->n_specs_left, G_MAXUINT32));
  if (table != NULL)
    self->n_specs_left -= table->n_specs;
  g_hash_table_insert (self->tables, g_memdup2 (&key, sizeof key), table);
  return table;
}

/* Indexes count from where the root entry says; where it does not, behind the section's head. */
static void
read_bases (SondeDwarf *self, SondeDwarfUnit *unit)
{
  const guint64 start = unit->root & ~SONDE_IN_TYPES;
  SondeCursor cursor = sonde_dwarf_get_cursor (
      self, (unit->root & SONDE_IN_TYPES) != 0 ? self->types : self->info, start);
  const SondeAbbreviation *row
      = sonde_abbreviations_find (unit->abbreviations, sonde_cursor_uleb (&cursor));
  SondeAttribute value = { 0 };

  unit->str_offsets_at = unit->version >= 5 ? unit->layout.offset_size * 2 : 0;
  unit->addr_at = unit->str_offsets_at;
  for (guint i = 0; row != NULL && i < row->n_specs; i++)
    {
      const SondeSpec *spec = &unit->abbreviations->specs[row->first + i];

      if (!sonde_form_read (&cursor, spec->form, &unit->layout, 0, &value))
        return;
      if (spec->name == DW_AT_str_offsets_base)
        unit->str_offsets_at = value.number;
      else if (spec->name == DW_AT_addr_base || spec->name == DW_AT_GNU_addr_base)
        unit->addr_at = value.number;
      /* Split units of DWARF 4 have an ordinary head. */
      else if (spec->name == DW_AT_GNU_dwo_name)
        unit->kind = SONDE_UNIT_SKELETON;
    }
}

gboolean
sonde_dwarf_prepare (SondeDwarf *self, SondeDwarfUnit *unit)
{
  if (unit->is_prepared || unit->problem != NULL)
    return unit->problem == NULL;
  unit->is_prepared = TRUE;
  unit->abbreviations = load_table (self, unit);
  if (unit->abbreviations == NULL)
    unit->problem = "damaged debug information: its abbreviations";
  else
    read_bases (self, unit);
  return unit->problem == NULL;
}

void
sonde_dwarf_forget (SondeDwarf *self, SondeDieKey from, SondeDieKey to)
{
  const SondeSpan span = (from & SONDE_IN_TYPES) != 0 ? self->types : self->info;
  const guint64 first = from & ~SONDE_IN_TYPES, end = to & ~SONDE_IN_TYPES;

  if (first < end && end <= span.size)
    sonde_elf_file_forget (self->elf, span.data + first, end - first);
}

void
sonde_dwarf_forget_all (SondeDwarf *self)
{
  const SondeSpan spans[] = { self->info, self->types, self->line, self->str, self->line_str };

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    sonde_elf_file_forget (self->elf, spans[i].data, spans[i].size);
}

SondeDieKey
sonde_dwarf_forget_before (SondeDwarf *self, SondeDieKey from, SondeDieKey to)
{
  if (to - from < FORGET_STEP)
    return from;
  if (((to ^ from) & SONDE_IN_TYPES) == 0)
    sonde_dwarf_forget (self, from, to);
  return to;
}

int
sonde_dwarf_get_byte_order (SondeDwarf *self)
{
  return sonde_elf_file_get_facts (self->elf)->byte_order;
}

gboolean
sonde_dwarf_take_failure (SondeDwarf *self)
{
  const gboolean has_failed = self->has_failed;

  self->has_failed = FALSE;
  return has_failed;
}
