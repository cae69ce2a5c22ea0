/* dwarf-variables.c: one walk over all entries: variables, and who stands inside whom */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-variables.h"

/* Blocks in blocks in blocks: real code stays below 40. */
#define MAX_DEPTH 500
/* A declaration may be completed by an instance that is inlined in a copy of it. */
#define MAX_HOPS 4
#define MAX_NAME_DEPTH 32

/* One level of the walk. */
typedef struct
{
  SondeDie *die;     /* owned */
  guint32 scope;     /* around the entries of this level */
  guint32 own_scope; /* that this entry opened and its end closes, G_MAXUINT32 where none */
  gboolean in_function;
} Level;

static SondeDwarfIndex *
alloc_index (SondeDwarf *dwarf)
{
  SondeDwarfIndex *self = g_new0 (SondeDwarfIndex, 1);

  self->dwarf = dwarf;
  self->scopes = g_array_new (FALSE, FALSE, sizeof (SondeScope));
  self->variables = g_array_new (FALSE, FALSE, sizeof (SondeDwarfVariable));
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
  g_array_unref (self->structs);
  g_hash_table_unref (self->completed);
  g_ptr_array_unref (self->skipped);
  g_free (self);
}

static gboolean
is_scope (guint tag, SondeScopeKind *kind)
{
  switch (tag)
    {
    case DW_TAG_namespace:
    case DW_TAG_module:
      *kind = SONDE_SCOPE_NAMESPACE;
      return TRUE;
    case DW_TAG_structure_type:
    case DW_TAG_class_type:
    case DW_TAG_union_type:
    case DW_TAG_interface_type:
      *kind = SONDE_SCOPE_CLASS;
      return TRUE;
    case DW_TAG_subprogram:
      *kind = SONDE_SCOPE_FUNCTION;
      return TRUE;
    default:
      return FALSE;
    }
}

static guint32
open_scope (SondeDwarfIndex *self, SondeDieKey key, guint32 parent, SondeScopeKind kind)
{
  const guint32 index = self->scopes->len;
  const SondeScope row = {
    .key = key, .end = key, .parent = kind == SONDE_SCOPE_UNIT ? index : parent, .kind = kind
  };

  g_array_append_val (self->scopes, row);
  return index;
}

static void
close_scope (SondeDwarfIndex *self, guint32 scope, SondeDieKey last)
{
  if (scope != G_MAXUINT32)
    g_array_index (self->scopes, SondeScope, scope).end = last;
}

/* What the entry itself says comes first: the one it completes only fills the gaps. */
static void
read_names (SondeDwarf *dwarf, SondeDie *die, SondeDwarfVariable *row)
{
  guint64 number;

  if (row->name == NULL)
    row->name = sonde_die_get_name (dwarf, die);
  if (row->linkage == NULL)
    row->linkage = sonde_die_get_text (dwarf, die, DW_AT_linkage_name);
  if (row->linkage == NULL)
    row->linkage = sonde_die_get_text (dwarf, die, DW_AT_MIPS_linkage_name);
  if (row->type == 0)
    row->type = sonde_die_get_reference (dwarf, die, DW_AT_type);
  if (row->line == 0 && sonde_die_get_number (dwarf, die, DW_AT_decl_line, &number))
    row->line = (guint32) number;
  if (row->file == 0 && sonde_die_get_number (dwarf, die, DW_AT_decl_file, &number))
    {
      row->file = number;
      row->file_unit = sonde_die_get_key (die);
    }
  if (!row->has_constant && sonde_die_get_number (dwarf, die, DW_AT_const_value, &number))
    {
      row->has_constant = TRUE;
      row->constant = (gint64) number;
    }
  row->is_external |= sonde_die_has_flag (dwarf, die, DW_AT_external);
  row->origin = sonde_die_get_reference (dwarf, die, DW_AT_specification);
  if (row->origin == 0)
    row->origin = sonde_die_get_reference (dwarf, die, DW_AT_abstract_origin);
}

