/* dwarf-paths.c: the path of a variable: its namespaces, classes and functions, and its name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "symbols/dwarf-paths.h"

#if HAVE_LIBIBERTY_SUBDIR
#include <libiberty/demangle.h>
#else
#include <demangle.h>
#endif

struct _SondeDwarfPaths
{
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
  self->prefix = g_strdup ("");
  self->path = g_string_new (NULL);
  return self;
}

void
sonde_dwarf_paths_free (SondeDwarfPaths *self)
{
  g_free (self->prefix);
  g_string_free (self->path, TRUE);
  g_free (self);
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
      self->prefix = sonde_dwarf_index_dup_prefix (self->index, row->scope);
      self->scope = row->scope;
    }
  if (*self->prefix == '\0' && row->linkage == NULL)
    return row->name;
  g_string_assign (self->path, self->prefix);
  g_string_append (self->path, row->name);
  name_template (self, row);
  return self->path->str;
}

const char *
sonde_dwarf_paths_get_unit (SondeDwarfPaths *self, guint32 scope)
{
  const SondeScope *unit = sonde_dwarf_index_get_unit (self->index, scope);
  SondeDie root;

  if (unit != self->unit)
    {
      self->unit = unit;
      self->unit_file = unit != NULL && sonde_dwarf_find (self->index->dwarf, unit->key, &root)
                            ? sonde_die_get_name (&root)
                            : NULL;
    }
  return self->unit_file;
}
