/* dwarf-shape.h: a type's entry as a plain record */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/dwarf-bits.h"
#include "symbols/dwarf-attributes.h"

typedef struct
{
  const char *name; /* NULL: anonymous, or a base class */
  SondeDieKey type;
  guint64 offset; /* bytes; without meaning for bit-fields */
  gboolean is_bitfield, is_base;
  SondeDwarfBits bits;
} SondeDwarfMember;

typedef struct
{
  const char *name;
  guint64 value; /* as written: to be cut or extended to the enumeration's own size */
} SondeDwarfEnumerator;

typedef struct
{
  SondeDieKey key, asked_key; /* they differ where a type unit has the definition */
  guint tag;
  const char *name;      /* NULL: anonymous */
  guint64 size;          /* bytes; 0 also where it is not told */
  guint64 encoding;      /* DW_ATE_.. */
  SondeDieKey target;    /* of pointers, arrays, typedefs, qualifiers, enumerations; 0 is void */
  SondeDieKey container; /* of a pointer to a member: the class that has it */
  gboolean is_declaration, is_vector, is_varying;
  gboolean is_prototyped, is_variadic; /* of a function: "(void)", "(int, ...)" */
  guint64 line;
  GArray *members;     /* SondeDwarfMember; also a function's parameters */
  GArray *enumerators; /* SondeDwarfEnumerator */
  GArray *counts;      /* guint64 for each dimension, 0: unknown */
} SondeDwarfShape;

typedef enum
{
  SONDE_DWARF_CONST = 1,
  SONDE_DWARF_VOLATILE = 2,
  SONDE_DWARF_RESTRICT = 4,
  SONDE_DWARF_ATOMIC = 8,
} SondeDwarfQualifier;

/** sonde_dwarf_shape_new: (nullable): NULL where there is no such entry. Shared: never changed. */
SondeDwarfShape *sonde_dwarf_shape_new (SondeDwarf *dwarf, SondeDieKey key);
void sonde_dwarf_shape_free (SondeDwarfShape *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDwarfShape, sonde_dwarf_shape_free)
/** sonde_dwarf_shape_is_qualifier: const, volatile and their kin: of the target's shape. */
gboolean sonde_dwarf_shape_is_qualifier (guint tag);
/** sonde_dwarf_shape_qualify: @qualifiers and those between @key and the next entry that is none,
 * as a set of SondeDwarfQualifier; @end becomes that entry. */
guint sonde_dwarf_shape_qualify (SondeDwarf *dwarf, SondeDieKey key, guint qualifiers,
                                 SondeDieKey *end);
/** sonde_dwarf_shape_strip: the entry behind typedefs and qualifiers; sets @is_const where const
 * was among them. */
SondeDieKey sonde_dwarf_shape_strip (SondeDwarf *dwarf, SondeDieKey key, gboolean *is_const);
/** sonde_dwarf_shape_identify: equal for equal things in different units, before it is known what
 * they are made of. */
guint64 sonde_dwarf_shape_identify (SondeDwarf *dwarf, SondeDieKey key);
