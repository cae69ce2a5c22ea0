/* dwarf-types.c: shapes of the file become types of the image, each once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-types.h"

#include <string.h>

#include "symbols/dwarf-bases.h"
#include "symbols/dwarf-identity.h"
#include "symbols/dwarf-names.h"
#include "symbols/dwarf-numbers.h"
#include "symbols/dwarf-shape.h"
#include "symbols/number-map.h"

/* Less than the image allows: structs and their arrays take a level each. */
#define MAX_DEPTH 90
#define MAX_REMEMBERED 50000
#define MAX_SIZE (G_GUINT64_CONSTANT (1) << 60)

struct _SondeDwarfTypes
{
  const SondeDwarfIndex *index; /* borrowed */
  SondeImageWriter *writer;     /* borrowed */
  guint pointer_size;
  int byte_order;
  guint depth;
  SondeNumberMap rows; /* SondeDieKey -> row, of those asked for lately */
  SondeDwarfIdentity *identity;
  SondeNumberMap by_identity; /* of types that were read -> row */
  SondeNumberMap consts;      /* SondeDieKey -> whether it is, of those asked for lately */
  SondeNumberMap consts_by_identity;
  SondeNumberMap named; /* identities of structs that are on the list */
  GArray *structs;      /* SondeDieKey: structs that need a row of their own, each identity once */
  guint n_passed;       /* of the index's structs */
  SondeNumberMap open_ended;   /* rows of structs that end in an array of no size */
  SondeDieKey open[MAX_DEPTH]; /* whose members are being read */
  GArray *pending;             /* Pending */
  GHashTable *definitions;     /* name -> SondeDieKey, made when first asked for */
};

typedef struct
{
  guint32 pointer;
  SondeDieKey target;
} Pending;

SondeDwarfTypes *
sonde_dwarf_types_new (const SondeDwarfIndex *index, SondeImageWriter *writer, guint pointer_size)
{
  SondeDwarfTypes *self = g_new0 (SondeDwarfTypes, 1);

  self->index = index;
  self->writer = writer;
  self->pointer_size = pointer_size;
  self->byte_order = sonde_dwarf_get_byte_order (index->dwarf);
  self->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  self->structs = g_array_new (FALSE, FALSE, sizeof (SondeDieKey));
  self->identity = sonde_dwarf_identity_new (index);
  return self;
}

void
sonde_dwarf_types_free (SondeDwarfTypes *self)
{
  sonde_number_map_clear (&self->rows);
  sonde_number_map_clear (&self->open_ended);
  sonde_number_map_clear (&self->by_identity);
  sonde_number_map_clear (&self->consts);
  sonde_number_map_clear (&self->consts_by_identity);
  sonde_number_map_clear (&self->named);
  g_array_unref (self->structs);
  sonde_dwarf_identity_free (self->identity);
  g_array_unref (self->pending);
  g_clear_pointer (&self->definitions, g_hash_table_unref);
  g_free (self);
}

static SondeDieKey *
dup_key (SondeDieKey key)
{
  return g_memdup2 (&key, sizeof key);
}

static guint32
add_row (SondeDwarfTypes *self, SondeImageType *row, const char *name)
{
  row->name = sonde_image_writer_text (self->writer, name);
  return sonde_image_writer_type (self->writer, row, NULL, NULL, NULL);
}

static guint32
add_opaque (SondeDwarfTypes *self, const char *name, guint64 size)
{
  SondeImageType row = { .kind = SONDE_KIND_OPAQUE, .size = MIN (size, MAX_SIZE) };

  return add_row (self, &row, name);
}

static guint32
add_base (SondeDwarfTypes *self, const SondeDwarfShape *shape, const char *name)
{
  SondeImageType row = { .size = shape->size };

  if (shape->size == 0 || shape->size > 32 || !sonde_dwarf_number_judge (shape, &row))
    return add_opaque (self, name, MIN (shape->size, 64));
  return add_row (self, &row, name);
}

