/* dwarf-variables.h: one walk over all entries: variables, and who stands inside whom */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-location.h"

typedef enum
{
  SONDE_SCOPE_UNIT,
  SONDE_SCOPE_NAMESPACE,
  SONDE_SCOPE_CLASS,
  SONDE_SCOPE_FUNCTION,
} SondeScopeKind;

/* Entries between @key and @end stand inside; sorted by key, nested, never crossing. */
typedef struct
{
  SondeDieKey key, end;
  guint32 parent; /* own index for units */
  guint16 kind;   /* SondeScopeKind */
  guint16 is_c;   /* of a unit: type names carry "struct" */
} SondeScope;

/* A variable as its entry and the one it completes tell it. */
typedef struct
{
  SondeDieKey key;
  const char *name;    /* NULL: has none */
  const char *linkage; /* NULL: same as the name */
  SondeDieKey type;
  SondeDieKey origin; /* the entry that it completes, 0 where none */
  guint32 scope;      /* of the declaration: what its path is made of */
  SondePlace place;
  guint64 address;
  gint64 constant;
  gboolean has_constant, is_declaration, is_external;
  SondeDieKey file_unit; /* whose file list @file counts in */
  guint64 file;
  guint32 line;
} SondeDwarfVariable;

typedef struct
{
  SondeDwarf *dwarf;     /* borrowed */
  GArray *scopes;        /* SondeScope */
  GArray *variables;     /* SondeDwarfVariable */
  GArray *structs;       /* SondeDieKey: each struct, class, union and enumeration */
  GHashTable *completed; /* SondeDieKey: declarations that an entry with a place completes */
  GPtrArray *skipped;    /* char *: "main.c: reason" */
  guint n_units;
} SondeDwarfIndex;

typedef void (*SondeDwarfProgress) (double fraction, gpointer user_data);

/** sonde_dwarf_index_new: reads all units; those that cannot be read are in skipped. */
SondeDwarfIndex *sonde_dwarf_index_new (SondeDwarf *dwarf, SondeDwarfProgress progress,
                                        gpointer user_data);
void sonde_dwarf_index_free (SondeDwarfIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDwarfIndex, sonde_dwarf_index_free)
/** sonde_dwarf_index_find_scope: the innermost scope around (not at) @key, G_MAXUINT32 where none.
 */
guint32 sonde_dwarf_index_find_scope (const SondeDwarfIndex *self, SondeDieKey key);
/** sonde_dwarf_index_get_unit: the unit around @scope; (nullable). */
const SondeScope *sonde_dwarf_index_get_unit (const SondeDwarfIndex *self, guint32 scope);
/** sonde_dwarf_index_dup_prefix: (transfer full): "ns::Class::" or "function()::" of @scope. */
char *sonde_dwarf_index_dup_prefix (const SondeDwarfIndex *self, guint32 scope);
/** sonde_dwarf_index_dup_type_prefix: (transfer full): likewise without the functions: a type is
 * named without them. */
char *sonde_dwarf_index_dup_type_prefix (const SondeDwarfIndex *self, guint32 scope);
