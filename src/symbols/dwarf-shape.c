/* dwarf-shape.c: a type's entry as a plain record */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-shape.h"

#include <string.h>

#include "symbols/dwarf-location.h"
#include "symbols/number-map.h"

/* typedef of const of typedef ..: a longer chain is a circle. */
#define MAX_CHAIN 64
#define N_REMEMBERED 4096 /* a power of two */
#define N_IDENTITIES 8192 /* likewise */
#define MAX_LEVELS 4

gboolean
sonde_dwarf_shape_is_qualifier (guint tag)
{
  return tag == DW_TAG_const_type || tag == DW_TAG_volatile_type || tag == DW_TAG_restrict_type
         || tag == DW_TAG_atomic_type || tag == DW_TAG_packed_type || tag == DW_TAG_immutable_type
         || tag == DW_TAG_shared_type;
}

static void
read_bits (const SondeDie *die, SondeDwarfMember *row)
{
  guint64 number = 0;

  row->is_bitfield = sonde_die_get_number (die, DW_AT_bit_size, &row->bits.bit_size);
  if (!row->is_bitfield)
    return;
  row->bits.storage_at = row->offset;
  sonde_die_get_number (die, DW_AT_byte_size, &row->bits.storage_size);
  if (sonde_die_get_number (die, DW_AT_data_bit_offset, &number))
    {
      row->bits.has_data_bit_offset = TRUE;
      /* Some write both: then the member's place counts too. */
      row->bits.data_bit_offset = (gint64) (number + row->offset * 8);
    }
  else if (sonde_die_get_number (die, DW_AT_bit_offset, &number))
    /* Fields of packed structs may begin before their unit. */
    row->bits.bit_offset = number <= G_MAXUINT32 ? (gint32) number : (gint64) number;
  else
    {
      row->bits.has_data_bit_offset = TRUE;
      row->bits.data_bit_offset = (gint64) (row->offset * 8);
    }
}

/* Static members are declared inside their class, but lie elsewhere: they have no place in it. */
static gboolean
is_static (const SondeDie *die)
{
  return sonde_die_has_flag (die, DW_AT_declaration) || sonde_die_has_flag (die, DW_AT_external);
}

static gboolean
read_place (const SondeDie *die, SondeDwarfMember *row)
{
  SondeAttribute value;

  if (!sonde_die_find (die, DW_AT_data_member_location, &value))
    return !is_static (die);
  /* A virtual base's place is known at run time only. */
  return sonde_location_of_member (die, &value, &row->offset);
}

static void
read_member (const SondeDie *die, guint tag, GArray *members)
{
  SondeDwarfMember row = { .is_base = tag == DW_TAG_inheritance };

  row.name = row.is_base ? NULL : sonde_die_get_name (die);
  if (row.name != NULL && g_str_has_prefix (row.name, "_vptr"))
    return;
  row.type = sonde_die_get_reference (die, DW_AT_type);
  if (tag != DW_TAG_formal_parameter && !read_place (die, &row))
    return;
  if (tag == DW_TAG_member)
    read_bits (die, &row);
  g_array_append_val (members, row);
}

/* Compilers write n, or n - 1, or for an open end nothing, or -1 in some width. */
static void
read_dimension (const SondeDie *die, SondeDwarfShape *shape)
{
  guint64 count = 0, upper = 0, lower = 0;

  if (!sonde_die_get_number (die, DW_AT_count, &count))
    {
      sonde_die_get_number (die, DW_AT_lower_bound, &lower);
      if (sonde_die_get_number (die, DW_AT_upper_bound, &upper))
        count = upper == G_MAXUINT32 || (gint64) upper < (gint64) lower ? 0 : upper - lower + 1;
      else
        shape->is_varying |= sonde_die_has (die, DW_AT_upper_bound);
    }
  g_array_append_val (shape->counts, count);
}

static void
read_child (const SondeDie *die, SondeDwarfShape *shape)
{
  const guint tag = sonde_die_get_tag (die);

  switch (tag)
    {
    case DW_TAG_member:
    case DW_TAG_inheritance:
    case DW_TAG_formal_parameter:
      read_member (die, tag, shape->members);
      break;
    case DW_TAG_enumerator:
      {
        SondeDwarfEnumerator row = { sonde_die_get_name (die), 0 };

        if (row.name != NULL && sonde_die_get_number (die, DW_AT_const_value, &row.value))
          g_array_append_val (shape->enumerators, row);
        break;
      }
    case DW_TAG_subrange_type:
      read_dimension (die, shape);
      break;
    case DW_TAG_unspecified_parameters:
      shape->is_variadic = TRUE;
      break;
    default:
      break;
    }
}

static void
read_children (const SondeDie *die, SondeDwarfShape *shape)
{
  SondeDie child;

  for (gboolean more = sonde_die_first_child (die, &child); more;
       more = sonde_die_next (&child, &child))
    read_child (&child, shape);
}

static gboolean
is_tagged (guint tag)
{
  return tag == DW_TAG_structure_type || tag == DW_TAG_class_type || tag == DW_TAG_union_type
         || tag == DW_TAG_interface_type || tag == DW_TAG_enumeration_type;
}

