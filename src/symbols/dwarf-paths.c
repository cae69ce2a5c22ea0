/* dwarf-paths.c: the path of a variable: its namespaces, classes and functions, and its name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "symbols/dwarf-paths.h"

#include <string.h>

#if HAVE_LIBIBERTY_SUBDIR
#include <libiberty/demangle.h>
#else
#include <demangle.h>
#endif

#include "symbols/dwarf-files.h"
#include "symbols/dwarf-names.h"

#define MAX_DEPTH 32

struct _SondeDwarfPaths
{
  GHashTable *overloaded;       /* guint64 key of what is around -> set of names; of one unit */
  guint32 overloads_unit;       /* whose */
  const SondeDwarfIndex *index; /* borrowed */
  guint32 scope;                /* whose prefix it is */
  char *prefix;
  const SondeScope *unit; /* whose file it is */
  const char *unit_file;
  GString *path;
};

SondeDwarfPaths *
sonde_dwarf_paths_new (const SondeDwarfIndex *index)
{
  SondeDwarfPaths *self = g_new0 (SondeDwarfPaths, 1);

  self->index = index;
  self->scope = G_MAXUINT32;
  self->overloads_unit = G_MAXUINT32;
  self->overloaded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                            (GDestroyNotify) g_hash_table_unref);
  self->prefix = g_strdup ("");
  self->path = g_string_new (NULL);
  return self;
}

void
sonde_dwarf_paths_free (SondeDwarfPaths *self)
{
  g_hash_table_unref (self->overloaded);
  g_free (self->prefix);
  g_string_free (self->path, TRUE);
  g_free (self);
}

/* Names of several functions that stand directly inside the entry at @key. */
static GHashTable *
find_overloaded (SondeDwarf *dwarf, SondeDieKey key)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) linkages = g_hash_table_new (g_str_hash, g_str_equal);
  SondeDie die;
  gboolean more = sonde_dwarf_find (dwarf, key, &die) && sonde_die_first_child (&die, &die);

  for (; more; more = sonde_die_next (&die, &die))
    {
      const char *name = NULL, *linkage = NULL, *known;

      if (sonde_die_get_tag (&die) == DW_TAG_subprogram)
        name = sonde_die_get_name (&die);
      if (name != NULL)
        linkage = sonde_die_get_text (&die, DW_AT_linkage_name);
      if (linkage == NULL)
        continue;
      known = g_hash_table_lookup (linkages, name);
      if (known != NULL && strcmp (known, linkage) != 0)
        g_hash_table_add (names, (gpointer) name);
      g_hash_table_insert (linkages, (gpointer) name, (gpointer) linkage);
    }
  return names;
}

static gboolean
is_overloaded (SondeDwarfPaths *self, guint32 scope, const char *name)
{
  const SondeScope *row = &g_array_index (self->index->scopes, SondeScope, scope);
  const SondeScope *unit = sonde_dwarf_index_get_unit (self->index, scope);
  const guint32 number = (guint32) (unit - (const SondeScope *) self->index->scopes->data);
  GHashTable *names;

  if (unit->is_c)
    return FALSE;
  if (number != self->overloads_unit)
    g_hash_table_remove_all (self->overloaded);
  self->overloads_unit = number;
  names = g_hash_table_lookup (self->overloaded, &row->key);
  if (names == NULL)
    {
      names = find_overloaded (self->index->dwarf, row->key);
      g_hash_table_insert (self->overloaded, g_memdup2 (&row->key, sizeof row->key), names);
    }
  return g_hash_table_contains (names, name);
}

static char *
write_parameters (SondeDwarfPaths *self, SondeDieKey function)
{
  GString *text = g_string_new (NULL);
  SondeDie die;
  gboolean more
      = sonde_dwarf_find (self->index->dwarf, function, &die) && sonde_die_first_child (&die, &die);

  for (; more; more = sonde_die_next (&die, &die))
    {
      if (sonde_die_get_tag (&die) != DW_TAG_formal_parameter
          || sonde_die_has_flag (&die, DW_AT_artificial))
        continue;
      g_autofree char *name
          = sonde_dwarf_type_name (self->index, sonde_die_get_reference (&die, DW_AT_type), 0);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
    }
  return g_string_free (text, FALSE);
}

