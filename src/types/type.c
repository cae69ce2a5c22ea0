/* type.c: the immutable shape of a value in a target's memory */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/type.h"

#include <string.h>

/* Shapes come from files: a deeper one is kept as raw bytes, so that nothing that walks or frees a
 * shape runs out of stack, and no anonymous members multiply without end. */
#define MAX_DEPTH 200
#define MAX_CHILDREN (1u << 20)

struct _SondeType
{
  SondeKind kind;
  SondeEncoding encoding;
  gboolean is_signed;
  guint bit_offset;
  guint bit_size;
  guint depth; /* levels of array, struct and union below */
  char *name;  /* owned */
  guint64 size;

  SondeType *base; /* owned: element of an array, base of a bit-field */
  guint64 count;
  gsize dimensions_at; /* of an array that named itself: where "[3][4]" begins, else 0 */

  SondeMember *members; /* owned, with their names and types */
  guint n_members;
  guint n_children; /* those of anonymous members counted as own */
  gboolean has_unnamed;

  SondeEnumerator *enumerators; /* owned, with their names */
  guint n_enumerators;

  SondeTypeResolve resolve;
  gpointer owner;
  GDestroyNotify free_owner;
  guint32 token;
  const SondeCodeNames *code; /* of a pointer to a function */
};

static SondeType *
new_type (SondeKind kind, SondeEncoding encoding, const char *name, guint64 size)
{
  SondeType *self = g_atomic_rc_box_new0 (SondeType);

  self->kind = kind;
  self->encoding = encoding;
  self->name = g_strdup (name != NULL ? name : "");
  self->size = size;
  return self;
}

static void
clear_type (SondeType *self)
{
  for (guint i = 0; i < self->n_members; i++)
    {
      g_free ((char *) self->members[i].name);
      sonde_type_unref (self->members[i].type);
    }
  for (guint i = 0; i < self->n_enumerators; i++)
    g_free ((char *) self->enumerators[i].name);
  g_free (self->members);
  g_free (self->enumerators);
  g_free (self->name);
  g_clear_pointer (&self->base, sonde_type_unref);
  if (self->free_owner != NULL)
    self->free_owner (self->owner);
}

SondeType *
sonde_type_ref (SondeType *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sonde_type_unref (SondeType *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_type);
}

SondeType *
sonde_type_new_base (SondeKind kind, const char *name, SondeEncoding encoding, gboolean is_signed,
                     guint64 size)
{
  g_return_val_if_fail (kind <= SONDE_KIND_CHAR, NULL);

  SondeType *self = new_type (kind, encoding, name, size);
  const gboolean may_be_either = encoding == SONDE_ENCODING_CHAR || encoding == SONDE_ENCODING_UTF;

  self->is_signed = may_be_either
                        ? is_signed
                        : encoding == SONDE_ENCODING_SIGNED || encoding == SONDE_ENCODING_FLOAT;
  return self;
}

SondeType *
sonde_type_new_enum (const char *name, SondeEncoding encoding, guint64 size,
                     const SondeEnumerator *enumerators, guint n)
{
  SondeType *self = new_type (SONDE_KIND_ENUM, encoding, name, size);

  self->is_signed = encoding == SONDE_ENCODING_SIGNED;
  self->enumerators = g_memdup2 (enumerators, n * sizeof *enumerators);
  self->n_enumerators = n;
  for (guint i = 0; i < n; i++)
    self->enumerators[i].name = g_strdup (enumerators[i].name);
  return self;
}

SondeType *
sonde_type_new_pointer (const char *name, guint64 size, SondeTypeResolve resolve, gpointer owner,
                        GDestroyNotify free_owner, guint32 token)
{
  SondeType *self = new_type (SONDE_KIND_POINTER, SONDE_ENCODING_ADDRESS, name, size);

  self->resolve = resolve;
  self->owner = owner;
  self->free_owner = free_owner;
  self->token = token;
  return self;
}

SondeType *
sonde_type_new_code_pointer (const char *name, guint64 size, const SondeCodeNames *names,
                             gpointer owner, GDestroyNotify free_owner)
{
  SondeType *self = sonde_type_new_pointer (name, size, NULL, owner, free_owner, 0);

  self->code = names;
  return self;
}

