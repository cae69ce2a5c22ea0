/* name-find.c: the entries of debug information that bear a name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/name-find.h"

#include <string.h>

#include "symbols/dwarf-files.h"
#include "symbols/dwarf-paths.h"

#define MAX_HITS 4000
/* Entries further down have no scopes of their own that matter. */
#define MAX_DEPTH 64
/* A copy may complete a definition that completes a declaration, and stand before both. */
#define MAX_ROUNDS 3

typedef struct
{
  const SondeDwarfIndex *index; /* borrowed */
  const SondeNameQuery *query;  /* borrowed */
  SondeDwarfPaths *paths;       /* writes prefixes as the list of variables has them */
  GArray *hits;                 /* SondeNameHit */
  GHashTable *known;         /* SondeDieKey of a hit, or of what completes it -> its number + 1 */
  SondeDie above[MAX_DEPTH]; /* the entries round the one that is looked at */
} Finder;

static void
clear_hit (SondeNameHit *hit)
{
  g_free (hit->prefix);
  g_free (hit->path);
}

static gboolean
is_function (guint tag)
{
  return tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine;
}

static gboolean
is_named_scope (guint tag)
{
  return tag == DW_TAG_namespace || tag == DW_TAG_structure_type || tag == DW_TAG_class_type
         || tag == DW_TAG_union_type || tag == DW_TAG_interface_type;
}

/* (nullable): "step(int)::" of the function at @key, where the list of variables knows it: there
 * the parameters tell overloads apart. */
static char *
dup_listed_prefix (Finder *self, SondeDieKey key, const SondeDie *inside)
{
  const guint32 scope = sonde_dwarf_index_find_scope (self->index, sonde_die_get_key (inside));

  if (scope == G_MAXUINT32 || g_array_index (self->index->scopes, SondeScope, scope).key != key)
    return NULL;
  return sonde_dwarf_paths_dup_prefix (self->paths, scope);
}

/* Names round the entry at @depth; a function's body stands outside its class, but completes a
 * declaration inside. */
static char *
dup_prefix (Finder *self, const SondeDie *die, guint depth, gboolean *is_in_function)
{
  g_autoptr (GString) prefix = g_string_new (NULL);

  for (guint i = MIN (depth, MAX_DEPTH); i-- > 0;)
    {
      const guint tag = sonde_die_get_tag (&self->above[i]);
      SondeDieKey key = sonde_die_get_key (&self->above[i]);
      const SondeDieKey own = key;
      const char *name;

      *is_in_function |= is_function (tag);
      if (is_function (tag) && prefix->len == 0)
        {
          char *listed = dup_listed_prefix (self, key, die);

          if (listed != NULL)
            return listed;
        }
      if (!is_function (tag) && !is_named_scope (tag))
        continue;
      name = sonde_dwarf_follow_name (self->index->dwarf, &key);
      g_string_prepend (prefix, is_function (tag) ? "()::" : "::");
      g_string_prepend (prefix, name != NULL              ? name
                                : tag == DW_TAG_namespace ? "(anonymous namespace)"
                                                          : "(anonymous)");
      if (key != own)
        {
          const guint32 scope = sonde_dwarf_index_find_scope (self->index, key);
          g_autofree char *outer = sonde_dwarf_index_dup_type_prefix (self->index, scope);

          g_string_prepend (prefix, outer);
          break;
        }
    }
  return g_string_free (g_steal_pointer (&prefix), FALSE);
}

static void
remember (Finder *self, SondeDieKey key, guint number)
{
  g_hash_table_insert (self->known, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (number + 1));
}

static gboolean
is_better (SondePlace place, SondePlace than)
{
  static const guint ranks[] = { [SONDE_PLACE_NONE] = 0,
                                 [SONDE_PLACE_VARYING] = 1,
                                 [SONDE_PLACE_PIECES] = 2,
                                 [SONDE_PLACE_THREAD] = 3,
                                 [SONDE_PLACE_FIXED] = 4 };

  return ranks[place] > ranks[than];
}

/* What one of the entries tells: the named one, or one that completes it. */
static void
sum_up (SondeNameHit *hit, const SondeDie *die)
{
  SondeAttribute value;
  guint64 address = 0;

  if (sonde_die_get_tag (die) == DW_TAG_inlined_subroutine)
    {
      hit->n_inlined++;
      return;
    }
  if (sonde_die_find (die, DW_AT_location, &value))
    {
      const SondePlace place = sonde_location_of (die, &value, &address, NULL);

      if (is_better (place, hit->place))
        {
          hit->place = place;
          hit->address = address;
        }
    }
  if (!hit->has_constant && sonde_die_has (die, DW_AT_const_value))
    {
      hit->has_constant = TRUE;
      hit->constant = *die;
    }
  if (sonde_die_get_tag (die) != DW_TAG_subprogram)
    return;
  if (sonde_die_get_address (die, DW_AT_low_pc, &address))
    hit->address = address;
  hit->has_code |= sonde_die_has (die, DW_AT_low_pc) || sonde_die_has (die, DW_AT_ranges);
}