static gboolean
has_children (guint tag)
{
  return is_tagged (tag) || tag == DW_TAG_array_type || tag == DW_TAG_subroutine_type;
}

typedef struct
{
  guint64 key, hash;
} Identity;

/* What was read last, by key; and the empty lists of all that have none. */
typedef struct
{
  SondeDwarfShape *shapes[N_REMEMBERED];
  Identity identities[N_IDENTITIES];
  GArray *no_members, *no_enumerators, *no_counts;
} Memory;

static void
free_memory (Memory *memory)
{
  for (guint i = 0; i < N_REMEMBERED; i++)
    sonde_dwarf_shape_free (memory->shapes[i]);
  g_array_unref (memory->no_members);
  g_array_unref (memory->no_enumerators);
  g_array_unref (memory->no_counts);
  g_free (memory);
}

static Memory *
get_memory (SondeDwarf *dwarf)
{
  Memory *memory = dwarf->memory;

  if (memory != NULL)
    return memory;
  memory = g_new0 (Memory, 1);
  memory->no_members = g_array_new (FALSE, FALSE, sizeof (SondeDwarfMember));
  memory->no_enumerators = g_array_new (FALSE, FALSE, sizeof (SondeDwarfEnumerator));
  memory->no_counts = g_array_new (FALSE, FALSE, sizeof (guint64));
  dwarf->memory = memory;
  dwarf->free_memory = (GDestroyNotify) free_memory;
  return memory;
}

static void
read_attribute (const SondeDie *die, const SondeAttribute *value, SondeDwarfShape *self)
{
  guint64 number = 0;

  switch (value->name)
    {
    case DW_AT_name:
      self->name = sonde_attribute_get_text (die, value);
      break;
    case DW_AT_byte_size:
      sonde_attribute_get_number (value, &self->size);
      break;
    case DW_AT_encoding:
      if (self->tag == DW_TAG_base_type || self->tag == DW_TAG_enumeration_type)
        sonde_attribute_get_number (value, &self->encoding);
      break;
    case DW_AT_decl_line:
      sonde_attribute_get_number (value, &self->line);
      break;
    case DW_AT_type:
      self->target = sonde_attribute_get_reference (die, value);
      break;
    case DW_AT_containing_type:
      self->container = sonde_attribute_get_reference (die, value);
      break;
    case DW_AT_declaration:
      self->is_declaration = sonde_attribute_get_number (value, &number) && number != 0;
      break;
    case DW_AT_prototyped:
      self->is_prototyped = sonde_attribute_get_number (value, &number) && number != 0;
      break;
    case DW_AT_GNU_vector:
      self->is_vector = self->tag == DW_TAG_array_type
                        && sonde_attribute_get_number (value, &number) && number != 0;
      break;
    default:
      break;
    }
}

static void
read_lists (const SondeDie *die, const Memory *memory, SondeDwarfShape *self)
{
  const gboolean is_enum = self->tag == DW_TAG_enumeration_type;
  const gboolean is_array = self->tag == DW_TAG_array_type;
  const gboolean has_members = has_children (self->tag) && !is_enum && !is_array;

  self->members = has_members ? g_array_new (FALSE, FALSE, sizeof (SondeDwarfMember))
                              : g_array_ref (memory->no_members);
  self->enumerators = is_enum ? g_array_new (FALSE, FALSE, sizeof (SondeDwarfEnumerator))
                              : g_array_ref (memory->no_enumerators);
  self->counts
      = is_array ? g_array_new (FALSE, FALSE, sizeof (guint64)) : g_array_ref (memory->no_counts);
  if (has_children (self->tag))
    read_children (die, self);
}

static SondeDwarfShape *
read_shape (SondeDwarf *dwarf, SondeDieKey key, const Memory *memory)
{
  SondeDwarfShape *self;
  SondeAttribute value = { 0 };
  SondeAttributes all;
  SondeDie die, definition;

  if (!sonde_dwarf_find (dwarf, key, &die))
    return NULL;
  /* A stub that stands for a type in a unit of its own. */
  if (is_tagged (sonde_die_get_tag (&die))
      && sonde_dwarf_find (dwarf, sonde_die_get_reference (&die, DW_AT_signature), &definition))
    die = definition;
  self = g_rc_box_new0 (SondeDwarfShape);
  self->asked_key = key;
  self->key = sonde_die_get_key (&die);
  self->tag = sonde_die_get_tag (&die);
  sonde_attributes_init (&all, &die);
  while (sonde_attributes_next (&all, &value))
    read_attribute (&die, &value, self);
  read_lists (&die, memory, self);
  return self;
}

static void
clear_shape (SondeDwarfShape *self)
{
  g_array_unref (self->members);
  g_array_unref (self->enumerators);
  g_array_unref (self->counts);
}

void
sonde_dwarf_shape_free (SondeDwarfShape *self)
{
  if (self != NULL)
    g_rc_box_release_full (self, (GDestroyNotify) clear_shape);
}