SondeType *
sonde_type_new_bitfield (SondeType *base, guint bit_offset, guint bit_size)
{
  g_return_val_if_fail (base != NULL, NULL);

  const gboolean is_number = base->kind <= SONDE_KIND_ENUM && base->size >= 1 && base->size <= 8
                             && base->encoding != SONDE_ENCODING_FLOAT;
  const guint unit_bits = is_number ? 8 * (guint) base->size : 0;

  if (bit_size == 0 || bit_size > unit_bits || bit_offset > unit_bits - bit_size)
    return sonde_type_new_opaque (base->name, base->size);

  SondeType *self = new_type (SONDE_KIND_BITFIELD, base->encoding, base->name, base->size);

  self->is_signed = base->is_signed;
  self->base = sonde_type_ref (base);
  self->bit_offset = bit_offset;
  self->bit_size = bit_size;
  return self;
}

/* "int" and 3 make "int[3]"; "int[4]" and 3 make "int[3][4]", as it is written in the source. */
static void
name_array (SondeType *self, const SondeType *element)
{
  const gsize at = element->dimensions_at > 0 ? element->dimensions_at : strlen (element->name);
  g_autofree char *count = NULL;

  if (self->count > 0)
    count = g_strdup_printf ("%" G_GUINT64_FORMAT, self->count);
  g_free (self->name);
  self->name = g_strdup_printf ("%.*s[%s]%s", (int) MIN (at, G_MAXINT), element->name,
                                count != NULL ? count : "", element->name + at);
  self->dimensions_at = at;
}

SondeType *
sonde_type_new_array (const char *name, SondeType *element, guint64 count)
{
  g_return_val_if_fail (element != NULL, NULL);

  guint64 size;

  if (!g_uint64_checked_mul (&size, element->size, count) || element->depth >= MAX_DEPTH)
    return sonde_type_new_opaque (name != NULL ? name : element->name, 0);

  SondeType *self = new_type (SONDE_KIND_ARRAY, SONDE_ENCODING_NONE, name, size);

  self->base = sonde_type_ref (element);
  self->count = count;
  self->depth = element->depth + 1;
  if (name == NULL)
    name_array (self, element);
  return self;
}

/* How many children of its parent a member is. */
static guint
count_children (const SondeMember *member)
{
  return member->name != NULL ? 1 : member->type->n_children;
}

static guint
get_depth_of (const SondeMember *members, guint n)
{
  guint depth = 0;

  for (guint i = 0; i < n; i++)
    depth = MAX (depth, members[i].type->depth);
  return depth;
}

SondeType *
sonde_type_new_struct (SondeKind kind, const char *name, guint64 size, const SondeMember *members,
                       guint n)
{
  g_return_val_if_fail (kind == SONDE_KIND_STRUCT || kind == SONDE_KIND_UNION, NULL);

  const guint depth = get_depth_of (members, n);
  guint64 n_children = 0;

  for (guint i = 0; i < n; i++)
    n_children += count_children (&members[i]);
  if (depth >= MAX_DEPTH || n_children > MAX_CHILDREN)
    return sonde_type_new_opaque (name, size);

  SondeType *self = new_type (kind, SONDE_ENCODING_NONE, name, size);

  self->depth = depth + 1;
  self->members = g_memdup2 (members, n * sizeof *members);
  self->n_members = n;
  self->n_children = (guint) n_children;
  for (guint i = 0; i < n; i++)
    {
      self->members[i].name = g_strdup (members[i].name);
      self->has_unnamed |= members[i].name == NULL;
      sonde_type_ref (members[i].type);
    }
  return self;
}

SondeType *
sonde_type_new_opaque (const char *name, guint64 size)
{
  return new_type (SONDE_KIND_OPAQUE, SONDE_ENCODING_NONE, name, size);
}

SondeKind
sonde_type_get_kind (const SondeType *self)
{
  return self->kind;
}

const char *
sonde_type_get_name (const SondeType *self)
{
  return self->name;
}

SondeEncoding
sonde_type_get_encoding (const SondeType *self)
{
  return self->encoding;
}

