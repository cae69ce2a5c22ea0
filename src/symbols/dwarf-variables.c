/* dwarf-variables.c: one walk over all entries, and what the entry of a variable tells */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-variables.h"

/* Blocks in blocks in blocks: real code stays below 40. */
#define MAX_DEPTH 500
/* A declaration may be completed by an instance that is inlined in a copy of it. */
#define MAX_HOPS 4

/* The walk over one unit. */
typedef struct
{
  SondeDwarfIndex *index;
  SondeDie die;
  guint depth;
  gboolean is_c;
  /* What stands around the entries of each depth; own is what the entry above them opened. */
  struct
  {
    guint32 scope, own;
    guint n_before; /* rows of all kinds before its children */
    gboolean in_function, is_used;
  } levels[MAX_DEPTH + 2];
} Walk;

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

static guint
count_rows (const SondeDwarfIndex *self)
{
  return self->variables->len + self->functions->len + self->structs->len;
}

/* Ends what opened above @depth; entries before @end stand inside. A function in which nothing
 * stands is forgotten: most of them are. */
static void
close_levels (Walk *self, guint depth, guint newest, SondeDieKey end)
{
  GArray *scopes = self->index->scopes;

  for (; newest > depth; newest--)
    {
      const guint32 own = self->levels[newest].own;

      self->levels[newest - 1].is_used |= self->levels[newest].is_used;
      if (own == G_MAXUINT32)
        continue;
      g_array_index (scopes, SondeScope, own).end = end;
      if (own + 1 == scopes->len
          && g_array_index (scopes, SondeScope, own).kind == SONDE_SCOPE_FUNCTION
          && !self->levels[newest].is_used
          && self->levels[newest].n_before == count_rows (self->index))
        g_array_set_size (scopes, own);
    }
}

/* Variables of functions count only where they have a fixed place: the others come and go. */
static void
visit_variable (Walk *self)
{
  const gboolean in_function = self->levels[self->depth].in_function;
  SondeDwarfFound row = { .key = self->die.key, .scope = self->levels[self->depth].scope };
  SondePlace place = SONDE_PLACE_NONE;
  SondeAttribute value;
  guint64 address;

  self->levels[self->depth].is_used = TRUE;
  if (sonde_die_find (&self->die, DW_AT_location, &value))
    place = sonde_location_of (&self->die, &value, &address, NULL);
  if (in_function && place != SONDE_PLACE_FIXED && place != SONDE_PLACE_THREAD)
    return;
  row.flags = (in_function ? SONDE_FOUND_IN_FUNCTION : 0)
              | (place != SONDE_PLACE_NONE ? SONDE_FOUND_HAS_PLACE : 0);
  if (sonde_die_has (&self->die, DW_AT_specification)
      || sonde_die_has (&self->die, DW_AT_abstract_origin))
    row.flags |= SONDE_FOUND_HAS_ORIGIN;
  g_array_append_val (self->index->variables, row);
}

static void
visit_function (Walk *self)
{
  SondeDwarfFunction row = { .key = self->die.key, .scope = self->levels[self->depth].scope };

  if (sonde_die_get_address (&self->die, DW_AT_low_pc, &row.address))
    g_array_append_val (self->index->functions, row);
}

static void
visit (Walk *self, guint tag)
{
  switch (tag)
    {
    case DW_TAG_variable:
      visit_variable (self);
      break;
    case DW_TAG_subprogram:
      visit_function (self);
      break;
    case DW_TAG_structure_type:
    case DW_TAG_class_type:
    case DW_TAG_union_type:
    case DW_TAG_enumeration_type:
      g_array_append_val (self->index->structs, self->die.key);
      break;
    default:
      break;
    }
}

