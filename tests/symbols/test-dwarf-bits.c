/* test-dwarf-bits.c: one bit-field, told in both ways and both byte orders, is one place */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/dwarf-bits.h"

typedef struct
{
  const char *name;
  int byte_order;
  SondeDwarfBits bits;
  guint64 type_size, parent_size;
  gint64 position; /* -1: refused */
  SondeBitUnit unit;
} Case;

/* clang-format off */
static const Case cases[] = {
  /* unsigned ready:1, mode:3; in a struct of four bytes */
  { "/bits/new/little",    G_LITTLE_ENDIAN, { 3, TRUE,  1, 0, 0, 0 },  4, 4, 1, { 0, 4, 1 } },
  { "/bits/old/little",    G_LITTLE_ENDIAN, { 3, FALSE, 0, 28, 4, 0 }, 4, 4, 1, { 0, 4, 1 } },
  { "/bits/new/big",       G_BIG_ENDIAN,    { 3, TRUE,  1, 0, 0, 0 },  4, 4, 1, { 0, 4, 28 } },
  { "/bits/old/big",       G_BIG_ENDIAN,    { 3, FALSE, 0, 1, 4, 0 },  4, 4, 1, { 0, 4, 28 } },
  /* the storage size is the type's own where it is not told */
  { "/bits/old/own-size",  G_LITTLE_ENDIAN, { 3, FALSE, 0, 28, 0, 0 }, 4, 4, 1, { 0, 4, 1 } },
  /* far into a struct: data_bit_offset counts from its start */
  { "/bits/new/far",       G_LITTLE_ENDIAN, { 5, TRUE,  130, 0, 0, 0 }, 4, 20, 130, { 16, 4, 2 } },
  { "/bits/old/far",       G_LITTLE_ENDIAN, { 5, FALSE, 0, 25, 4, 16 }, 4, 20, 130, { 16, 4, 2 } },
  /* packed: over the border of a unit, and before it */
  { "/bits/packed/across", G_LITTLE_ENDIAN, { 13, TRUE, 25, 0, 0, 0 }, 4, 8, 25, { 0, 8, 25 } },
  { "/bits/packed/end",    G_LITTLE_ENDIAN, { 19, TRUE, 21, 0, 0, 0 }, 4, 5, 21, { 2, 3, 5 } },
  { "/bits/packed/before", G_LITTLE_ENDIAN, { 13, FALSE, 0, -6, 4, 0 }, 4, 8, 25, { 0, 8, 25 } },
  /* the whole unit, and one of 64 bits */
  { "/bits/whole",         G_LITTLE_ENDIAN, { 32, TRUE, 0, 0, 0, 0 },  4, 4, 0, { 0, 4, 0 } },
  { "/bits/wide",          G_BIG_ENDIAN,    { 40, TRUE, 64, 0, 0, 0 }, 8, 16, 64, { 8, 8, 24 } },
  /* what cannot be */
  { "/bits/outside",       G_LITTLE_ENDIAN, { 8, TRUE, 30, 0, 0, 0 },  4, 4, -1, { 0 } },
  { "/bits/none",          G_LITTLE_ENDIAN, { 0, TRUE, 0, 0, 0, 0 },   4, 4, -1, { 0 } },
  { "/bits/too-many",      G_LITTLE_ENDIAN, { 65, TRUE, 0, 0, 0, 0 },  8, 32, -1, { 0 } },
  { "/bits/too-spread",    G_LITTLE_ENDIAN, { 62, TRUE, 7, 0, 0, 0 },  8, 16, -1, { 0 } },
  { "/bits/negative",      G_LITTLE_ENDIAN, { 8, TRUE, -8, 0, 0, 0 },  4, 4, -1, { 0 } },
  { "/bits/huge-offset",   G_LITTLE_ENDIAN, { 8, FALSE, 0, G_MININT64, 4, 0 }, 4, 4, -1, { 0 } },
  { "/bits/huge-storage",  G_LITTLE_ENDIAN, { 8, FALSE, 0, 0, G_MAXUINT64, 0 }, 4, 4, -1, { 0 } },
  { "/bits/huge-place",    G_LITTLE_ENDIAN, { 8, FALSE, 0, 0, 4, G_MAXUINT64 }, 4, 4, -1, { 0 } },
};
/* clang-format on */

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  const gint64 position = sonde_dwarf_bits_position (&row->bits, row->type_size, row->byte_order);
  SondeBitUnit unit = { 0 };
  const gboolean ok = sonde_dwarf_bits_choose_unit (position, row->bits.bit_size, row->type_size,
                                                    row->parent_size, row->byte_order, &unit);

  g_assert_cmpint (ok, ==, row->position >= 0);
  if (!ok)
    return;
  g_assert_cmpint (position, ==, row->position);
  g_assert_cmpuint (unit.offset, ==, row->unit.offset);
  g_assert_cmpuint (unit.size, ==, row->unit.size);
  g_assert_cmpuint (unit.shift, ==, row->unit.shift);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  return g_test_run ();
}
