/* dwarf-bases.c: base classes whose members would hide each other get a name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-bases.h"

#define MAX_DEPTH 16
/* A damaged file's classes may have thousands of bases with thousands of bases. */
#define MAX_NAMES 4096

typedef struct
{
  SondeDwarf *dwarf;  /* borrowed */
  GHashTable *owners; /* name -> index of the member that brings it */
  gboolean *clashes;  /* by index */
  guint n_names;
} Names;

static void
note_name (Names *self, const char *name, guint owner)
{
  gpointer known;

  self->n_names++;
  if (!g_hash_table_lookup_extended (self->owners, name, NULL, &known))
    g_hash_table_insert (self->owners, (gpointer) name, GUINT_TO_POINTER (owner));
  else if (GPOINTER_TO_UINT (known) != owner)
    self->clashes[owner] = self->clashes[GPOINTER_TO_UINT (known)] = TRUE;
}

static void
note_member (Names *self, const SondeDwarfMember *member, guint owner, guint depth)
{
  gboolean is_const = FALSE;

  if (member->name != NULL)
    note_name (self, member->name, owner);
  if (member->name != NULL || depth == MAX_DEPTH || self->n_names++ >= MAX_NAMES)
    return;
  g_autoptr (SondeDwarfShape) shape = sonde_dwarf_shape_new (
      self->dwarf, sonde_dwarf_shape_strip (self->dwarf, member->type, &is_const));
  for (guint i = 0; shape != NULL && i < shape->members->len; i++)
    note_member (self, &g_array_index (shape->members, SondeDwarfMember, i), owner, depth + 1);
}

static void
name_base (SondeDwarf *dwarf, SondeDwarfMember *base)
{
  gboolean is_const = FALSE;
  g_autoptr (SondeDwarfShape) shape
      = sonde_dwarf_shape_new (dwarf, sonde_dwarf_shape_strip (dwarf, base->type, &is_const));

  if (shape != NULL)
    base->name = shape->name;
}

static void
find_clashes (SondeDwarf *dwarf, GArray *members, gboolean *clashes)
{
  g_autoptr (GHashTable) owners = g_hash_table_new (g_str_hash, g_str_equal);
  Names names = { .dwarf = dwarf, .owners = owners, .clashes = clashes };

  for (guint i = 0; i < members->len; i++)
    note_member (&names, &g_array_index (members, SondeDwarfMember, i), i, 0);
}

GArray *
sonde_dwarf_bases_name (SondeDwarf *dwarf, GArray *members)
{
  g_autofree gboolean *clashes = NULL;
  gboolean has_base = FALSE;
  GArray *named;

  for (guint i = 0; i < members->len; i++)
    has_base |= g_array_index (members, SondeDwarfMember, i).is_base;
  if (!has_base)
    return g_array_ref (members);
  named = g_array_copy (members);
  clashes = g_new0 (gboolean, members->len);
  find_clashes (dwarf, members, clashes);
  for (guint i = 0; i < named->len; i++)
    if (clashes[i] && g_array_index (named, SondeDwarfMember, i).is_base)
      name_base (dwarf, &g_array_index (named, SondeDwarfMember, i));
  return named;
}
