/* symbol-index.c: everything the symbol browser can show of one firmware, by number */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/symbol-index.h"

#include <string.h>

#include "symbols/symbol-image.h"

#define FUNCTION_TYPE "function"

typedef struct
{
  guint32 place; /* of the table */
  guint64 mask;  /* letters of the name */
} Function;

struct _SondeSymbolIndex
{
  SondeSymbolTable *table; /* owned */
  SondeSymbolSearch *search;
  const SondeSymbolImage *image; /* of table */
  GArray *functions;             /* Function, by name */
  guint32 *order;
};

SondeSectionKind
sonde_section_kind_of (const SondeSymbolTable *table, const char *name)
{
  for (guint i = 0; i < sonde_symbol_table_get_facts (table)->n_sections; i++)
    {
      const SondeSection *section = sonde_symbol_table_get_section (table, i);

      if (!g_str_equal (section->name, name))
        continue;
      if (section->is_code)
        return SONDE_SECTION_CODE;
      if (section->is_nobits)
        return SONDE_SECTION_ZEROED;
      return section->memory == SONDE_MEMORY_RAM ? SONDE_SECTION_DATA : SONDE_SECTION_CONSTANT;
    }
  return SONDE_SECTION_OTHER;
}

static const char *
get_place_name (const SondeSymbolTable *table, guint place)
{
  SondeSymbolPlace info;

  sonde_symbol_table_get_place (table, place, &info);
  return info.name;
}

static gint
compare_functions (gconstpointer a, gconstpointer b, gpointer table)
{
  const Function *x = a, *y = b;
  const int order = strcmp (get_place_name (table, x->place), get_place_name (table, y->place));

  return order != 0 ? order : (x->place < y->place ? -1 : x->place > y->place);
}

static void
collect_functions (SondeSymbolIndex *self)
{
  SondeSymbolPlace place;

  self->functions = g_array_new (FALSE, FALSE, sizeof (Function));
  for (guint i = 0; i < sonde_symbol_table_get_n_places (self->table); i++)
    {
      Function function = { .place = i };

      sonde_symbol_table_get_place (self->table, i, &place);
      if (!place.is_function || place.name[0] == '\0')
        continue;
      function.mask = sonde_symbol_mask (place.name, strlen (place.name));
      g_array_append_val (self->functions, function);
    }
  g_array_sort_with_data (self->functions, compare_functions, self->table);
}

/* Roots and functions are each sorted by name: leaves stay behind their root. */
static void
merge_order (SondeSymbolIndex *self)
{
  const guint n = sonde_symbol_search_get_n (self->search);
  const guint n_functions = self->functions->len;
  guint function = 0, at = 0;
  SondeSymbolEntry entry;

  self->order = g_new (guint32, (gsize) n + n_functions + 1);
  for (guint i = 0; i < n; i++)
    {
      sonde_symbol_search_get_entry (self->search, i, &entry);
      while (entry.is_root && function < n_functions
             && strcmp (get_place_name (self->table,
                                        g_array_index (self->functions, Function, function).place),
                        entry.path)
                    < 0)
        self->order[at++] = n + function++;
      self->order[at++] = i;
    }
  while (function < n_functions)
    self->order[at++] = n + function++;
}

SondeSymbolIndex *
sonde_symbol_index_new (SondeSymbolTable *table)
{
  SondeSymbolIndex *self = g_atomic_rc_box_new0 (SondeSymbolIndex);

  self->table = sonde_symbol_table_ref (table);
  self->image = sonde_symbol_table_get_image (table);
  self->search = sonde_symbol_search_new (table);
  collect_functions (self);
  merge_order (self);
  return self;
}

SondeSymbolIndex *
sonde_symbol_index_ref (SondeSymbolIndex *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_index (SondeSymbolIndex *self)
{
  sonde_symbol_search_unref (self->search);
  sonde_symbol_table_unref (self->table);
  g_array_unref (self->functions);
  g_free (self->order);
}

void
sonde_symbol_index_unref (SondeSymbolIndex *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_index);
}

SondeSymbolTable *
sonde_symbol_index_get_table (SondeSymbolIndex *self)
{
  return self->table;
}

SondeSymbolSearch *
sonde_symbol_index_get_search (SondeSymbolIndex *self)
{
  return self->search;
}

guint
sonde_symbol_index_get_n_variables (const SondeSymbolIndex *self)
{
  return sonde_symbol_search_get_n (self->search);
}

guint
sonde_symbol_index_get_n_functions (const SondeSymbolIndex *self)
{
  return self->functions->len;
}

const guint32 *
sonde_symbol_index_get_order (const SondeSymbolIndex *self)
{
  return self->order;
}

