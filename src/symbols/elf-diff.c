/* elf-diff.c: what a rebuild did: added, removed, moved, retyped, resized variables */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/elf-diff.h"

#include <string.h>

#include "symbols/symbol-image.h"
#include "types/type-compare.h"

#define MAX_DEPTH 64
#define MAX_ROWS 1000000
/* Elements of an array of structs that are told one by one. */
#define MAX_ELEMENTS 64

struct _SondeElfDiff
{
  GArray *rows; /* SondeDiffRow, with their variables */
};

typedef struct
{
  SondeElfDiff *diff;
  SondeTypeCompare *compare;
  SondeSymbolTable *old_table, *new_table;
} Differ;

/* -- one variable -- */

static gboolean
can_be_polled (SondeVariable *variable)
{
  return variable != NULL && sonde_variable_get_info (variable)->why == NULL;
}

static guint64
get_bits (const SondeType *type)
{
  const guint bit_size = sonde_type_get_bit_size (type);

  return bit_size > 0 ? bit_size : 8 * sonde_type_get_size (type);
}

/* Where the bits of a field begin tells as much of its place as the address does. */
static gboolean
is_moved (const SondeVariable *a, const SondeVariable *b)
{
  return sonde_variable_get_address (a) != sonde_variable_get_address (b)
         || sonde_type_get_bit_offset (sonde_variable_get_type (a))
                != sonde_type_get_bit_offset (sonde_variable_get_type (b));
}

static gboolean
is_retyped (SondeTypeCompare *compare, const SondeType *a, const SondeType *b)
{
  /* A field's place and width are told as moved and resized. */
  if (sonde_type_get_kind (a) == SONDE_KIND_BITFIELD
      && sonde_type_get_kind (b) == SONDE_KIND_BITFIELD)
    return strcmp (sonde_type_get_name (a), sonde_type_get_name (b)) != 0
           || sonde_type_get_encoding (a) != sonde_type_get_encoding (b);
  return strcmp (sonde_type_get_name (a), sonde_type_get_name (b)) != 0
         || !sonde_type_compare_is_same (compare, a, b);
}

static guint
judge (SondeTypeCompare *compare, SondeVariable *old_one, SondeVariable *new_one)
{
  guint changes = 0;

  if (!can_be_polled (new_one))
    return can_be_polled (old_one) ? SONDE_CHANGE_REMOVED : 0;
  if (!can_be_polled (old_one))
    return SONDE_CHANGE_ADDED;

  const SondeType *a = sonde_variable_get_type (old_one), *b = sonde_variable_get_type (new_one);
  SondeVariable *old_pointer = sonde_variable_get_info (old_one)->pointer;
  SondeVariable *new_pointer = sonde_variable_get_info (new_one)->pointer;

  if (is_moved (old_one, new_one))
    changes |= SONDE_CHANGE_MOVED;
  if (is_retyped (compare, a, b))
    changes |= SONDE_CHANGE_RETYPED;
  if (get_bits (a) != get_bits (b))
    changes |= SONDE_CHANGE_RESIZED;
  /* Behind a pointer: the value is somewhere else when the pointer is. */
  if (old_pointer != NULL && new_pointer != NULL)
    changes |= judge (compare, old_pointer, new_pointer) & SONDE_CHANGE_MOVED;
  return changes;
}

guint
sonde_change_judge (SondeVariable *old_one, SondeVariable *new_one)
{
  g_autoptr (SondeTypeCompare) compare = sonde_type_compare_new ();

  return judge (compare, old_one, new_one);
}