static void
add_hit (Finder *self, const SondeDie *die, guint depth)
{
  SondeNameHit hit = { .die = *die };

  if (self->hits->len >= MAX_HITS)
    return;
  hit.prefix = dup_prefix (self, die, depth, &hit.is_in_function);
  if (depth > 0 && depth <= MAX_DEPTH)
    {
      hit.parent = sonde_die_get_key (&self->above[depth - 1]);
      hit.parent_tag = sonde_die_get_tag (&self->above[depth - 1]);
    }
  hit.fits = sonde_name_query_fits (self->query, hit.prefix,
                                    sonde_dwarf_get_unit_path (self->index->dwarf, die->unit));
  sum_up (&hit, die);
  remember (self, sonde_die_get_key (die), self->hits->len);
  g_array_append_val (self->hits, hit);
}

static gboolean
is_asked_for (Finder *self, const SondeDie *die)
{
  const char *name = sonde_die_get_name (die);
  const guint tag = sonde_die_get_tag (die);

  if (name != NULL && strcmp (name, self->query->name) == 0)
    return TRUE;
  if (tag != DW_TAG_variable && tag != DW_TAG_subprogram)
    return FALSE;
  name = sonde_die_get_text (die, DW_AT_linkage_name);
  if (name == NULL)
    name = sonde_die_get_text (die, DW_AT_MIPS_linkage_name);
  return name != NULL && strcmp (name, self->query->whole) == 0;
}

static void
visit_name (Finder *self, const SondeDie *die, guint depth)
{
  if (depth < MAX_DEPTH)
    self->above[depth] = *die;
  if (is_asked_for (self, die))
    add_hit (self, die, depth);
}

static void
visit_copy (Finder *self, const SondeDie *die, guint depth)
{
  const guint tag = sonde_die_get_tag (die);
  SondeDieKey key = sonde_die_get_key (die), origin;
  guint number;

  if (tag != DW_TAG_variable && tag != DW_TAG_formal_parameter && !is_function (tag))
    return;
  if (g_hash_table_contains (self->known, &key))
    return;
  origin = sonde_die_get_reference (die, DW_AT_specification);
  if (origin == 0)
    origin = sonde_die_get_reference (die, DW_AT_abstract_origin);
  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->known, &origin));
  if (origin == 0 || number == 0)
    return;
  SondeNameHit *hit = &g_array_index (self->hits, SondeNameHit, number - 1);
  hit->is_completed = TRUE;
  sum_up (hit, die);
  remember (self, key, number - 1);
}

static void
walk (Finder *self, void (*visit) (Finder *self, const SondeDie *die, guint depth))
{
  SondeDwarf *dwarf = self->index->dwarf;

  for (guint i = 0; i < sonde_dwarf_get_n_units (dwarf); i++)
    {
      SondeDwarfUnit *unit = sonde_dwarf_get_unit (dwarf, i);
      SondeDie die;
      guint depth = 0;

      if (unit->kind == SONDE_UNIT_SKELETON || !sonde_dwarf_root (dwarf, unit, &die))
        continue;
      self->above[0] = die;
      while (sonde_die_step (&die, &depth))
        visit (self, &die, depth);
    }
}

GArray *
sonde_name_find (const SondeDwarfIndex *index, const SondeNameQuery *query)
{
  g_autofree Finder *self = g_new0 (Finder, 1);
  guint n_known = 0;

  self->index = index;
  self->query = query;
  self->paths = sonde_dwarf_paths_new (index);
  self->hits = g_array_new (FALSE, FALSE, sizeof (SondeNameHit));
  g_array_set_clear_func (self->hits, (GDestroyNotify) clear_hit);
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (*query->name != '\0')
    walk (self, visit_name);
  for (guint i = 0; i < MAX_ROUNDS && g_hash_table_size (self->known) > n_known; i++)
    {
      n_known = g_hash_table_size (self->known);
      walk (self, visit_copy);
    }
  g_hash_table_unref (self->known);
  sonde_dwarf_paths_free (self->paths);
  return self->hits;
}