static guint32
add_enum (SondeDwarfTypes *self, const SondeDwarfShape *shape, const char *name)
{
  SondeImageType row = { .kind = SONDE_KIND_ENUM, .size = shape->size };
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (SondeImageEnumerator));

  if (shape->size == 0 || shape->size > 8)
    return add_opaque (self, name, MIN (shape->size, 64));
  row.is_signed = sonde_dwarf_number_is_signed_enum (self->index->dwarf, shape);
  row.encoding = row.is_signed ? SONDE_ENCODING_SIGNED : SONDE_ENCODING_UNSIGNED;
  for (guint i = 0; i < shape->enumerators->len; i++)
    {
      const SondeDwarfEnumerator *from
          = &g_array_index (shape->enumerators, SondeDwarfEnumerator, i);
      SondeImageEnumerator to = { 0 };

      to.name = sonde_image_writer_lasting_text (self->writer, from->name);
      to.value = (gint64) sonde_dwarf_number_extend (from->value, shape->size, row.is_signed);
      g_array_append_val (rows, to);
    }
  row.n = rows->len;
  row.name = sonde_image_writer_text (self->writer, name);
  return sonde_image_writer_type (self->writer, &row, NULL,
                                  (const SondeImageEnumerator *) rows->data, NULL);
}

static gboolean
is_code (SondeDwarfTypes *self, SondeDieKey key)
{
  gboolean is_const = FALSE;
  g_autoptr (SondeDwarfShape) target = sonde_dwarf_shape_new (
      self->index->dwarf, sonde_dwarf_shape_strip (self->index->dwarf, key, &is_const));

  return target != NULL && target->tag == DW_TAG_subroutine_type;
}

static guint32
add_pointer (SondeDwarfTypes *self, const SondeDwarfShape *shape, const char *name)
{
  SondeImageType row = { .kind = SONDE_KIND_POINTER, .encoding = SONDE_ENCODING_ADDRESS };
  gboolean is_new = FALSE;
  Pending pending = { .target = shape->target };

  row.size = shape->size > 0 && shape->size <= 8 ? shape->size : self->pointer_size;
  row.flags = is_code (self, shape->target) ? SONDE_IMAGE_TYPE_CODE : 0;
  row.name = sonde_image_writer_text (self->writer, name);
  row.count = sonde_dwarf_shape_identify (self->index->dwarf, shape->target);
  pending.pointer = sonde_image_writer_type (self->writer, &row, NULL, NULL, &is_new);
  if (is_new && shape->target != 0)
    g_array_append_val (self->pending, pending);
  return pending.pointer;
}

static guint32 add_unknown (SondeDwarfTypes *self, SondeDieKey key, guint qualifiers);

/* Of an array that is const all elements are. */
static guint32
add_element (SondeDwarfTypes *self, SondeDieKey key, guint qualifiers)
{
  SondeDieKey end;

  if ((qualifiers & ~sonde_dwarf_shape_qualify (self->index->dwarf, key, 0, &end)) == 0)
    return sonde_dwarf_types_add (self, key);
  return add_unknown (self, key, qualifiers);
}

/* Rows of a table are arrays of their own: built from the last dimension inwards out. */
static guint32
add_array (SondeDwarfTypes *self, const SondeDwarfShape *shape, guint qualifiers, const char *name)
{
  guint32 type = add_element (self, shape->target, qualifiers);

  for (guint i = shape->counts->len; i-- > 0;)
    {
      const SondeImageType *element = sonde_image_writer_get_type (self->writer, type);
      SondeImageType row = { .kind = SONDE_KIND_ARRAY, .base = type };
      g_autofree char *inner
          = i > 0 ? sonde_dwarf_type_name_qualified (self->index, shape->key, i, qualifiers)
                  : g_strdup (name);

      row.count = g_array_index (shape->counts, guint64, i);
      if (row.count > 0 && element->size > MAX_SIZE / row.count)
        return add_opaque (self, name, shape->size);
      row.size = element->size * row.count;
      type = add_row (self, &row, inner);
    }
  return type;
}

