/* type-layout.h: where the members of a struct lie, and what is lost between them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/type.h"

typedef struct
{
  const char *name; /* NULL: a hole, or anonymous */
  SondeType *type;  /* borrowed; NULL: a hole */
  guint64 offset;   /* bytes from the start of the type */
  guint64 size;     /* bytes; 0 for what has bits */
  guint bit_offset; /* of a bit-field or a hole of bits: first bit, counted from @offset upwards in
                       memory */
  guint bit_size;   /* 0: whole bytes */
} SondeLayoutRow;

typedef struct
{
  guint64 size;          /* of the type */
  guint64 member_bits;   /* covered by members; those of a union once */
  guint64 hole_bits;     /* between them */
  guint n_holes;         /* between them */
  guint64 tail_bits;     /* behind the last */
  guint largest_align;   /* bytes: of the member that asks for most */
  gboolean is_unaligned; /* a member lies where it would not by itself: packed */
} SondeLayoutTotals;

/* Owned struct, one thread; holds its type. */
typedef struct _SondeTypeLayout SondeTypeLayout;

/**
 * sonde_type_layout_new:
 * @type: struct or union; others have no rows
 * @byte_order: of the target; it decides on which side of a unit bit-fields begin
 */
SondeTypeLayout *sonde_type_layout_new (SondeType *type, int byte_order);
void sonde_type_layout_free (SondeTypeLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeTypeLayout, sonde_type_layout_free)
/** sonde_type_layout_get_rows: members in their order, holes where they are; borrowed. */
const SondeLayoutRow *sonde_type_layout_get_rows (const SondeTypeLayout *self, guint *n);
const SondeLayoutTotals *sonde_type_layout_get_totals (const SondeTypeLayout *self);
/** sonde_type_layout_find_nested: (transfer none) (nullable): the struct or union that opens below
 * a row: its own, or that of an array's elements. */
SondeType *sonde_type_layout_find_nested (SondeType *type);
/**
 * sonde_type_layout_to_text:
 * @depth: levels of structs inside structs that are opened; 0: none
 *
 * Returns: (transfer full): a line for each row in aligned columns: offset, size, bits, member,
 * type; below them the totals
 */
char *sonde_type_layout_to_text (SondeType *type, int byte_order, guint depth);
/** sonde_layout_row_dup_bits: (transfer full): "3", "0-2" or "" for whole bytes. */
char *sonde_layout_row_dup_bits (const SondeLayoutRow *row);
/** sonde_layout_totals_describe: (transfer full): one line, "12 bytes, 9 in members, 1 hole of 3
 * bytes, no padding at the end, alignment 4". */
char *sonde_layout_totals_describe (const SondeLayoutTotals *totals);
