/* symbol-at.c: what lies at an address, down to the leaf */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/symbol-at.h"

#include <string.h>

#include "symbols/symbol-image.h"

#define MAX_HITS 256

typedef struct
{
  guint64 start, last; /* bytes, both belong to it */
  guint64 reach;       /* largest last of this and all before */
  guint index;         /* of the variable */
} Extent;

struct _SondeSymbolAt
{
  SondeSymbolTable *table;
  GArray *extents; /* Extent, rising by start, larger ones first */
};

/* One question. */
typedef struct
{
  const SondeSymbolAt *at;
  guint64 address;
  GPtrArray *hits;
} Search;

static int
compare_extents (gconstpointer a, gconstpointer b)
{
  const Extent *x = a, *y = b;

  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  if (x->last != y->last)
    return x->last > y->last ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

static guint64
add_saturated (guint64 address, guint64 size)
{
  return address > G_MAXUINT64 - size ? G_MAXUINT64 : address + size;
}

SondeSymbolAt *
sonde_symbol_at_new (SondeSymbolTable *table)
{
  SondeSymbolAt *self = g_new0 (SondeSymbolAt, 1);
  const SondeSymbolImage *image = sonde_symbol_table_get_image (table);
  guint64 reach = 0;

  self->table = sonde_symbol_table_ref (table);
  self->extents = g_array_new (FALSE, FALSE, sizeof (Extent));
  for (guint i = 0; i < sonde_symbol_table_get_n (table); i++)
    {
      const SondeImageVariable *row = &image->variables[i];
      const guint64 size = MAX (image->types[row->type].size, 1);
      const Extent extent
          = { .start = row->address, .last = add_saturated (row->address, size - 1), .index = i };

      /* Of a file that is not linked, each section begins at 0: all are told that lie there. */
      if (sonde_symbol_table_is_placed (table, i))
        g_array_append_val (self->extents, extent);
    }
  g_array_sort (self->extents, compare_extents);
  for (guint i = 0; i < self->extents->len; i++)
    {
      Extent *extent = &g_array_index (self->extents, Extent, i);

      reach = MAX (reach, extent->last);
      extent->reach = reach;
    }
  return self;
}

void
sonde_symbol_at_free (SondeSymbolAt *self)
{
  g_array_unref (self->extents);
  sonde_symbol_table_unref (self->table);
  g_free (self);
}

/* -- hits -- */

static void
free_hit (gpointer data)
{
  SondeAtHit *hit = data;

  sonde_variable_unref (hit->variable);
  g_free (hit->why);
  g_free (hit);
}

static SondeAtHit *
add_hit (Search *self, SondeAtKind kind)
{
  SondeAtHit *hit = g_new0 (SondeAtHit, 1);

  hit->kind = kind;
  hit->path = hit->section = hit->file = "";
  g_ptr_array_add (self->hits, hit);
  return hit;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static SondeAtHit *
add_variable (Search *self, SondeAtKind kind, SondeVariable *variable)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  SondeAtHit *hit = add_hit (self, kind);

  hit->variable = sonde_variable_ref (variable);
  hit->path = info->path;
  hit->offset = self->address - info->address;
  hit->size = sonde_type_get_size (info->type);
  hit->section = or_empty (info->section);
  hit->file = or_empty (info->file);
  hit->line = info->line;
  return hit;
}

/* -- into a variable -- */

/* The members of one struct or union: which of them hold the byte, and which ends last before it.
 */
typedef struct
{
  guint64 offset; /* of the byte asked for */
  int byte_order;
  guint index;     /* of the next child */
  GArray *covered; /* guint: children that hold the byte */
  const char *before;
  guint64 before_end;
} Members;

/* A bit-field holds only the bytes of its unit that have one of its bits. */
static gboolean
holds_byte (const SondeType *type, guint64 byte, int byte_order)
{
  const guint64 size = sonde_type_get_size (type);
  guint64 first_bit;

  if (byte >= size)
    return FALSE;
  if (sonde_type_get_kind (type) != SONDE_KIND_BITFIELD)
    return TRUE;
  first_bit = 8 * (byte_order == G_BIG_ENDIAN ? size - 1 - byte : byte);
  return sonde_type_get_bit_offset (type) < first_bit + 8
         && sonde_type_get_bit_offset (type) + sonde_type_get_bit_size (type) > first_bit;
}

/* Bytes from the start of the unit up to the last one that it holds. */
static guint64
get_held_size (const SondeType *type, int byte_order)
{
  const guint64 size = sonde_type_get_size (type);
  const guint first = sonde_type_get_bit_offset (type);

  if (sonde_type_get_kind (type) != SONDE_KIND_BITFIELD)
    return size;
  return byte_order == G_BIG_ENDIAN ? size - first / 8
                                    : (first + sonde_type_get_bit_size (type) + 7) / 8;
}

static void
visit_members (Members *self, const SondeType *type, guint64 base)
{
  for (guint i = 0; i < sonde_type_get_n_members (type); i++)
    {
      const SondeMember *member = sonde_type_get_member (type, i);
      const guint64 start = base + member->offset;
      const guint64 end = add_saturated (start, get_held_size (member->type, self->byte_order));

      if (member->name == NULL)
        {
          if (sonde_type_get_n_children (member->type) > 0) /* bounds the walk of hostile types */
            visit_members (self, member->type, start);
          continue;
        }
      if (self->offset >= start
          && holds_byte (member->type, self->offset - start, self->byte_order))
        g_array_append_val (self->covered, self->index);
      if (end <= self->offset && end >= self->before_end)
        {
          self->before = member->name;
          self->before_end = end;
        }
      self->index++;
    }
}

static void search_variable (Search *self, SondeVariable *variable);

static void
search_members (Search *self, SondeVariable *variable)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  g_autoptr (GArray) covered = g_array_new (FALSE, FALSE, sizeof (guint));
  Members members = { self->address - info->address, info->byte_order, 0, covered, NULL, 0 };

  visit_members (&members, info->type, 0);
  for (guint i = 0; i < covered->len && self->hits->len < MAX_HITS; i++)
    {
      g_autoptr (SondeVariable) child
          = sonde_variable_dup_child (variable, g_array_index (covered, guint, i));

      if (child != NULL)
        search_variable (self, child);
    }
  if (covered->len > 0)
    return;
  add_variable (self, SONDE_AT_PADDING, variable)->why = g_strdup_printf (
      "padding in %s%s%s", or_empty (sonde_type_get_name (info->type)),
      members.before != NULL ? " after ." : " before its members", or_empty (members.before));
}