static guint32
add_bitfield (SondeDwarfTypes *self, const SondeDwarfMember *member, guint64 parent_size,
              guint32 base, guint64 *offset)
{
  const SondeImageType *type = sonde_image_writer_get_type (self->writer, base);
  const gint64 position = sonde_dwarf_bits_position (&member->bits, type->size, self->byte_order);
  SondeImageType row = { .kind = SONDE_KIND_BITFIELD, .encoding = type->encoding };
  SondeBitUnit unit = { 0 };

  if (type->kind > SONDE_KIND_ENUM || type->encoding == SONDE_ENCODING_FLOAT
      || !sonde_dwarf_bits_choose_unit (position, member->bits.bit_size, type->size, parent_size,
                                        self->byte_order, &unit))
    {
      *offset = MIN (position < 0 ? 0 : (guint64) position / 8, parent_size);
      return add_opaque (self, "bit-field", 0);
    }
  *offset = unit.offset;
  row.is_signed = type->is_signed;
  row.name = type->name;
  row.size = unit.size;
  row.bit_offset = (guint8) unit.shift;
  row.bit_size = (guint8) member->bits.bit_size;
  row.base = sonde_image_writer_resize (self->writer, base, unit.size);
  return sonde_image_writer_type (self->writer, &row, NULL, NULL, NULL);
}

/* What does not fit into its parent is left out: the file contradicts itself there. */
static void
add_member (SondeDwarfTypes *self, const SondeDwarfMember *member, guint64 parent_size,
            GArray *rows)
{
  SondeImageMember row = { .offset = member->offset };

  row.type = sonde_dwarf_types_add (self, member->type);
  if (member->is_bitfield && member->name == NULL)
    return;
  if (member->is_bitfield)
    row.type = add_bitfield (self, member, parent_size, row.type, &row.offset);
  row.name = sonde_image_writer_lasting_text (self->writer, member->name);
  if (row.offset > parent_size
      || sonde_image_writer_get_type (self->writer, row.type)->size > parent_size - row.offset)
    return;
  g_array_append_val (rows, row);
}

static gboolean
has_open_end (SondeDwarfTypes *self, GArray *rows)
{
  const SondeImageMember *last = &g_array_index (rows, SondeImageMember, rows->len - 1);
  const SondeImageType *type = sonde_image_writer_get_type (self->writer, last->type);

  return type->kind == SONDE_KIND_ARRAY && type->count == 0;
}

/* How far the members reach. */
static guint64
find_end (SondeDwarfTypes *self, GArray *rows)
{
  guint64 end = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const SondeImageMember *row = &g_array_index (rows, SondeImageMember, i);

      end = MAX (end, row->offset + sonde_image_writer_get_type (self->writer, row->type)->size);
    }
  return end;
}

static guint32
add_struct (SondeDwarfTypes *self, const SondeDwarfShape *shape, const char *name)
{
  SondeImageType row = { .size = MIN (shape->size, MAX_SIZE) };
  g_autoptr (GArray) members = sonde_dwarf_bases_flatten (self->index->dwarf, shape->members);
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (SondeImageMember));

  if (shape->is_declaration)
    row.size = MAX_SIZE;
  for (guint i = 0; i < members->len; i++)
    add_member (self, &g_array_index (members, SondeDwarfMember, i), row.size, rows);
  if (shape->is_declaration)
    row.size = find_end (self, rows);
  row.kind = shape->tag == DW_TAG_union_type ? SONDE_KIND_UNION : SONDE_KIND_STRUCT;
  row.n = rows->len;
  row.name = sonde_image_writer_text (self->writer, name);
  const guint32 type = sonde_image_writer_type (self->writer, &row,
                                                (const SondeImageMember *) rows->data, NULL, NULL);
  if (rows->len > 0 && has_open_end (self, rows))
    sonde_number_map_set (&self->open_ended, type, 0);
  return type;
}

