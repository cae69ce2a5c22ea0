/* dwarf-bases.c: members of base classes that would hide each other get their class in front */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-bases.h"

#include <string.h>

#define MAX_DEPTH 16
/* A damaged file's classes may have thousands of bases with thousands of bases. */
#define MAX_NAMES 1024

/* A member with the bases on the way to it. */
typedef struct
{
  SondeDwarfMember row; /* its offset and bits count from the start of the derived class */
  const char *classes;  /* "Arm::Base", "" where it is the class's own */
  const char *base;     /* the last of them */
  gboolean is_kept;     /* FALSE: of the class's own anonymous struct, which stays as it is */
} Found;

typedef struct
{
  SondeDwarf *dwarf; /* borrowed */
  GArray *found;     /* Found */
  GHashTable *twins; /* name -> how many have it */
  gboolean has_clash, is_too_large;
} Bases;

/* Whose members are being collected. */
typedef struct
{
  const char *classes, *base;
  guint64 offset;
  gboolean is_kept;
  guint depth;
} Owner;

static void collect (Bases *self, GArray *members, const Owner *owner);

static SondeDwarfShape *
dup_shape (SondeDwarf *dwarf, const SondeDwarfMember *member)
{
  gboolean is_const = FALSE;

  return sonde_dwarf_shape_new (dwarf, sonde_dwarf_shape_strip (dwarf, member->type, &is_const));
}

static void
collect_inner (Bases *self, const SondeDwarfMember *member, const Owner *owner)
{
  g_autoptr (SondeDwarfShape) shape = dup_shape (self->dwarf, member);
  Owner inner = *owner;

  if (shape == NULL)
    return;
  inner.offset += member->offset;
  inner.depth++;
  if (member->is_base)
    {
      g_autofree char *classes = g_strconcat (owner->classes, *owner->classes != 0 ? "::" : "",
                                              shape->name != NULL ? shape->name : "?", NULL);

      inner.classes = g_intern_string (classes);
      inner.base = shape->name != NULL ? shape->name : "?";
    }
  else if (*owner->classes == 0)
    inner.is_kept = FALSE;
  collect (self, shape->members, &inner);
}

static void
collect_one (Bases *self, const SondeDwarfMember *member, const Owner *owner)
{
  Found found = { *member, owner->classes, owner->base, owner->is_kept };

  found.row.offset += owner->offset;
  found.row.bits.storage_at += owner->offset;
  found.row.bits.data_bit_offset += (gint64) owner->offset * 8;
  if (member->name != NULL)
    {
      const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->twins, member->name));

      self->has_clash |= n > 0;
      g_hash_table_insert (self->twins, (gpointer) member->name, GUINT_TO_POINTER (n + 1));
    }
  g_array_append_val (self->found, found);
}

static void
collect (Bases *self, GArray *members, const Owner *owner)
{
  for (guint i = 0; i < members->len; i++)
    {
      const SondeDwarfMember *member = &g_array_index (members, SondeDwarfMember, i);
      const gboolean is_own = *owner->classes == 0 && owner->is_kept && !member->is_base;

      if (owner->depth == MAX_DEPTH || self->found->len >= MAX_NAMES)
        {
          self->is_too_large = TRUE;
          return;
        }
      if (member->name != NULL || member->is_bitfield || is_own)
        collect_one (self, member, owner);
      if (member->name == NULL && !member->is_bitfield)
        collect_inner (self, member, owner);
    }
}

/* A class hides what its bases call the same. */
static gboolean
hides (const Found *found, const Found *other)
{
  const gsize length = strlen (found->classes);

  return length == 0
         || (strncmp (other->classes, found->classes, length) == 0
             && strncmp (other->classes + length, "::", 2) == 0);
}

/* "x", "Base::x" where another has that name, "Arm::Base::x" where another has that name too. */
static const char *
name_found (const Bases *self, const Found *found)
{
  const char *in_front = found->base;
  gboolean needs_class = FALSE;

  for (guint i = 0; i < self->found->len; i++)
    {
      const Found *other = &g_array_index (self->found, Found, i);

      if (other == found || g_strcmp0 (other->row.name, found->row.name) != 0)
        continue;
      needs_class |= !hides (found, other);
      if (strcmp (other->base, found->base) == 0)
        in_front = found->classes;
    }
  if (!needs_class)
    return found->row.name;
  g_autofree char *name = g_strconcat (in_front, "::", found->row.name, NULL);
  return g_intern_string (name);
}

static gboolean
has_twin (const Bases *self, const Found *found)
{
  return found->row.name != NULL
         && GPOINTER_TO_UINT (g_hash_table_lookup (self->twins, found->row.name)) > 1;
}

static GArray *
flatten (const Bases *self)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (SondeDwarfMember));

  for (guint i = 0; i < self->found->len; i++)
    {
      const Found *found = &g_array_index (self->found, Found, i);
      SondeDwarfMember row = found->row;

      if (!found->is_kept)
        continue;
      if (has_twin (self, found))
        row.name = name_found (self, found);
      g_array_append_val (members, row);
    }
  return members;
}

/* Too many to look through: each base as a member of its own, which hides nothing. */
static GArray *
name_bases (SondeDwarf *dwarf, GArray *members)
{
  GArray *named = g_array_copy (members);

  for (guint i = 0; i < named->len; i++)
    {
      SondeDwarfMember *member = &g_array_index (named, SondeDwarfMember, i);
      g_autoptr (SondeDwarfShape) shape = member->is_base ? dup_shape (dwarf, member) : NULL;

      if (shape != NULL)
        member->name = shape->name;
    }
  return named;
}

static gboolean
has_base (GArray *members)
{
  for (guint i = 0; i < members->len; i++)
    if (g_array_index (members, SondeDwarfMember, i).is_base)
      return TRUE;
  return FALSE;
}

GArray *
sonde_dwarf_bases_flatten (SondeDwarf *dwarf, GArray *members)
{
  static const Owner own = { .classes = "", .base = "", .is_kept = TRUE };
  g_autoptr (GHashTable) twins = NULL;
  g_autoptr (GArray) found = NULL;
  Bases self = { .dwarf = dwarf };

  if (!has_base (members))
    return g_array_ref (members);
  self.twins = twins = g_hash_table_new (g_str_hash, g_str_equal);
  self.found = found = g_array_new (FALSE, FALSE, sizeof (Found));
  collect (&self, members, &own);
  if (self.is_too_large)
    return name_bases (dwarf, members);
  return self.has_clash ? flatten (&self) : g_array_ref (members);
}
