/* dwarf-index.c: what one walk over all entries found, and who stands inside whom */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-index.h"

/* A declaration may be completed by an instance that is inlined in a copy of it. */
#define MAX_HOPS 4
#define MAX_NAME_DEPTH 32

SondeDwarfIndex *
sonde_dwarf_index_alloc (SondeDwarf *dwarf)
{
  SondeDwarfIndex *self = g_new0 (SondeDwarfIndex, 1);

  self->dwarf = dwarf;
  self->scopes = g_array_new (FALSE, FALSE, sizeof (SondeScope));
  self->variables = g_array_new (FALSE, FALSE, sizeof (SondeDwarfFound));
  self->functions = g_array_new (FALSE, FALSE, sizeof (SondeDwarfFunction));
  self->structs = g_array_new (FALSE, FALSE, sizeof (SondeDieKey));
  self->completed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->skipped = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
sonde_dwarf_index_free (SondeDwarfIndex *self)
{
  g_array_unref (self->scopes);
  g_array_unref (self->variables);
  g_array_unref (self->functions);
  g_array_unref (self->structs);
  g_hash_table_unref (self->completed);
  g_ptr_array_unref (self->skipped);
  g_free (self);
}

void
sonde_dwarf_index_drop_variables (SondeDwarfIndex *self)
{
  g_array_unref (self->variables);
  g_array_unref (self->structs);
  g_array_unref (self->scopes);
  self->scopes = g_array_new (FALSE, FALSE, sizeof (SondeScope));
  self->variables = g_array_new (FALSE, FALSE, sizeof (SondeDwarfFound));
  self->structs = g_array_new (FALSE, FALSE, sizeof (SondeDieKey));
}

guint32
sonde_dwarf_index_find_scope (const SondeDwarfIndex *self, SondeDieKey key)
{
  guint low = 0, high = self->scopes->len;
  guint32 scope;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (g_array_index (self->scopes, SondeScope, middle).key < key)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return G_MAXUINT32;
  for (scope = low - 1;; scope = g_array_index (self->scopes, SondeScope, scope).parent)
    {
      const SondeScope *row = &g_array_index (self->scopes, SondeScope, scope);

      if (key < row->end)
        return scope;
      if (row->parent == scope)
        return G_MAXUINT32;
    }
}

const SondeScope *
sonde_dwarf_index_get_unit (const SondeDwarfIndex *self, guint32 scope)
{
  while (scope != G_MAXUINT32)
    {
      const SondeScope *row = &g_array_index (self->scopes, SondeScope, scope);

      if (row->parent == scope)
        return row;
      scope = row->parent;
    }
  return NULL;
}

const char *
sonde_dwarf_follow_name (SondeDwarf *dwarf, SondeDieKey *key)
{
  const char *name = NULL;
  SondeDie die;

  for (guint hops = 0; hops < MAX_HOPS && name == NULL && sonde_dwarf_find (dwarf, *key, &die);
       hops++)
    {
      SondeDieKey origin = sonde_die_get_reference (&die, DW_AT_specification);

      name = sonde_die_get_name (&die);
      if (origin == 0)
        origin = sonde_die_get_reference (&die, DW_AT_abstract_origin);
      if (origin == 0)
        break;
      *key = origin;
    }
  return name;
}

static char *
write_prefix (const SondeDwarfIndex *self, guint32 scope, gboolean with_functions)
{
  g_autoptr (GString) prefix = g_string_new (NULL);

  for (guint depth = 0; depth < MAX_NAME_DEPTH && scope != G_MAXUINT32; depth++)
    {
      const SondeScope *row = &g_array_index (self->scopes, SondeScope, scope);
      SondeDieKey key = row->key;
      const char *name;

      if (row->kind == SONDE_SCOPE_UNIT || (row->kind == SONDE_SCOPE_FUNCTION && !with_functions))
        break;
      name = sonde_dwarf_follow_name (self->dwarf, &key);
      g_string_prepend (prefix, row->kind == SONDE_SCOPE_FUNCTION ? "()::" : "::");
      g_string_prepend (prefix, name != NULL                         ? name
                                : row->kind == SONDE_SCOPE_NAMESPACE ? "(anonymous namespace)"
                                                                     : "(anonymous)");
      /* A member function's body stands outside its class; its declaration is inside. */
      scope = key == row->key ? row->parent : sonde_dwarf_index_find_scope (self, key);
    }
  return g_string_free (g_steal_pointer (&prefix), FALSE);
}

char *
sonde_dwarf_index_dup_prefix (const SondeDwarfIndex *self, guint32 scope)
{
  return write_prefix (self, scope, TRUE);
}

char *
sonde_dwarf_index_dup_type_prefix (const SondeDwarfIndex *self, guint32 scope)
{
  return write_prefix (self, scope, FALSE);
}