/* Variables of functions count only where they have a fixed place: the others come and go. */
static void
visit_variable (SondeDwarfIndex *self, SondeDie *die, guint32 scope, gboolean in_function)
{
  SondeDwarfVariable row = { .key = sonde_die_get_key (die), .scope = scope };

  row.place = sonde_location_of (self->dwarf, die, &row.address);
  if (in_function && row.place != SONDE_PLACE_FIXED && row.place != SONDE_PLACE_THREAD)
    return;
  row.is_declaration = sonde_die_has_flag (self->dwarf, die, DW_AT_declaration);
  read_names (self->dwarf, die, &row);
  g_array_append_val (self->variables, row);
}

static void
visit (SondeDwarfIndex *self, SondeDie *die, guint tag, const Level *level)
{
  switch (tag)
    {
    case DW_TAG_variable:
      visit_variable (self, die, level->scope, level->in_function);
      break;
    case DW_TAG_structure_type:
    case DW_TAG_class_type:
    case DW_TAG_union_type:
    case DW_TAG_enumeration_type:
      {
        const SondeDieKey key = sonde_die_get_key (die);

        g_array_append_val (self->structs, key);
        break;
      }
    default:
      break;
    }
}

/* Formal parameters, members and the like have no children that matter: asking costs. */
static gboolean
may_hold_variables (guint tag)
{
  switch (tag)
    {
    case DW_TAG_member:
    case DW_TAG_formal_parameter:
    case DW_TAG_base_type:
    case DW_TAG_pointer_type:
    case DW_TAG_typedef:
    case DW_TAG_const_type:
    case DW_TAG_volatile_type:
    case DW_TAG_variable:
    case DW_TAG_array_type:
    case DW_TAG_subroutine_type:
    case DW_TAG_enumeration_type:
    case DW_TAG_enumerator:
    case DW_TAG_subrange_type:
    case DW_TAG_inheritance:
    case DW_TAG_call_site:
    case DW_TAG_GNU_call_site:
    case DW_TAG_label:
      return FALSE;
    default:
      return TRUE;
    }
}

/* Enters the children of the level's entry. */
static gboolean
push_children (SondeDwarfIndex *self, GArray *levels, guint tag)
{
  const Level above = g_array_index (levels, Level, levels->len - 1);
  Level below = { .scope = above.scope, .own_scope = G_MAXUINT32 };
  SondeScopeKind kind;

  if (levels->len >= MAX_DEPTH || !may_hold_variables (tag))
    return FALSE;
  below.die = sonde_die_dup_child (self->dwarf, above.die);
  if (below.die == NULL)
    return FALSE;
  below.in_function = above.in_function || tag == DW_TAG_subprogram;
  if (is_scope (tag, &kind))
    {
      below.own_scope = open_scope (self, sonde_die_get_key (above.die), above.scope, kind);
      below.scope = below.own_scope;
    }
  g_array_append_val (levels, below);
  return TRUE;
}

/* Goes to the entry behind the newest one, up where a level has no more. */
static void
step_over (SondeDwarfIndex *self, GArray *levels, SondeDieKey *last)
{
  while (levels->len > 0)
    {
      Level *level = &g_array_index (levels, Level, levels->len - 1);
      SondeDie *next = levels->len > 1 ? sonde_die_dup_next (self->dwarf, level->die) : NULL;

      sonde_die_free (self->dwarf, level->die);
      level->die = next;
      if (next != NULL)
        {
          const SondeDieKey key = sonde_die_get_key (next);

          /* Offsets only rise in a sound file: this ends every loop a damaged one sets up. */
          if (key > *last)
            return;
          sonde_die_free (self->dwarf, next);
        }
      close_scope (self, level->own_scope, *last + 1);
      g_array_set_size (levels, levels->len - 1);
    }
}

static gboolean
is_c_language (guint64 language)
{
  return language == DW_LANG_C89 || language == DW_LANG_C || language == DW_LANG_C99
         || language == DW_LANG_C11 || language == DW_LANG_Mips_Assembler;
}