static void
search_variable (Search *self, SondeVariable *variable)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  const SondeType *element = sonde_type_get_base (info->type);
  g_autoptr (SondeVariable) child = NULL;

  switch (sonde_type_get_kind (info->type))
    {
    case SONDE_KIND_STRUCT:
    case SONDE_KIND_UNION:
      search_members (self, variable);
      return;
    case SONDE_KIND_ARRAY:
      if (sonde_type_get_size (element) > 0)
        child = sonde_variable_dup_child (variable, (self->address - info->address)
                                                        / sonde_type_get_size (element));
      if (child != NULL)
        {
          search_variable (self, child);
          return;
        }
      break;
    default:
      break;
    }
  add_variable (self, SONDE_AT_VALUE, variable);
}

/* How many of the rows, which rise by the address at their @field, begin at or before @address. */
static guint
count_before (const void *field, gsize row_size, guint n, guint64 address)
{
  guint low = 0, high = n;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      const guint64 *start = (const void *) ((const char *) field + middle * row_size);

      if (*start <= address)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint
count_extents_before (const Search *self)
{
  const GArray *extents = self->at->extents;
  const Extent *first = (const void *) extents->data;

  return count_before (&first->start, sizeof *first, extents->len, self->address);
}

/* From the nearest one down to where none reaches the address. */
static void
search_variables (Search *self)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = count_extents_before (self); i > 0 && found->len < MAX_HITS; i--)
    {
      const Extent *extent = &g_array_index (self->at->extents, Extent, i - 1);

      if (extent->reach < self->address)
        break;
      if (extent->last >= self->address)
        g_array_append_val (found, extent->index);
    }
  for (guint i = found->len; i > 0 && self->hits->len < MAX_HITS; i--)
    {
      g_autoptr (SondeVariable) variable
          = sonde_symbol_table_dup_variable (self->at->table, g_array_index (found, guint, i - 1));

      search_variable (self, variable);
    }
}

/* -- where there is no variable -- */

static const SondeSection *
find_section (const Search *self)
{
  const guint n = sonde_symbol_table_get_facts (self->at->table)->n_sections;

  for (guint i = 0; i < n; i++)
    {
      const SondeSection *section = sonde_symbol_table_get_section (self->at->table, i);

      if (self->address >= section->address && self->address - section->address < section->size)
        return section;
    }
  return NULL;
}