/* "ns::Class::" or "function()::"; the parameters stand there where only they tell two apart. */
static char *
write_prefix (SondeDwarfPaths *self, guint32 scope)
{
  const SondeDwarfIndex *index = self->index;
  g_autoptr (GString) prefix = g_string_new (NULL);

  for (guint depth = 0; depth < MAX_DEPTH && scope != G_MAXUINT32; depth++)
    {
      const SondeScope *row = &g_array_index (index->scopes, SondeScope, scope);
      g_autofree char *rest = NULL;
      SondeDieKey key = row->key;
      const char *name;

      if (row->kind == SONDE_SCOPE_UNIT)
        break;
      name = sonde_dwarf_follow_name (index->dwarf, &key);
      /* A member function's body stands outside its class; its declaration is inside. */
      scope = key == row->key ? row->parent : sonde_dwarf_index_find_scope (index, key);
      if (row->kind == SONDE_SCOPE_FUNCTION && name != NULL && scope != G_MAXUINT32
          && is_overloaded (self, scope, name))
        rest = write_parameters (self, key);
      g_string_prepend (prefix, row->kind == SONDE_SCOPE_FUNCTION ? ")::" : "::");
      if (row->kind == SONDE_SCOPE_FUNCTION)
        {
          g_string_prepend (prefix, rest != NULL ? rest : "");
          g_string_prepend (prefix, "(");
        }
      g_string_prepend (prefix, name != NULL                         ? name
                                : row->kind == SONDE_SCOPE_NAMESPACE ? "(anonymous namespace)"
                                                                     : "(anonymous)");
    }
  return g_string_free (g_steal_pointer (&prefix), FALSE);
}

/* A variable template's entries all have its bare name; the linker's names tell them apart. */
static void
name_template (SondeDwarfPaths *self, const SondeDwarfVariable *row)
{
  const char *name = row->linkage != NULL ? strstr (row->linkage, row->name) : NULL;
  char *plain;

  /* "I" begins the list of arguments: most names need not be taken apart. */
  if (name == NULL || name[strlen (row->name)] != 'I')
    return;
  plain = cplus_demangle (row->linkage, DMGL_PARAMS | DMGL_ANSI);
  if (plain != NULL && g_str_has_prefix (plain, self->path->str) && plain[self->path->len] == '<')
    g_string_assign (self->path, plain);
  free (plain);
}

const char *
sonde_dwarf_paths_get (SondeDwarfPaths *self, const SondeDwarfVariable *row)
{
  if (self->scope != row->scope)
    {
      g_free (self->prefix);
      self->prefix = write_prefix (self, row->scope);
      self->scope = row->scope;
    }
  if (*self->prefix == '\0' && row->linkage == NULL)
    return row->name;
  g_string_assign (self->path, self->prefix);
  g_string_append (self->path, row->name);
  name_template (self, row);
  return self->path->str;
}

char *
sonde_dwarf_paths_dup_prefix (SondeDwarfPaths *self, guint32 scope)
{
  return write_prefix (self, scope);
}

const char *
sonde_dwarf_paths_get_unit (SondeDwarfPaths *self, guint32 scope)
{
  const SondeScope *unit = sonde_dwarf_index_get_unit (self->index, scope);
  SondeDwarf *dwarf = self->index->dwarf;

  if (unit != self->unit)
    {
      self->unit = unit;
      self->unit_file
          = unit != NULL
                ? sonde_dwarf_get_unit_path (dwarf, sonde_dwarf_find_unit (dwarf, unit->key))
                : NULL;
    }
  return self->unit_file;
}