static void
fill_function (const SondeSymbolIndex *self, guint number, SondeSymbolItem *item)
{
  SondeSymbolPlace place;

  sonde_symbol_table_get_place (self->table,
                                g_array_index (self->functions, Function, number).place, &place);
  *item = (SondeSymbolItem){ .path = place.name,
                             .type_name = FUNCTION_TYPE,
                             .section = place.section != NULL ? place.section->name : "",
                             .file = place.file,
                             .why = "a function",
                             .address = place.address,
                             .size = place.size,
                             .kind = SONDE_KIND_OPAQUE,
                             .memory = SONDE_MEMORY_FLASH,
                             .is_function = TRUE,
                             .is_root = TRUE };
}

void
sonde_symbol_index_get_item (const SondeSymbolIndex *self, guint id, SondeSymbolItem *item)
{
  const guint n = sonde_symbol_search_get_n (self->search);
  const SondeImageVariable *root;
  const SondeImageType *type;
  const SondeSection *section = NULL;
  SondeSymbolEntry entry;

  g_return_if_fail (id < n + self->functions->len);
  if (id >= n)
    {
      fill_function (self, id - n, item);
      return;
    }
  sonde_symbol_search_get_entry (self->search, id, &entry);
  root = &self->image->variables[entry.root];
  type = &self->image->types[entry.type];
  if (root->section != SONDE_IMAGE_NO_SECTION)
    section = sonde_symbol_table_get_section (self->table, root->section);
  *item = (SondeSymbolItem){
    .path = entry.path,
    .type_name = sonde_symbol_image_text (self->image, type->name),
    .section = section != NULL ? section->name : "",
    .file = sonde_symbol_image_text (self->image, root->file),
    .why = sonde_symbol_image_text (self->image, root->why),
    .address = entry.address,
    .size = type->size,
    .line = root->line,
    .type = entry.type,
    .kind = type->kind,
    .memory = section != NULL ? section->memory : SONDE_MEMORY_PERIPHERAL,
    .is_root = entry.is_root,
  };
  item->is_constant
      = item->memory == SONDE_MEMORY_FLASH || (root->flags & SONDE_IMAGE_VARIABLE_CONST) != 0;
}

SondeVariable *
sonde_symbol_index_dup_variable (SondeSymbolIndex *self, guint id)
{
  return id < sonde_symbol_search_get_n (self->search)
             ? sonde_symbol_search_dup_variable (self->search, id)
             : NULL;
}

gboolean
sonde_symbol_index_find (const SondeSymbolIndex *self, guint64 address, const char *name, guint *id)
{
  const guint n = sonde_symbol_search_get_n (self->search);
  gboolean is_found = FALSE;
  SondeSymbolItem item;
  SondeSymbolEntry entry;

  for (guint i = 0; i < n + self->functions->len; i++)
    {
      if (i < n)
        {
          sonde_symbol_search_get_entry (self->search, i, &entry);
          if (!entry.is_root || entry.address != address)
            continue;
        }
      sonde_symbol_index_get_item (self, i, &item);
      if (item.address != address || (i < n && item.why[0] != '\0'))
        continue;
      if (!is_found || g_str_equal (item.path, name))
        *id = i;
      is_found = TRUE;
      if (g_str_equal (item.path, name))
        return TRUE;
    }
  return is_found;
}

/* --- Functions by name ------------------------------------------------------------------------ */

static gboolean
matches_word (const SondeSymbolItem *item, const char *word)
{
  if (word[0] == ':')
    return strstr (FUNCTION_TYPE, word + 1) != NULL;
  char digits[20];
  const char *wanted = word + 2;
  const guint64 address = g_ascii_strtoull (wanted, NULL, 16);

  wanted += strspn (wanted, "0");
  g_snprintf (digits, sizeof digits, "%" G_GINT64_MODIFIER "x", item->address);
  return g_ascii_strncasecmp (digits, wanted, strlen (wanted)) == 0
         || (address >= item->address && address - item->address < item->size);
}

static gboolean
score_function (const SondeSymbolIndex *self, guint number, char **words, gint *score)
{
  const Function *function = &g_array_index (self->functions, Function, number);
  SondeSymbolItem item;

  *score = 0;
  fill_function (self, number, &item);
  for (guint i = 0; words[i] != NULL; i++)
    {
      SondePattern pattern;
      gint one;

      if (words[i][0] == '\0')
        continue;
      if (!sonde_symbol_is_letters (words[i]))
        {
          if (!matches_word (&item, words[i]))
            return FALSE;
          continue;
        }
      sonde_pattern_init (&pattern, words[i], strlen (words[i]));
      if ((function->mask & pattern.mask) != pattern.mask)
        return FALSE;
      one = sonde_pattern_score (&pattern, item.path, strlen (item.path), NULL);
      if (one == G_MININT)
        return FALSE;
      *score += one;
    }
  return TRUE;
}

void
sonde_symbol_index_search_functions (const SondeSymbolIndex *self, const char *text, GArray *hits)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n", -1);
  const guint n = sonde_symbol_search_get_n (self->search);

  for (guint i = 0; i < self->functions->len; i++)
    {
      SondeSymbolHit hit = { .index = n + i };

      if (score_function (self, i, words, &hit.score))
        g_array_append_val (hits, hit);
    }
}