static gboolean
add_place (Search *self)
{
  SondeSymbolPlace place;
  SondeAtHit *hit;
  guint index;

  if (!sonde_symbol_table_find_place (self->at->table, self->address, &index))
    return FALSE;
  sonde_symbol_table_get_place (self->at->table, index, &place);
  hit = add_hit (self, place.is_function ? SONDE_AT_FUNCTION : SONDE_AT_DATA);
  hit->path = place.name;
  hit->offset = self->address - place.address;
  hit->size = place.size;
  hit->section = place.section != NULL ? place.section->name : "";
  hit->file = place.file;
  return TRUE;
}

/* What begins last before the address in @section: a place, or a variable that is none. */
static const char *
find_nearest (const Search *self, const SondeSection *section, guint64 *address)
{
  const SondeSymbolImage *image = sonde_symbol_table_get_image (self->at->table);
  const SondeImagePlace *places = image->places;
  const guint n_places = count_before (&places->address, sizeof *places,
                                       image->n[SONDE_IMAGE_PLACES], self->address);
  const guint n_extents = count_extents_before (self);
  const Extent *extent
      = n_extents > 0 ? &g_array_index (self->at->extents, Extent, n_extents - 1) : NULL;
  const char *name = NULL;

  *address = section->address;
  if (n_places > 0 && places[n_places - 1].address >= *address)
    {
      *address = places[n_places - 1].address;
      name = sonde_symbol_image_text (image, places[n_places - 1].name);
    }
  if (extent != NULL && extent->start >= *address + (name != NULL))
    {
      *address = extent->start;
      name = sonde_symbol_table_get_path (self->at->table, extent->index);
    }
  return name;
}

static void
add_gap (Search *self, const SondeSection *section)
{
  SondeAtHit *hit = add_hit (self, SONDE_AT_GAP);
  guint64 start;
  const char *name = find_nearest (self, section, &start);

  hit->section = section->name;
  if (name != NULL)
    hit->why = g_strdup_printf ("%s, no symbol; nearest before: %s+0x%" G_GINT64_MODIFIER "x",
                                section->name, name, self->address - start);
  else
    hit->why = g_strdup_printf ("%s+0x%" G_GINT64_MODIFIER "x, no symbol; none before in %s",
                                section->name, self->address - section->address, section->name);
}

static const char *
name_memory (const SondeSection *section)
{
  return section->memory == SONDE_MEMORY_RAM ? "RAM" : "flash";
}

/* Says which section ends last before the address, and which begins first behind it. */
static void
add_nothing (Search *self)
{
  const guint n = sonde_symbol_table_get_facts (self->at->table)->n_sections;
  const SondeSection *before = NULL, *behind = NULL;
  GString *why = g_string_new ("nothing of this file");

  for (guint i = 0; i < n; i++)
    {
      const SondeSection *section = sonde_symbol_table_get_section (self->at->table, i);

      if (section->size == 0)
        continue;
      if (section->address > self->address)
        behind = behind == NULL || section->address < behind->address ? section : behind;
      else if (before == NULL || section->address + section->size > before->address + before->size)
        before = section;
    }
  if (before != NULL)
    g_string_append_printf (why, "; %s (%s) ends at 0x%08" G_GINT64_MODIFIER "x", before->name,
                            name_memory (before), before->address + before->size);
  if (behind != NULL)
    g_string_append_printf (why, "%s %s (%s) begins at 0x%08" G_GINT64_MODIFIER "x",
                            before != NULL ? "," : ";", behind->name, name_memory (behind),
                            behind->address);
  add_hit (self, SONDE_AT_NOTHING)->why = g_string_free (why, FALSE);
}

GPtrArray *
sonde_symbol_at_find (const SondeSymbolAt *self, guint64 address)
{
  Search search = { self, address, g_ptr_array_new_with_free_func (free_hit) };
  const SondeSection *section;

  search_variables (&search);
  if (search.hits->len > 0 || add_place (&search))
    return search.hits;
  section = find_section (&search);
  if (section != NULL)
    add_gap (&search, section);
  else
    add_nothing (&search);
  return search.hits;
}

const char *
sonde_at_kind_name (SondeAtKind kind)
{
  static const char *const names[] = { "value", "padding", "function", "data", "gap", "nothing" };

  return names[kind];
}