gboolean
sonde_dwarf_types_is_open_ended (SondeDwarfTypes *self, guint32 type)
{
  return sonde_number_map_get (&self->open_ended, type) != SONDE_NUMBER_NONE;
}

/* "int tail[]" becomes "int[n]". */
static guint32
close_array (SondeDwarfTypes *self, guint32 open, guint64 size)
{
  SondeImageType row = *sonde_image_writer_get_type (self->writer, open);
  const SondeImageType *element = sonde_image_writer_get_type (self->writer, row.base);
  g_autofree char *name = NULL;

  if (element->size == 0 || size < element->size)
    return open;
  row.count = size / element->size;
  row.size = row.count * element->size;
  name = g_strdup_printf ("%s[%" G_GUINT64_FORMAT "]",
                          sonde_image_writer_get_text (self->writer, element->name), row.count);
  return add_row (self, &row, name);
}

guint32
sonde_dwarf_types_close (SondeDwarfTypes *self, guint32 type, guint64 size)
{
  SondeImageType row = *sonde_image_writer_get_type (self->writer, type);
  g_autofree SondeImageMember *members = NULL;
  SondeImageMember *last;

  if (row.n == 0 || size <= row.size || size > MAX_SIZE)
    return type;
  members = g_memdup2 (sonde_image_writer_get_member (self->writer, row.first),
                       row.n * sizeof *members);
  last = &members[row.n - 1];
  last->type = close_array (self, last->type, size - last->offset);
  row.first = 0;
  row.size = size;
  return sonde_image_writer_type (self->writer, &row, members, NULL, NULL);
}

/* Two of one name and different sizes: neither may stand in for the declared one. */
static void
add_definition (SondeDwarfTypes *self, SondeDieKey key)
{
  g_autoptr (SondeDwarfShape) shape = sonde_dwarf_shape_new (self->index->dwarf, key);
  SondeDieKey *known;

  if (shape == NULL || shape->name == NULL || shape->is_declaration || shape->size == 0)
    return;
  g_autofree char *name = sonde_dwarf_type_name (self->index, key, 0);
  known = g_hash_table_lookup (self->definitions, name);
  if (known == NULL)
    {
      g_hash_table_insert (self->definitions, g_steal_pointer (&name), dup_key (key));
      return;
    }
  g_autoptr (SondeDwarfShape) other = sonde_dwarf_shape_new (self->index->dwarf, *known);
  if (other != NULL && other->size != shape->size)
    *known = 0;
}

static guint32
add_declared (SondeDwarfTypes *self, const SondeDwarfShape *shape, const char *name)
{
  g_autofree char *tag = sonde_dwarf_type_name (self->index, shape->key, 0);
  const SondeDieKey *definition;

  if (self->definitions == NULL)
    {
      const GArray *structs = self->index->structs;

      self->definitions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      for (guint i = 0; i < structs->len; i++)
        add_definition (self, g_array_index (structs, SondeDieKey, i));
    }
  definition = g_hash_table_lookup (self->definitions, tag);
  if (definition != NULL && *definition != 0)
    return sonde_dwarf_types_add (self, *definition);
  /* A class defined elsewhere still tells the members that are used here. */
  return shape->members->len > 0 ? add_struct (self, shape, name) : add_opaque (self, name, 0);
}

/* To data: the member's place in its class, -1 for none. To a function: its address, or its place
 * in a table, and an adjustment: two words that are shown as they are. */
static guint32
add_member_pointer (SondeDwarfTypes *self, const SondeDwarfShape *shape, const char *name)
{
  gboolean is_const = FALSE;
  g_autoptr (SondeDwarfShape) target = sonde_dwarf_shape_new (
      self->index->dwarf, sonde_dwarf_shape_strip (self->index->dwarf, shape->target, &is_const));
  const gboolean is_function = target != NULL && target->tag == DW_TAG_subroutine_type;
  SondeImageType row = { .kind = SONDE_KIND_NUMBER,
                         .encoding = is_function ? SONDE_ENCODING_UNSIGNED : SONDE_ENCODING_SIGNED,
                         .is_signed = !is_function };

  row.size = (is_function ? 2 : 1) * self->pointer_size;
  return add_row (self, &row, name);
}