/* Formal parameters, members and the like have no children that matter. */
static gboolean
may_hold_variables (const Walk *self, guint tag)
{
  switch (tag)
    {
    case DW_TAG_structure_type:
    case DW_TAG_union_type:
      return !self->is_c;
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

/* Prepares the level of the entry's children. */
static void
enter (Walk *self, guint tag)
{
  const guint depth = self->depth;
  SondeScopeKind kind;

  self->levels[depth + 1].scope = self->levels[depth].scope;
  self->levels[depth + 1].in_function = self->levels[depth].in_function || tag == DW_TAG_subprogram;
  self->levels[depth + 1].n_before = count_rows (self->index);
  if (depth > 0 && is_scope (tag, &kind))
    self->levels[depth + 1].scope = self->levels[depth + 1].own
        = open_scope (self->index, self->die.key, self->levels[depth].scope, kind);
}

static gboolean
advance (Walk *self, guint tag)
{
  self->levels[self->depth + 1].own = G_MAXUINT32;
  self->levels[self->depth + 1].is_used = FALSE;
  if (!self->die.abbreviation->has_children)
    return sonde_die_step (&self->die, &self->depth);
  if (self->depth >= MAX_DEPTH || !may_hold_variables (self, tag))
    return sonde_die_skip (&self->die, &self->depth);
  enter (self, tag);
  return sonde_die_step (&self->die, &self->depth);
}

static gboolean
is_c_language (guint64 language)
{
  return language == DW_LANG_C89 || language == DW_LANG_C || language == DW_LANG_C99
         || language == DW_LANG_C11 || language == DW_LANG_Mips_Assembler;
}

static void
walk_unit (Walk *self)
{
  const guint32 scope = open_scope (self->index, self->die.key, 0, SONDE_SCOPE_UNIT);
  const SondeDieKey end = self->die.unit->end;
  guint64 language = 0;
  guint above;
  gboolean more;

  sonde_die_get_number (&self->die, DW_AT_language, &language);
  self->is_c = is_c_language (language);
  g_array_index (self->index->scopes, SondeScope, scope).is_c = self->is_c;
  self->levels[0].scope = scope;
  self->levels[0].own = G_MAXUINT32;
  self->levels[0].in_function = FALSE;
  do
    {
      const guint tag = sonde_die_get_tag (&self->die);

      above = self->depth;
      visit (self, tag);
      more = advance (self, tag);
      if (more && self->depth > above)
        continue;
      /* An entry that may have children but has none opened a level, too. */
      close_levels (self, self->depth, above + 1, more ? self->die.key : end);
    }
  while (more);
  g_array_index (self->index->scopes, SondeScope, scope).end = end;
}

static void
note_skipped (SondeDwarfIndex *self, const char *unit, const char *reason)
{
  g_ptr_array_add (self->skipped,
                   g_strdup_printf ("%s: %s", unit != NULL ? unit : "unnamed unit", reason));
}

static void
note_split (SondeDwarfIndex *self, const SondeDie *root)
{
  const char *name = sonde_die_get_name (root);
  const char *file = sonde_die_get_text (root, DW_AT_dwo_name);

  if (file == NULL)
    file = sonde_die_get_text (root, DW_AT_GNU_dwo_name);
  g_autofree char *reason
      = g_strdup_printf ("its debug information is in %s", file != NULL ? file : "a .dwo file");
  note_skipped (self, name != NULL ? name : file, reason);
}

static void
visit_unit (SondeDwarfIndex *self, Walk *walk, SondeDwarfUnit *unit)
{
  const char *name;

  self->n_units += unit->kind == SONDE_UNIT_COMPILE || unit->kind == SONDE_UNIT_SKELETON;
  walk->index = self;
  walk->depth = 0;
  sonde_dwarf_take_failure (self->dwarf);
  if (!sonde_dwarf_root (self->dwarf, unit, &walk->die))
    {
      /* Its name cannot be read: the tools that list entries know it by its place. */
      g_autofree char *place
          = g_strdup_printf ("unit at 0x%" G_GINT64_MODIFIER "x", unit->start & ~SONDE_IN_TYPES);

      note_skipped (self, place, unit->problem);
      return;
    }
  name = sonde_die_get_name (&walk->die);
  if (unit->kind == SONDE_UNIT_SKELETON)
    note_split (self, &walk->die);
  else
    walk_unit (walk);
  if (sonde_dwarf_take_failure (self->dwarf) || unit->is_remeasured)
    note_skipped (self, name,
                  unit->is_remeasured ? "damaged debug information: its length"
                                      : "damaged debug information, read in part");
}

static gboolean
read_attribute (const SondeDie *die, const SondeAttribute *value, SondeDwarfVariable *row)
{
  guint64 number = 0;

  switch (value->name)
    {
    case DW_AT_name:
      row->name = row->name != NULL ? row->name : sonde_attribute_get_text (die, value);
      break;
    case DW_AT_linkage_name:
    case DW_AT_MIPS_linkage_name:
      row->linkage = row->linkage != NULL ? row->linkage : sonde_attribute_get_text (die, value);
      break;
    case DW_AT_type:
      row->type = row->type != 0 ? row->type : sonde_attribute_get_reference (die, value);
      break;
    case DW_AT_decl_line:
      if (row->line == 0 && sonde_attribute_get_number (value, &number))
        row->line = (guint32) number;
      break;
    case DW_AT_external:
      row->is_external |= sonde_attribute_get_number (value, &number) && number != 0;
      break;
    case DW_AT_specification:
    case DW_AT_abstract_origin:
      row->origin = sonde_attribute_get_reference (die, value);
      break;
    default:
      return FALSE;
    }
  return TRUE;
}

static void
read_rare_attribute (const SondeDie *die, const SondeAttribute *value, SondeDwarfVariable *row)
{
  if (value->name == DW_AT_decl_file && !row->has_file)
    {
      row->has_file = sonde_attribute_get_number (value, &row->file);
      row->file_unit = die->unit;
    }
  else if (value->name == DW_AT_const_value && !row->has_constant)
    row->has_constant = sonde_attribute_get_number (value, (guint64 *) &row->constant);
}

/* What the entry itself says comes first: the one it completes only fills the gaps. */
static void
read_names (const SondeDie *die, SondeDwarfVariable *row)
{
  SondeAttributes all;
  SondeAttribute value = { 0 };

  row->origin = 0;
  sonde_attributes_init (&all, die);
  while (sonde_attributes_next (&all, &value))
    if (!read_attribute (die, &value, row))
      read_rare_attribute (die, &value, row);
}

/* Where an entry completes another, name and scope are the other's. */
static void
follow_origin (const SondeDwarfIndex *self, SondeDwarfVariable *row)
{
  for (guint hops = 0; hops < MAX_HOPS && row->origin != 0; hops++)
    {
      const SondeDieKey key = row->origin;
      SondeDie die;

      if (!sonde_dwarf_find (self->dwarf, key, &die))
        return;
      read_names (&die, row);
      row->scope = sonde_dwarf_index_find_scope (self, key);
      if (row->origin == key)
        return;
    }
}

gboolean
sonde_dwarf_index_read (const SondeDwarfIndex *self, guint index, SondeDwarfVariable *row)
{
  const SondeDwarfFound *found = &g_array_index (self->variables, SondeDwarfFound, index);
  SondeAttribute value;
  SondeDie die;

  *row = (SondeDwarfVariable){ .key = found->key, .scope = found->scope };
  if (!sonde_dwarf_find (self->dwarf, found->key, &die))
    return FALSE;
  if (sonde_die_find (&die, DW_AT_location, &value))
    row->place = sonde_location_of (&die, &value, &row->address, &row->address_at);
  row->is_in_function = (found->flags & SONDE_FOUND_IN_FUNCTION) != 0;
  row->is_declaration = sonde_die_has_flag (&die, DW_AT_declaration);
  read_names (&die, row);
  follow_origin (self, row);
  return TRUE;
}

static void
note_completed (SondeDwarfIndex *self, const SondeDwarfFound *found)
{
  SondeDieKey key = found->key;
  SondeDie die;

  for (guint hops = 0; hops < MAX_HOPS && sonde_dwarf_find (self->dwarf, key, &die); hops++)
    {
      key = sonde_die_get_reference (&die, DW_AT_specification);
      if (key == 0)
        key = sonde_die_get_reference (&die, DW_AT_abstract_origin);
      if (key == 0)
        return;
      g_hash_table_add (self->completed, g_memdup2 (&key, sizeof key));
    }
}

SondeDwarfIndex *
sonde_dwarf_index_new (SondeDwarf *dwarf, SondeDwarfProgress progress, gpointer user_data)
{
  const guint wanted = SONDE_FOUND_HAS_ORIGIN | SONDE_FOUND_HAS_PLACE;
  SondeDwarfIndex *self = sonde_dwarf_index_alloc (dwarf);
  const guint n = sonde_dwarf_get_n_units (dwarf);
  g_autofree Walk *walk = g_new (Walk, 1);

  for (guint i = 0; i < n; i++)
    {
      SondeDwarfUnit *unit = sonde_dwarf_get_unit (dwarf, i);

      visit_unit (self, walk, unit);
      sonde_dwarf_forget (dwarf, unit->start, unit->end);
      progress ((double) (i + 1) / n, user_data);
    }
  for (guint i = 0; i < self->variables->len; i++)
    {
      const SondeDwarfFound *found = &g_array_index (self->variables, SondeDwarfFound, i);

      if ((found->flags & wanted) == wanted)
        note_completed (self, found);
    }
  return self;
}
