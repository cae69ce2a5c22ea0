/* type.h: the immutable shape of a value in a target's memory */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  SONDE_KIND_NUMBER, /* "scalar" in JSON: integers and floats, uint8_t too */
  SONDE_KIND_BOOL,
  SONDE_KIND_CHAR, /* only where the base type's own name is "char" */
  SONDE_KIND_ENUM,
  SONDE_KIND_POINTER,
  SONDE_KIND_BITFIELD, /* wins over enum and bool: see sonde_type_get_base() */
  SONDE_KIND_ARRAY,
  SONDE_KIND_STRUCT,
  SONDE_KIND_UNION,
  SONDE_KIND_OPAQUE, /* declared, never defined; or of a form that is not understood: raw bytes */
} SondeKind;

typedef enum
{
  SONDE_ENCODING_NONE, /* array, struct, union, opaque */
  SONDE_ENCODING_SIGNED,
  SONDE_ENCODING_UNSIGNED,
  SONDE_ENCODING_FLOAT,
  SONDE_ENCODING_BOOL,
  SONDE_ENCODING_CHAR,
  SONDE_ENCODING_UTF,
  SONDE_ENCODING_ADDRESS,
} SondeEncoding;

/* Shared, immutable: atomic reference count, any thread. */
typedef struct _SondeType SondeType;

typedef struct
{
  const char *name;
  gint64 value; /* bits above the enum's own are the sign's where it is signed, 0 where not */
} SondeEnumerator;

typedef struct
{
  const char *name; /* NULL: anonymous struct or union, whose members count as the parent's */
  SondeType *type;
  guint64 offset; /* bytes from the start of the parent; of a bit-field: of its unit */
} SondeMember;

/* What a pointer points to is asked for only when somebody opens it: types may be recursive. */
typedef SondeType *(*SondeTypeResolve) (gpointer owner, guint32 token);

/**
 * sonde_type_new_base:
 * @kind: NUMBER, BOOL or CHAR
 * @name: as written in the source ("uint16_t", "unsigned char")
 * @is_signed: matters for CHAR and UTF
 * @size: bytes; 1, 2, 4, 8 are decoded, others shown raw
 */
SondeType *sonde_type_new_base (SondeKind kind, const char *name, SondeEncoding encoding,
                                gboolean is_signed, guint64 size);
/** sonde_type_new_enum: copies names and values. @encoding SIGNED or UNSIGNED. */
SondeType *sonde_type_new_enum (const char *name, SondeEncoding encoding, guint64 size,
                                const SondeEnumerator *enumerators, guint n);
/** sonde_type_new_pointer: @resolve may be NULL (void pointer); @owner is freed with @free_owner at
 * the end. */
SondeType *sonde_type_new_pointer (const char *name, guint64 size, SondeTypeResolve resolve,
                                   gpointer owner, GDestroyNotify free_owner, guint32 token);
/* What lies at an address of code, and where a function lies: of whoever knows the file. */
typedef struct
{
  /* (transfer full) (nullable): "motor_step", "motor_step+0x12"; NULL: nothing is known there */
  char *(*dup_name) (gpointer owner, guint64 address);
  /* FALSE: no such function, or several */
  gboolean (*find) (gpointer owner, const char *name, guint64 *address);
} SondeCodeNames;

/** sonde_type_new_code_pointer: to a function. @names is not copied: a constant. */
SondeType *sonde_type_new_code_pointer (const char *name, guint64 size, const SondeCodeNames *names,
                                        gpointer owner, GDestroyNotify free_owner);
/**
 * sonde_type_new_bitfield:
 * @base: NUMBER, BOOL, CHAR or ENUM whose size is that of the unit to read
 * @bit_offset: from the least significant bit of the unit read as an integer in the target's byte
 * order
 *
 * A field that does not lie within its unit gives an OPAQUE type.
 */
SondeType *sonde_type_new_bitfield (SondeType *base, guint bit_offset, guint bit_size);
/** sonde_type_new_array: one dimension; several are arrays of arrays. @count 0: flexible or
 * unknown. @name NULL makes "element[count]". Nested too deep (200) or too large: OPAQUE. */
SondeType *sonde_type_new_array (const char *name, SondeType *element, guint64 count);
/** sonde_type_new_struct: @kind STRUCT or UNION; takes references on the members' types, copies the
 * names. Nested too deep or more than 1 Mi children: OPAQUE. */
SondeType *sonde_type_new_struct (SondeKind kind, const char *name, guint64 size,
                                  const SondeMember *members, guint n);
SondeType *sonde_type_new_opaque (const char *name, guint64 size);

SondeType *sonde_type_ref (SondeType *self);
void sonde_type_unref (SondeType *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeType, sonde_type_unref)

SondeKind sonde_type_get_kind (const SondeType *self);
const char *sonde_type_get_name (const SondeType *self);
SondeEncoding sonde_type_get_encoding (const SondeType *self);
gboolean sonde_type_is_signed (const SondeType *self);
/** sonde_type_get_size: bytes; of a bit-field: of the unit to read. */
guint64 sonde_type_get_size (const SondeType *self);
guint sonde_type_get_bit_offset (const SondeType *self); /* 0 where there is none */
guint sonde_type_get_bit_size (const SondeType *self);   /* 0 where there is none */
/** sonde_type_get_base: (transfer none): element of an array, base of a bit-field, else NULL. */
SondeType *sonde_type_get_base (const SondeType *self);
/** sonde_type_dup_target: (transfer full) (nullable): what a pointer points to. */
SondeType *sonde_type_dup_target (const SondeType *self);
/** sonde_type_is_code_pointer: points to a function, whose name may be known. */
gboolean sonde_type_is_code_pointer (const SondeType *self);
/** sonde_type_dup_code_name / find_code: as of SondeCodeNames; NULL and FALSE for all other types.
 */
char *sonde_type_dup_code_name (const SondeType *self, guint64 address);
gboolean sonde_type_find_code (const SondeType *self, const char *name, guint64 *address);
guint64 sonde_type_get_count (const SondeType *self); /* array elements */
guint sonde_type_get_n_members (const SondeType *self);
const SondeMember *sonde_type_get_member (const SondeType *self, guint index);
/** sonde_type_get_n_children: members with those of anonymous members as their own, unnamed
 * bit-fields left out. */
guint sonde_type_get_n_children (const SondeType *self);
/** sonde_type_get_child: @child borrows name and type; its offset counts from the start of @self.
 * FALSE past the end. */
gboolean sonde_type_get_child (const SondeType *self, guint index, SondeMember *child);
/** sonde_type_find_child: by the @length letters of @name, likewise. */
gboolean sonde_type_find_child (const SondeType *self, const char *name, gsize length,
                                SondeMember *child);
guint sonde_type_get_n_enumerators (const SondeType *self);
const SondeEnumerator *sonde_type_get_enumerator (const SondeType *self, guint index);
/** sonde_type_is_leaf: has a value of its own: all but array, struct, union, opaque. */
gboolean sonde_type_is_leaf (const SondeType *self);
/** sonde_type_is_text: a one-dimensional array of char, shown as text. */
gboolean sonde_type_is_text (const SondeType *self);
/** sonde_kind_name: "scalar", "bool", "char", "enum", "pointer", "bitfield", "array", "struct",
 * "union", "opaque". */
const char *sonde_kind_name (SondeKind kind);
/** sonde_encoding_name: "signed", "unsigned", "float", "bool", "char", "utf", "address", "none". */
const char *sonde_encoding_name (SondeEncoding encoding);