static void
walk_unit (SondeDwarfIndex *self, SondeDie *root)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  SondeDieKey last = sonde_die_get_key (root);
  const guint32 scope = open_scope (self, last, 0, SONDE_SCOPE_UNIT);
  guint64 language = 0;
  const Level first = { .die = root, .scope = scope, .own_scope = scope };

  sonde_die_get_number (self->dwarf, root, DW_AT_language, &language);
  g_array_index (self->scopes, SondeScope, scope).is_c = is_c_language (language);
  g_array_append_val (levels, first);
  while (levels->len > 0)
    {
      const Level *level = &g_array_index (levels, Level, levels->len - 1);
      const guint tag = sonde_die_get_tag (level->die);
      const SondeDieKey key = sonde_die_get_key (level->die);

      last = MAX (last, key);
      visit (self, level->die, tag, level);
      if (!push_children (self, levels, tag))
        step_over (self, levels, &last);
    }
}

static void
note_skipped (SondeDwarfIndex *self, const char *unit, const char *reason)
{
  g_ptr_array_add (self->skipped,
                   g_strdup_printf ("%s: %s", unit != NULL ? unit : "unnamed unit", reason));
}

static void
visit_unit (SondeDwarfIndex *self, SondeDie *root, const SondeDwarfUnit *unit)
{
  const char *name = sonde_die_get_name (self->dwarf, root);

  if (unit->kind == SONDE_UNIT_SKELETON)
    {
      const char *file = sonde_die_get_text (self->dwarf, root, DW_AT_dwo_name);

      if (file == NULL)
        file = sonde_die_get_text (self->dwarf, root, DW_AT_GNU_dwo_name);
      g_autofree char *reason
          = g_strdup_printf ("its debug information is in %s", file != NULL ? file : "a .dwo file");
      note_skipped (self, name != NULL ? name : file, reason);
      sonde_die_free (self->dwarf, root);
      return;
    }
  sonde_dwarf_take_failure (self->dwarf);
  walk_unit (self, root);
  if (sonde_dwarf_take_failure (self->dwarf))
    note_skipped (self, name, "damaged debug information, read in part");
}

/* Where an entry completes another, name and scope are the other's. */
static void
follow_origin (SondeDwarfIndex *self, SondeDwarfVariable *row)
{
  for (guint hops = 0; hops < MAX_HOPS && row->origin != 0; hops++)
    {
      const SondeDieKey key = row->origin;
      SondeDie *die = sonde_dwarf_dup_die (self->dwarf, key);

      if (die == NULL)
        return;
      if (row->place != SONDE_PLACE_NONE)
        g_hash_table_add (self->completed, g_memdup2 (&key, sizeof key));
      read_names (self->dwarf, die, row);
      if (row->origin == key)
        row->origin = 0;
      sonde_die_free (self->dwarf, die);
      row->scope = sonde_dwarf_index_find_scope (self, key);
    }
}

SondeDwarfIndex *
sonde_dwarf_index_new (SondeDwarf *dwarf, SondeDwarfProgress progress, gpointer user_data)
{
  SondeDwarfIndex *self = alloc_index (dwarf);
  g_autoptr (GError) error = NULL;
  SondeDwarfUnit unit;
  SondeDie *root;

  while ((root = sonde_dwarf_next_unit (dwarf, &unit, &error)) != NULL)
    {
      self->n_units++;
      visit_unit (self, root, &unit);
      progress (unit.progress, user_data);
    }
  if (error != NULL)
    note_skipped (self, "the units that follow", error->message);
  for (guint i = 0; i < self->variables->len; i++)
    follow_origin (self, &g_array_index (self->variables, SondeDwarfVariable, i));
  return self;
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

/* (nullable): a function's body may lack the name that its declaration has */
static const char *
find_scope_name (const SondeDwarfIndex *self, SondeDieKey *key)
{
  const char *name = NULL;

  for (guint hops = 0; hops < MAX_HOPS && name == NULL && *key != 0; hops++)
    {
      SondeDie *die = sonde_dwarf_dup_die (self->dwarf, *key);
      SondeDieKey origin;

      if (die == NULL)
        return NULL;
      name = sonde_die_get_name (self->dwarf, die);
      origin = sonde_die_get_reference (self->dwarf, die, DW_AT_specification);
      if (origin == 0)
        origin = sonde_die_get_reference (self->dwarf, die, DW_AT_abstract_origin);
      sonde_die_free (self->dwarf, die);
      if (name == NULL || origin != 0)
        *key = origin != 0 ? origin : *key;
      if (origin == 0)
        break;
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
      name = find_scope_name (self, &key);
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