char *
sonde_change_describe (guint changes)
{
  static const struct
  {
    guint flag;
    const char *word;
  } words[] = {
    { SONDE_CHANGE_ADDED, "added" },     { SONDE_CHANGE_REMOVED, "removed" },
    { SONDE_CHANGE_MOVED, "moved" },     { SONDE_CHANGE_RETYPED, "retyped" },
    { SONDE_CHANGE_RESIZED, "resized" },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((changes & words[i].flag) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words[i].word);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* -- rows -- */

static void
clear_row (SondeDiffRow *row)
{
  sonde_variable_unref (row->old_one);
  sonde_variable_unref (row->new_one);
}

static void
add_row (Differ *self, guint changes, SondeVariable *old_one, SondeVariable *new_one)
{
  SondeVariable *named = old_one != NULL ? old_one : new_one;
  SondeDiffRow row = { .path = sonde_variable_get_path (named), .changes = changes };

  if (changes == 0 || self->diff->rows->len >= MAX_ROWS)
    return;
  if ((changes & SONDE_CHANGE_ADDED) == 0)
    row.old_one = sonde_variable_ref (old_one);
  if ((changes & SONDE_CHANGE_REMOVED) == 0)
    row.new_one = sonde_variable_ref (new_one);
  row.path = sonde_variable_get_path (row.old_one != NULL ? row.old_one : row.new_one);
  g_array_append_val (self->diff->rows, row);
}

/* Has members below, maybe of its elements: an array of numbers is told as one. */
static gboolean
is_opened (const SondeVariable *variable)
{
  const SondeType *type = sonde_variable_get_type (variable);

  while (sonde_type_get_kind (type) == SONDE_KIND_ARRAY)
    type = sonde_type_get_base (type);
  return sonde_type_get_n_children (type) > 0;
}

static guint64
count_children (const SondeVariable *variable)
{
  const guint64 n = sonde_variable_get_n_children (variable);

  return sonde_type_get_kind (sonde_variable_get_type (variable)) == SONDE_KIND_ARRAY
             ? MIN (n, MAX_ELEMENTS)
             : n;
}

/* The child of @parent that is called as @child is under @stem. */
static SondeVariable *
dup_same_child (SondeVariable *parent, const SondeVariable *stem, const SondeVariable *child)
{
  const char *rest = sonde_variable_get_path (child) + strlen (sonde_variable_get_path (stem));

  return sonde_variable_dup_by_path (parent, rest, NULL);
}

static void compare_places (Differ *self, SondeVariable *old_one, SondeVariable *new_one,
                            guint depth);

/* Members by name: those of the old one, then what only the new one has. */
static void
compare_children (Differ *self, SondeVariable *old_one, SondeVariable *new_one, guint depth)
{
  for (guint64 i = 0; i < count_children (old_one); i++)
    {
      g_autoptr (SondeVariable) child = sonde_variable_dup_child (old_one, i);
      g_autoptr (SondeVariable) same = dup_same_child (new_one, old_one, child);

      compare_places (self, child, same, depth + 1);
    }
  for (guint64 i = 0; i < count_children (new_one); i++)
    {
      g_autoptr (SondeVariable) child = sonde_variable_dup_child (new_one, i);
      g_autoptr (SondeVariable) same = dup_same_child (old_one, new_one, child);

      if (same == NULL)
        compare_places (self, NULL, child, depth + 1);
    }
}

static void
open_one (Differ *self, SondeVariable *variable, guint changes, guint depth)
{
  for (guint64 i = 0; i < count_children (variable); i++)
    {
      g_autoptr (SondeVariable) child = sonde_variable_dup_child (variable, i);

      if (changes == SONDE_CHANGE_ADDED)
        compare_places (self, NULL, child, depth + 1);
      else
        compare_places (self, child, NULL, depth + 1);
    }
}

/* Leaves of what changed its type. */
static void
compare_places (Differ *self, SondeVariable *old_one, SondeVariable *new_one, guint depth)
{
  if (depth == MAX_DEPTH || self->diff->rows->len >= MAX_ROWS)
    return;
  if (old_one != NULL && new_one != NULL && is_opened (old_one) && is_opened (new_one))
    compare_children (self, old_one, new_one, depth);
  else if (old_one == NULL && is_opened (new_one))
    open_one (self, new_one, SONDE_CHANGE_ADDED, depth);
  else if (new_one == NULL && is_opened (old_one))
    open_one (self, old_one, SONDE_CHANGE_REMOVED, depth);
  else
    add_row (self, judge (self->compare, old_one, new_one), old_one, new_one);
}

static void
compare_roots (Differ *self, guint old_index, guint new_index)
{
  g_autoptr (SondeVariable) old_one = sonde_symbol_table_dup_variable (self->old_table, old_index);
  g_autoptr (SondeVariable) new_one = sonde_symbol_table_dup_variable (self->new_table, new_index);
  const guint changes = judge (self->compare, old_one, new_one);

  add_row (self, changes, old_one, new_one);
  if ((changes & SONDE_CHANGE_RETYPED) != 0 && is_opened (old_one) && is_opened (new_one))
    compare_children (self, old_one, new_one, 0);
}

/* A static got its file in front, or lost it, because another one of its name came or went. */
static gboolean
find_renamed (SondeSymbolTable *from, guint index, SondeSymbolTable *to, guint *same)
{
  const SondeSymbolImage *image = sonde_symbol_table_get_image (from);
  const char *unit = sonde_symbol_image_text (image, image->variables[index].unit);

  return sonde_symbol_table_find_same (to, sonde_symbol_table_get_path (from, index), unit, same);
}

static void
add_alone (Differ *self, SondeSymbolTable *table, guint index, guint changes)
{
  const gboolean is_old = changes == SONDE_CHANGE_REMOVED;
  guint same;

  if (find_renamed (table, index, is_old ? self->new_table : self->old_table, &same))
    {
      if (is_old)
        compare_roots (self, index, same);
      return;
    }
  g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_variable (table, index);

  if (can_be_polled (variable))
    add_row (self, changes, changes == SONDE_CHANGE_REMOVED ? variable : NULL,
             changes == SONDE_CHANGE_ADDED ? variable : NULL);
}

/* Both tables are sorted by path. */
static void
merge (Differ *self)
{
  const guint n_old = sonde_symbol_table_get_n (self->old_table);
  const guint n_new = sonde_symbol_table_get_n (self->new_table);
  guint i = 0, j = 0;

  while (i < n_old || j < n_new)
    {
      const int order = i == n_old   ? 1
                        : j == n_new ? -1
                                     : strcmp (sonde_symbol_table_get_path (self->old_table, i),
                                               sonde_symbol_table_get_path (self->new_table, j));

      if (order < 0)
        add_alone (self, self->old_table, i++, SONDE_CHANGE_REMOVED);
      else if (order > 0)
        add_alone (self, self->new_table, j++, SONDE_CHANGE_ADDED);
      else
        compare_roots (self, i++, j++);
    }
}

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  const SondeDiffRow *x = a, *y = b;

  return strcmp (x->path, y->path);
}

SondeElfDiff *
sonde_elf_diff_new (SondeSymbolTable *old_table, SondeSymbolTable *new_table)
{
  g_autoptr (SondeTypeCompare) compare = sonde_type_compare_new ();
  SondeElfDiff *self = g_new (SondeElfDiff, 1);
  Differ differ = { self, compare, old_table, new_table };

  self->rows = g_array_new (FALSE, FALSE, sizeof (SondeDiffRow));
  g_array_set_clear_func (self->rows, (GDestroyNotify) clear_row);
  merge (&differ);
  g_array_sort (self->rows, compare_rows);
  return self;
}

void
sonde_elf_diff_free (SondeElfDiff *self)
{
  g_array_unref (self->rows);
  g_free (self);
}

guint
sonde_elf_diff_get_n (SondeElfDiff *self)
{
  return self->rows->len;
}

const SondeDiffRow *
sonde_elf_diff_get (SondeElfDiff *self, guint index)
{
  g_return_val_if_fail (index < self->rows->len, NULL);
  return &g_array_index (self->rows, SondeDiffRow, index);
}