gboolean
sonde_type_is_signed (const SondeType *self)
{
  return self->is_signed;
}

guint64
sonde_type_get_size (const SondeType *self)
{
  return self->size;
}

guint
sonde_type_get_bit_offset (const SondeType *self)
{
  return self->bit_offset;
}

guint
sonde_type_get_bit_size (const SondeType *self)
{
  return self->bit_size;
}

SondeType *
sonde_type_get_base (const SondeType *self)
{
  return self->base;
}

SondeType *
sonde_type_dup_target (const SondeType *self)
{
  return self->resolve != NULL ? self->resolve (self->owner, self->token) : NULL;
}

gboolean
sonde_type_is_code_pointer (const SondeType *self)
{
  return self->code != NULL;
}

char *
sonde_type_dup_code_name (const SondeType *self, guint64 address)
{
  return self->code != NULL ? self->code->dup_name (self->owner, address) : NULL;
}

gboolean
sonde_type_find_code (const SondeType *self, const char *name, guint64 *address)
{
  return self->code != NULL && self->code->find (self->owner, name, address);
}

guint64
sonde_type_get_count (const SondeType *self)
{
  return self->count;
}

guint
sonde_type_get_n_members (const SondeType *self)
{
  return self->n_members;
}

const SondeMember *
sonde_type_get_member (const SondeType *self, guint index)
{
  return index < self->n_members ? &self->members[index] : NULL;
}

guint
sonde_type_get_n_children (const SondeType *self)
{
  return self->n_children;
}

gboolean
sonde_type_get_child (const SondeType *self, guint index, SondeMember *child)
{
  guint64 offset = 0;

  if (index >= self->n_children)
    return FALSE;
  if (!self->has_unnamed)
    {
      *child = self->members[index];
      return TRUE;
    }
  for (guint i = 0;;)
    {
      const SondeMember *member = &self->members[i];
      const guint n = count_children (member);

      if (index >= n)
        {
          index -= n;
          i++;
          continue;
        }
      offset += member->offset;
      if (member->name != NULL)
        {
          *child = (SondeMember){ member->name, member->type, offset };
          return TRUE;
        }
      self = member->type;
      i = 0;
    }
}

static gboolean
find_below (const SondeType *self, const char *name, gsize length, guint64 offset,
            SondeMember *child)
{
  for (guint i = 0; i < self->n_members; i++)
    {
      const SondeMember *member = &self->members[i];

      if (member->name == NULL)
        {
          if (member->type->n_children > 0
              && find_below (member->type, name, length, offset + member->offset, child))
            return TRUE;
        }
      else if (strncmp (member->name, name, length) == 0 && member->name[length] == 0)
        {
          *child = (SondeMember){ member->name, member->type, offset + member->offset };
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
sonde_type_find_child (const SondeType *self, const char *name, gsize length, SondeMember *child)
{
  return find_below (self, name, length, 0, child);
}

guint
sonde_type_get_n_enumerators (const SondeType *self)
{
  return self->n_enumerators;
}

const SondeEnumerator *
sonde_type_get_enumerator (const SondeType *self, guint index)
{
  return index < self->n_enumerators ? &self->enumerators[index] : NULL;
}

gboolean
sonde_type_is_leaf (const SondeType *self)
{
  return self->kind < SONDE_KIND_ARRAY;
}

gboolean
sonde_type_is_text (const SondeType *self)
{
  return self->kind == SONDE_KIND_ARRAY && self->count > 0 && self->base->kind == SONDE_KIND_CHAR
         && self->base->size == 1;
}

const char *
sonde_kind_name (SondeKind kind)
{
  static const char *const names[] = { "scalar",   "bool",  "char",   "enum",  "pointer",
                                       "bitfield", "array", "struct", "union", "opaque" };

  g_return_val_if_fail (kind < G_N_ELEMENTS (names), NULL);
  return names[kind];
}

const char *
sonde_encoding_name (SondeEncoding encoding)
{
  static const char *const names[]
      = { "none", "signed", "unsigned", "float", "bool", "char", "utf", "address" };

  g_return_val_if_fail (encoding < G_N_ELEMENTS (names), NULL);
  return names[encoding];
}