/* Each is asked for several times in a row: for its name, its layout and what points to it. */
SondeDwarfShape *
sonde_dwarf_shape_new (SondeDwarf *dwarf, SondeDieKey key)
{
  Memory *memory = get_memory (dwarf);
  SondeDwarfShape **known = &memory->shapes[(key * 2654435761u >> 8) & (N_REMEMBERED - 1)];
  SondeDwarfShape *shape;

  if (*known != NULL && (*known)->asked_key == key)
    return g_rc_box_acquire (*known);
  shape = key != 0 ? read_shape (dwarf, key, memory) : NULL;
  if (shape == NULL)
    return NULL;
  sonde_dwarf_shape_free (*known);
  *known = g_rc_box_acquire (shape);
  return shape;
}

SondeDieKey
sonde_dwarf_shape_strip (SondeDwarf *dwarf, SondeDieKey key, gboolean *is_const)
{
  for (guint i = 0; i < MAX_CHAIN && key != 0; i++)
    {
      g_autoptr (SondeDwarfShape) shape = sonde_dwarf_shape_new (dwarf, key);

      if (shape == NULL)
        return 0;
      *is_const |= shape->tag == DW_TAG_const_type;
      if (shape->tag != DW_TAG_typedef && !sonde_dwarf_shape_is_qualifier (shape->tag))
        return key;
      key = shape->target;
    }
  return 0;
}

static guint
get_qualifier (guint tag)
{
  switch (tag)
    {
    case DW_TAG_const_type:
      return SONDE_DWARF_CONST;
    case DW_TAG_volatile_type:
      return SONDE_DWARF_VOLATILE;
    case DW_TAG_restrict_type:
      return SONDE_DWARF_RESTRICT;
    case DW_TAG_atomic_type:
      return SONDE_DWARF_ATOMIC;
    default:
      return 0;
    }
}

guint
sonde_dwarf_shape_qualify (SondeDwarf *dwarf, SondeDieKey key, guint qualifiers, SondeDieKey *end)
{
  for (guint i = 0; i < MAX_CHAIN && key != 0; i++)
    {
      g_autoptr (SondeDwarfShape) shape = sonde_dwarf_shape_new (dwarf, key);

      if (shape == NULL || !sonde_dwarf_shape_is_qualifier (shape->tag))
        break;
      qualifiers |= get_qualifier (shape->tag);
      key = shape->target;
    }
  *end = key;
  return qualifiers;
}

static guint64
mix_text (guint64 hash, const char *text)
{
  return sonde_number_mix (hash, text != NULL ? sonde_number_hash (text, strlen (text)) : 0);
}

/* What the entry itself says. */
static guint64
hash_shape (const SondeDwarfShape *shape)
{
  guint64 hash = sonde_number_mix (shape->tag, shape->size);

  hash = sonde_number_mix (sonde_number_mix (hash, shape->line), shape->encoding);
  hash = mix_text (hash, shape->name);
  hash = sonde_number_mix (hash, shape->is_prototyped + 2u * shape->is_variadic);
  for (guint i = 0; i < shape->counts->len; i++)
    hash = sonde_number_mix (hash, g_array_index (shape->counts, guint64, i));
  for (guint i = 0; i < shape->enumerators->len; i++)
    {
      const SondeDwarfEnumerator *row
          = &g_array_index (shape->enumerators, SondeDwarfEnumerator, i);

      hash = sonde_number_mix (mix_text (hash, row->name), row->value);
    }
  return hash;
}

static guint64
identify (SondeDwarf *dwarf, SondeDieKey key, guint depth)
{
  const SondeDieKey wanted = key * MAX_LEVELS + depth;
  Identity *known
      = &get_memory (dwarf)->identities[(wanted * 2654435761u >> 9) & (N_IDENTITIES - 1)];
  g_autoptr (SondeDwarfShape) shape = NULL;
  gboolean is_const = FALSE;
  guint64 hash;

  if (key == 0)
    return 0;
  if (known->key == wanted)
    return known->hash;
  shape = sonde_dwarf_shape_new (dwarf, sonde_dwarf_shape_strip (dwarf, key, &is_const));
  if (shape == NULL)
    return 0;
  hash = hash_shape (shape);
  if (depth + 1 < MAX_LEVELS)
    hash = sonde_number_mix (hash, identify (dwarf, shape->target, depth + 1));
  for (guint i = 0; i < shape->members->len; i++)
    {
      const SondeDwarfMember *row = &g_array_index (shape->members, SondeDwarfMember, i);

      hash = mix_text (sonde_number_mix (hash, row->offset), row->name);
      hash = sonde_number_mix (hash, row->bits.bit_size);
      if (depth + 1 < MAX_LEVELS)
        hash = sonde_number_mix (hash, identify (dwarf, row->type, depth + 1));
    }
  *known = (Identity){ wanted, hash };
  return hash;
}

/* Pointers to equal things are one type before it is known what they point to: a thing is told by
 * all that its entry says, and by what it is made of and points to, some levels deep. */
guint64
sonde_dwarf_shape_identify (SondeDwarf *dwarf, SondeDieKey key)
{
  return identify (dwarf, key, 0);
}