/* decltype(nullptr) is the one that has values: a pointer that points to nothing. */
static guint32
add_unspecified (SondeDwarfTypes *self, const SondeDwarfShape *shape, const char *name)
{
  SondeImageType row = { .kind = SONDE_KIND_POINTER,
                         .encoding = SONDE_ENCODING_ADDRESS,
                         .size = self->pointer_size };

  if (shape->name == NULL || strstr (shape->name, "nullptr") == NULL)
    return add_opaque (self, name, 0);
  return add_row (self, &row, name);
}

static guint32
add_shape (SondeDwarfTypes *self, const SondeDwarfShape *shape, const char *name)
{
  switch (shape->tag)
    {
    case DW_TAG_base_type:
      return add_base (self, shape, name);
    case DW_TAG_enumeration_type:
      return shape->is_declaration ? add_declared (self, shape, name)
                                   : add_enum (self, shape, name);
    case DW_TAG_pointer_type:
    case DW_TAG_reference_type:
    case DW_TAG_rvalue_reference_type:
      return add_pointer (self, shape, name);
    case DW_TAG_structure_type:
    case DW_TAG_class_type:
    case DW_TAG_union_type:
    case DW_TAG_interface_type:
      return shape->is_declaration ? add_declared (self, shape, name)
                                   : add_struct (self, shape, name);
    case DW_TAG_ptr_to_member_type:
      return add_member_pointer (self, shape, name);
    case DW_TAG_unspecified_type:
      return add_unspecified (self, shape, name);
    default:
      return add_opaque (self, name, shape->size);
    }
}

static gboolean
is_open (SondeDwarfTypes *self, SondeDieKey key)
{
  for (guint i = 0; i < self->depth; i++)
    if (self->open[i] == key)
      return TRUE;
  return FALSE;
}

/* A typedef's array keeps its elements as they are: "const line" is a line that is const. */
static guint32
add_whole_array (SondeDwarfTypes *self, const SondeDwarfShape *shape, SondeDieKey key,
                 guint qualifiers, const char *name)
{
  SondeDieKey end;

  qualifiers = sonde_dwarf_shape_qualify (self->index->dwarf, key, qualifiers, &end);
  if (shape->is_varying)
    return add_opaque (self, name, 0);
  return add_array (self, shape, end == shape->asked_key ? qualifiers : 0, name);
}

static guint32
add_unknown (SondeDwarfTypes *self, SondeDieKey key, guint qualifiers)
{
  gboolean is_const = FALSE;
  const SondeDieKey real = sonde_dwarf_shape_strip (self->index->dwarf, key, &is_const);
  g_autoptr (SondeDwarfShape) shape = sonde_dwarf_shape_new (self->index->dwarf, real);
  g_autofree char *name = sonde_dwarf_type_name_qualified (self->index, key, 0, qualifiers);
  guint32 type;

  if (shape == NULL)
    return add_opaque (self, name, 0);
  /* A struct inside itself cannot be: only a damaged file says so. */
  if (self->depth >= MAX_DEPTH || is_open (self, real))
    return add_opaque (self, name, shape->size);
  self->open[self->depth++] = real;
  type = shape->tag == DW_TAG_array_type ? add_whole_array (self, shape, key, qualifiers, name)
                                         : add_shape (self, shape, name);
  self->depth--;
  return type;
}

/* What many units include is read once. */
static guint32
add_once (SondeDwarfTypes *self, SondeDieKey key)
{
  const guint64 identity = sonde_dwarf_identity_get (self->identity, key);
  guint32 known
      = identity != 0 ? sonde_number_map_get (&self->by_identity, identity) : SONDE_NUMBER_NONE;

  if (known != SONDE_NUMBER_NONE)
    return known;
  known = add_unknown (self, key, 0);
  /* Far inside others it may have been cut short. */
  if (identity != 0 && self->depth < MAX_DEPTH / 2)
    sonde_number_map_set (&self->by_identity, identity, known);
  return known;
}

