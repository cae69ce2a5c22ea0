/* name-paths.c: what variables of one name are listed as */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/name-paths.h"

#include "symbols/dwarf-files.h"
#include "symbols/unique-paths.h"

/* Some compilers declare a static member of a class as a member. */
static gboolean
is_listed (const SondeNameHit *hit)
{
  const guint tag = sonde_die_get_tag (&hit->die);

  return (tag == DW_TAG_variable || tag == DW_TAG_member) && hit->place == SONDE_PLACE_FIXED;
}

static char *
dup_plain (const SondeNameHit *hit)
{
  const char *name = sonde_die_get_name (&hit->die);

  return g_strconcat (hit->prefix, name != NULL ? name : "(anonymous)", NULL);
}

static const char *
get_unit (const SondeNameHit *hit)
{
  return sonde_dwarf_get_unit_path (hit->die.dwarf, hit->die.unit);
}

static SondeUniquePath
make_row (const SondeNameHit *hit, guint index)
{
  guint64 line = 0;

  sonde_die_get_number (&hit->die, DW_AT_decl_line, &line);
  return (SondeUniquePath){ .path = dup_plain (hit),
                            .unit = get_unit (hit),
                            .order = line << 32 | index };
}

/* A variable of an inline function has an entry in each unit: it is one where the address is. */
void
sonde_name_paths_set (GArray *hits, gboolean is_relocatable)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree SondeUniquePath *rows = g_new (SondeUniquePath, hits->len + 1);
  g_autofree SondeNameHit **owners = g_new (SondeNameHit *, hits->len + 1);
  guint n = 0;

  for (guint i = 0; i < hits->len; i++)
    {
      SondeNameHit *hit = &g_array_index (hits, SondeNameHit, i);

      if (!is_listed (hit) || (!is_relocatable && g_hash_table_contains (first, &hit->address)))
        continue;
      g_hash_table_insert (first, &hit->address, hit);
      owners[n] = hit;
      rows[n++] = make_row (hit, i);
    }
  sonde_unique_paths (rows, n);
  for (guint i = 0; i < n; i++)
    owners[i]->path = rows[i].path;
  for (guint i = 0; i < hits->len; i++)
    {
      SondeNameHit *hit = &g_array_index (hits, SondeNameHit, i);
      const SondeNameHit *other = g_hash_table_lookup (first, &hit->address);

      if (hit->path == NULL)
        hit->path = other != NULL && is_listed (hit) ? g_strdup (other->path) : dup_plain (hit);
    }
}
