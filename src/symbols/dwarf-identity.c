/* dwarf-identity.c: tells that a type was met before, in another unit that includes the same header
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-identity.h"

#include <string.h>

#include "symbols/dwarf-shape.h"
#include "symbols/number-map.h"

#define N_KNOWN 65536 /* a power of two */
#define MAX_HOPS 2
#define MAX_DEPTH 48
/* A damaged file's types may be made of each other in millions of ways. */
#define MAX_STEPS 20000
#define MAX_FAILURES 200

/* What is told of a type: all, and over how many pointers it was reached; or its name only. */
#define AS_NAME (MAX_HOPS + 1)

typedef struct
{
  guint64 key, hash;
} Known;

struct _SondeDwarfIdentity
{
  const SondeDwarfIndex *index; /* borrowed */
  const SondeDwarfUnit *unit;   /* asked about last */
  gboolean is_c;                /* it */
  guint depth, n_steps, n_failures;
  gboolean has_failed;
  Known known[N_KNOWN]; /* what was asked last */
};

static guint64 hash_type (SondeDwarfIdentity *self, SondeDieKey key, guint what);

SondeDwarfIdentity *
sonde_dwarf_identity_new (const SondeDwarfIndex *index)
{
  SondeDwarfIdentity *self = g_new0 (SondeDwarfIdentity, 1);

  self->index = index;
  return self;
}

void
sonde_dwarf_identity_free (SondeDwarfIdentity *self)
{
  g_free (self);
}

/* Linked texts are there once: their place tells them. Those too short for a link stand in the
 * entry itself. */
static guint64
hash_text (const SondeDie *die, const SondeAttribute *value)
{
  const char *text = sonde_attribute_get_text (die, value);

  if (text == NULL || value->kind != SONDE_FORM_TEXT)
    return (guint64) (gsize) text;
  return sonde_number_hash (text, strlen (text));
}

static gboolean
is_pointer (guint tag)
{
  return tag == DW_TAG_pointer_type || tag == DW_TAG_reference_type
         || tag == DW_TAG_rvalue_reference_type || tag == DW_TAG_ptr_to_member_type;
}

static guint64
hash_target (SondeDwarfIdentity *self, const SondeDie *die, SondeDieKey target, guint what)
{
  guint64 hash;

  if (what == AS_NAME || !is_pointer (sonde_die_get_tag (die)))
    return hash_type (self, target, what);
  /* Name and thing may have one hash: without a first step the two would cancel each other. */
  hash = sonde_number_mix (AS_NAME, hash_type (self, target, AS_NAME));
  return what < MAX_HOPS ? sonde_number_mix (hash, hash_type (self, target, what + 1)) : hash;
}

static guint64
hash_value (SondeDwarfIdentity *self, const SondeDie *die, const SondeAttribute *value, guint what)
{
  SondeDieKey target;

  switch (value->kind)
    {
    case SONDE_FORM_NUMBER:
    case SONDE_FORM_FLAG:
      return value->number;
    case SONDE_FORM_TEXT:
    case SONDE_FORM_TEXT_AT:
    case SONDE_FORM_LINE_TEXT_AT:
    case SONDE_FORM_TEXT_INDEX:
      return hash_text (die, value);
    case SONDE_FORM_BLOCK:
    case SONDE_FORM_EXPRESSION:
      return sonde_number_hash (value->data, value->size);
    default:
      target = value->name == DW_AT_type ? sonde_attribute_get_reference (die, value) : 0;
      self->has_failed |= target == 0;
      return target != 0 ? hash_target (self, die, target, what) : 0;
    }
}

static gboolean
is_worth_it (const SondeAttribute *value, guint what)
{
  switch (value->name)
    {
    case DW_AT_sibling:
    case DW_AT_decl_file:
    case DW_AT_decl_column:
      return FALSE;
    case DW_AT_decl_line:
      return what != AS_NAME;
    default:
      return TRUE;
    }
}

/* What the entry itself says. The number of a file is the unit's own. */
static guint64
hash_entry (SondeDwarfIdentity *self, const SondeDie *die, guint what)
{
  SondeAttribute value = { 0 };
  SondeAttributes all;
  guint64 hash = sonde_number_mix (what, sonde_die_get_tag (die));

  self->n_steps++;
  sonde_attributes_init (&all, die);
  while (sonde_attributes_next (&all, &value))
    if (is_worth_it (&value, what))
      hash = sonde_number_mix (sonde_number_mix (hash, value.name << 8 | value.kind),
                               hash_value (self, die, &value, what));
  return hash;
}

/* As a name "struct x" is all there is to say. */
static gboolean
is_leaf (const SondeDie *die, guint what)
{
  const guint tag = sonde_die_get_tag (die);

  return what == AS_NAME && !is_pointer (tag) && !sonde_dwarf_shape_is_qualifier (tag)
         && tag != DW_TAG_array_type && tag != DW_TAG_subroutine_type;
}

static guint64
hash_leaf (const SondeDie *die)
{
  SondeAttribute value;

  return sonde_die_find (die, DW_AT_name, &value)
             ? sonde_number_mix (sonde_die_get_tag (die), hash_text (die, &value))
             : sonde_die_get_tag (die);
}

static guint64
hash_whole (SondeDwarfIdentity *self, const SondeDie *die, guint what)
{
  SondeDie child;
  guint64 hash;

  if (is_leaf (die, what))
    return hash_leaf (die);
  hash = hash_entry (self, die, what);
  for (gboolean more = sonde_die_first_child (die, &child); more;
       more = sonde_die_next (&child, &child))
    hash = sonde_number_mix (hash, hash_entry (self, &child, what));
  return hash;
}

static guint64
hash_type (SondeDwarfIdentity *self, SondeDieKey key, guint what)
{
  const guint64 wanted = key << 2 | what;
  Known *known = &self->known[sonde_number_mix (0, wanted) & (N_KNOWN - 1)];
  SondeDie die;
  guint64 hash;

  if (known->key == wanted)
    return known->hash;
  if (self->depth == MAX_DEPTH || self->n_steps > MAX_STEPS
      || !sonde_dwarf_find (self->index->dwarf, key, &die))
    self->has_failed = TRUE;
  if (self->has_failed)
    return 0;
  self->depth++;
  hash = hash_whole (self, &die, what);
  self->depth--;
  if (!self->has_failed)
    *known = (Known){ wanted, hash };
  return hash;
}

static gboolean
is_c (SondeDwarfIdentity *self, SondeDieKey key)
{
  const SondeDwarfUnit *unit = sonde_dwarf_find_unit (self->index->dwarf, key);
  const SondeScope *scope;

  if (unit == NULL || unit->kind != SONDE_UNIT_COMPILE)
    return FALSE;
  if (unit == self->unit)
    return self->is_c;
  scope = sonde_dwarf_index_get_unit (self->index, sonde_dwarf_index_find_scope (self->index, key));
  self->unit = unit;
  self->is_c = scope != NULL && scope->is_c;
  return self->is_c;
}

guint64
sonde_dwarf_identity_get (SondeDwarfIdentity *self, SondeDieKey key)
{
  guint64 hash;

  /* In a file of one unit nothing comes twice. */
  if (self->index->n_units < 2 || key == 0 || (key & SONDE_IN_TYPES) != 0
      || self->n_failures >= MAX_FAILURES || !is_c (self, key))
    return 0;
  self->has_failed = FALSE;
  self->n_steps = 0;
  hash = hash_type (self, key, 0);
  self->n_failures += self->n_steps > MAX_STEPS;
  return self->has_failed ? 0 : hash;
}