guint32
sonde_dwarf_types_add (SondeDwarfTypes *self, SondeDieKey key)
{
  guint32 known;

  if (key == 0)
    return 0;
  known = sonde_number_map_get (&self->rows, key);
  if (known != SONDE_NUMBER_NONE)
    return known;
  known = add_once (self, key);
  /* A type of long ago is read again, and found to be there: its unit is not the one at work. */
  if (self->rows.n >= MAX_REMEMBERED)
    sonde_number_map_clear (&self->rows);
  sonde_number_map_set (&self->rows, key, known);
  return known;
}

static gboolean
find_const (SondeDwarfTypes *self, SondeDieKey key)
{
  SondeDwarf *dwarf = self->index->dwarf;
  gboolean is_const = FALSE;

  for (guint i = 0; i < MAX_DEPTH && key != 0 && !is_const; i++)
    {
      g_autoptr (SondeDwarfShape) shape = NULL;

      key = sonde_dwarf_shape_strip (dwarf, key, &is_const);
      shape = sonde_dwarf_shape_new (dwarf, key);
      key = shape != NULL && shape->tag == DW_TAG_array_type ? shape->target : 0;
    }
  return is_const;
}

gboolean
sonde_dwarf_types_is_const (SondeDwarfTypes *self, SondeDieKey key)
{
  guint32 known = sonde_number_map_get (&self->consts, key);
  guint64 identity;

  if (known != SONDE_NUMBER_NONE)
    return known != 0;
  identity = sonde_dwarf_identity_get (self->identity, key);
  if (identity != 0)
    known = sonde_number_map_get (&self->consts_by_identity, identity);
  if (known == SONDE_NUMBER_NONE)
    known = find_const (self, key) ? 1 : 0;
  if (identity != 0)
    sonde_number_map_set (&self->consts_by_identity, identity, known);
  if (self->consts.n >= MAX_REMEMBERED)
    sonde_number_map_clear (&self->consts);
  sonde_number_map_set (&self->consts, key, known);
  return known != 0;
}

void
sonde_dwarf_types_pass (SondeDwarfTypes *self, SondeDieKey end)
{
  const GArray *structs = self->index->structs;

  for (; self->n_passed < structs->len; self->n_passed++)
    {
      const SondeDieKey key = g_array_index (structs, SondeDieKey, self->n_passed);
      guint64 identity;

      if (key >= end)
        return;
      identity = sonde_dwarf_identity_get (self->identity, key);
      if (identity == 0 || sonde_number_map_add (&self->named, identity, 0))
        g_array_append_val (self->structs, key);
    }
}

/* Casts name types that no variable has. */
static void
add_named (SondeDwarfTypes *self)
{
  SondeDieKey forgotten = 0;

  sonde_dwarf_types_pass (self, G_MAXUINT64);
  for (guint i = 0; i < self->structs->len; i++)
    {
      const SondeDieKey key = g_array_index (self->structs, SondeDieKey, i);
      SondeDie die;

      forgotten = sonde_dwarf_forget_before (self->index->dwarf, forgotten, key);
      if (sonde_dwarf_find (self->index->dwarf, key, &die) && sonde_die_has (&die, DW_AT_name)
          && !sonde_die_has (&die, DW_AT_declaration))
        sonde_dwarf_types_add (self, key);
    }
}

void
sonde_dwarf_types_finish (SondeDwarfTypes *self)
{
  add_named (self);
  /* Adding a target may add pointers: the array grows while it is walked. */
  for (guint i = 0; i < self->pending->len; i++)
    {
      const Pending row = g_array_index (self->pending, Pending, i);
      const guint32 target = sonde_dwarf_types_add (self, row.target);

      sonde_image_writer_set_target (self->writer, row.pointer, target);
    }
}
