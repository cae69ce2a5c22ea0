/* image-types.c: rows of a symbol image as types, made when asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/image-types.h"

#include "symbols/code-names.h"

struct _SondeImageTypes
{
  SondeSymbolImage image;
};

SondeImageTypes *
sonde_image_types_new (const SondeSymbolImage *image)
{
  SondeImageTypes *self = g_atomic_rc_box_new0 (SondeImageTypes);

  self->image = *image;
  g_bytes_ref (image->bytes);
  return self;
}

SondeImageTypes *
sonde_image_types_ref (SondeImageTypes *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_types (SondeImageTypes *self)
{
  sonde_symbol_image_close (&self->image);
}

void
sonde_image_types_unref (SondeImageTypes *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_types);
}

const SondeSymbolImage *
sonde_image_types_get_image (const SondeImageTypes *self)
{
  return &self->image;
}

GHashTable *
sonde_image_types_new_memory (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) sonde_type_unref);
}

/* The pointer holds the image, not the types made from it: those may hold the pointer. */
static SondeType *
resolve_target (gpointer owner, guint32 token)
{
  g_autoptr (GHashTable) made = sonde_image_types_new_memory ();

  return sonde_image_types_dup (owner, token, made);
}

static char *
dup_code_name (gpointer owner, guint64 address)
{
  const SondeImageTypes *self = owner;

  return sonde_code_names_dup_name (&self->image, address);
}

static gboolean
find_code (gpointer owner, const char *name, guint64 *address)
{
  const SondeImageTypes *self = owner;

  return sonde_code_names_find (&self->image, name, address);
}

static SondeType *
make_pointer (SondeImageTypes *self, const SondeImageType *row, const char *name)
{
  static const SondeCodeNames code = { dup_code_name, find_code };

  if ((row->flags & SONDE_IMAGE_TYPE_CODE) != 0)
    return sonde_type_new_code_pointer (name, row->size, &code, sonde_image_types_ref (self),
                                        (GDestroyNotify) sonde_image_types_unref);
  return sonde_type_new_pointer (name, row->size, row->base != 0 ? resolve_target : NULL,
                                 sonde_image_types_ref (self),
                                 (GDestroyNotify) sonde_image_types_unref, row->base);
}

static SondeType *
make_enum (SondeImageTypes *self, const SondeImageType *row, const char *name)
{
  g_autofree SondeEnumerator *enumerators = g_new (SondeEnumerator, row->n + 1);

  for (guint i = 0; i < row->n; i++)
    {
      const SondeImageEnumerator *from = &self->image.enumerators[row->first + i];

      enumerators[i].name = sonde_symbol_image_text (&self->image, from->name);
      enumerators[i].value = from->value;
    }
  return sonde_type_new_enum (name, row->encoding, row->size, enumerators, row->n);
}

static SondeType *
make_struct (SondeImageTypes *self, const SondeImageType *row, const char *name, GHashTable *made)
{
  g_autofree SondeMember *members = g_new (SondeMember, row->n + 1);
  SondeType *type;

  for (guint i = 0; i < row->n; i++)
    {
      const SondeImageMember *from = &self->image.members[row->first + i];

      members[i].name = from->name != 0 ? sonde_symbol_image_text (&self->image, from->name) : NULL;
      members[i].type = sonde_image_types_dup (self, from->type, made);
      members[i].offset = from->offset;
    }
  type = sonde_type_new_struct (row->kind, name, row->size, members, row->n);
  for (guint i = 0; i < row->n; i++)
    sonde_type_unref (members[i].type);
  return type;
}

static SondeType *
make_type (SondeImageTypes *self, const SondeImageType *row, GHashTable *made)
{
  const char *name = sonde_symbol_image_text (&self->image, row->name);
  g_autoptr (SondeType) base = NULL;

  switch (row->kind)
    {
    case SONDE_KIND_NUMBER:
    case SONDE_KIND_BOOL:
    case SONDE_KIND_CHAR:
      return sonde_type_new_base (row->kind, name, row->encoding, row->is_signed, row->size);
    case SONDE_KIND_ENUM:
      return make_enum (self, row, name);
    case SONDE_KIND_POINTER:
      return make_pointer (self, row, name);
    case SONDE_KIND_BITFIELD:
      base = sonde_image_types_dup (self, row->base, made);
      return sonde_type_new_bitfield (base, row->bit_offset, row->bit_size);
    case SONDE_KIND_ARRAY:
      base = sonde_image_types_dup (self, row->base, made);
      return sonde_type_new_array (name, base, row->count);
    case SONDE_KIND_STRUCT:
    case SONDE_KIND_UNION:
      return make_struct (self, row, name, made);
    default:
      return sonde_type_new_opaque (name, row->size);
    }
}

SondeType *
sonde_image_types_dup (SondeImageTypes *self, guint32 row, GHashTable *made)
{
  SondeType *type = made != NULL ? g_hash_table_lookup (made, GUINT_TO_POINTER (row)) : NULL;

  if (type != NULL)
    return sonde_type_ref (type);
  type = make_type (self, &self->image.types[row], made);
  if (made != NULL)
    g_hash_table_insert (made, GUINT_TO_POINTER (row), sonde_type_ref (type));
  return type;
}
