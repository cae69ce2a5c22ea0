/* dwarf-index.h: what one walk over all entries found, and who stands inside whom */
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

/* Entries between @key and @end stand inside; sorted by key, nested, never crossing. Functions
 * without variables have none. */
typedef struct
{
  SondeDieKey key, end;
  guint32 parent; /* own index for units */
  guint16 kind;   /* SondeScopeKind */
  guint16 is_c;   /* of a unit: type names carry "struct" */
} SondeScope;

enum
{
  SONDE_FOUND_IN_FUNCTION = 1,
  SONDE_FOUND_HAS_PLACE = 2,
  SONDE_FOUND_HAS_ORIGIN = 4, /* completes another entry */
};

/* A variable's entry. */
typedef struct
{
  SondeDieKey key;
  guint32 scope; /* around it */
  guint32 flags;
} SondeDwarfFound;

/* A function that has code of its own. */
typedef struct
{
  guint64 address; /* low_pc: without the Thumb bit */
  SondeDieKey key;
  guint32 scope; /* around it */
} SondeDwarfFunction;

typedef struct
{
  SondeDwarf *dwarf;     /* borrowed */
  GArray *scopes;        /* SondeScope */
  GArray *variables;     /* SondeDwarfFound */
  GArray *functions;     /* SondeDwarfFunction, in the order of the file */
  GArray *structs;       /* SondeDieKey: each struct, class, union and enumeration */
  GHashTable *completed; /* SondeDieKey: declarations that an entry with a place completes */
  GPtrArray *skipped;    /* char *: "main.c: reason" */
  guint n_units;         /* compilation units, those included that could not be read */
} SondeDwarfIndex;

/** sonde_dwarf_index_alloc: an empty one, for dwarf-variables. */
SondeDwarfIndex *sonde_dwarf_index_alloc (SondeDwarf *dwarf);
void sonde_dwarf_index_free (SondeDwarfIndex *self);
/** sonde_dwarf_index_drop_variables: gives back what variables, structs and scopes take. */
void sonde_dwarf_index_drop_variables (SondeDwarfIndex *self);
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
/** sonde_dwarf_follow_name: (nullable): name of the entry at @key, or of the one it completes: then
 * @key becomes that one's. */
const char *sonde_dwarf_follow_name (SondeDwarf *dwarf, SondeDieKey *key);
