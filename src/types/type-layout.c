/* type-layout.c: where the members of a struct lie, and what is lost between them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/type-layout.h"

#include <string.h>

/* No number of today's machines asks for more. */
#define MAX_ALIGN 16
/* A text of more lines than this is read by nobody; hostile types could make it endless. */
#define MAX_LINES 20000
/* Structs of structs of structs multiply; so many are looked into for an alignment. */
#define MAX_STEPS 4096

struct _SondeTypeLayout
{
  SondeType *type; /* owned */
  GArray *rows;    /* SondeLayoutRow */
  SondeLayoutTotals totals;
};

/* The bits a member covers, counted upwards in memory from the start of the type. */
typedef struct
{
  const SondeMember *member;
  guint64 start, end;
} Extent;

static gboolean
is_bitfield (const SondeMember *member)
{
  return sonde_type_get_kind (member->type) == SONDE_KIND_BITFIELD;
}

/* Sizes come from files: what would overflow is cut. */
static guint64
to_bits (guint64 n_bytes)
{
  return n_bytes > G_MAXUINT64 / 8 ? G_MAXUINT64 & ~G_GUINT64_CONSTANT (7) : n_bytes * 8;
}

static guint64
add_bits (guint64 a, guint64 b)
{
  return a > G_MAXUINT64 - b ? G_MAXUINT64 : a + b;
}

/* A unit of a big-endian target holds its first field in the highest bits, which come first in
 * memory. */
static Extent
measure (const SondeMember *member, int byte_order)
{
  Extent extent = { .member = member, .start = to_bits (member->offset) };
  const guint n_bits = sonde_type_get_bit_size (member->type);
  const guint offset = sonde_type_get_bit_offset (member->type);
  const guint64 unit = to_bits (sonde_type_get_size (member->type));

  if (!is_bitfield (member))
    {
      extent.end = add_bits (extent.start, unit);
      return extent;
    }
  extent.start
      = add_bits (extent.start, byte_order == G_BIG_ENDIAN ? unit - offset - n_bits : offset);
  extent.end = add_bits (extent.start, n_bits);
  return extent;
}

static gint
compare_extents (gconstpointer a, gconstpointer b)
{
  const Extent *x = a, *y = b;

  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  if (x->end != y->end)
    return x->end < y->end ? -1 : 1;
  return x->member < y->member ? -1 : x->member > y->member;
}

/* @steps: what is left of MAX_STEPS. */
static guint
find_align (SondeType *type, guint *steps)
{
  guint align = 1;

  if (*steps == 0)
    return 1;
  *steps -= 1;
  switch (sonde_type_get_kind (type))
    {
    case SONDE_KIND_ARRAY:
    case SONDE_KIND_BITFIELD:
      return find_align (sonde_type_get_base (type), steps);
    case SONDE_KIND_STRUCT:
    case SONDE_KIND_UNION:
      for (guint i = 0; i < sonde_type_get_n_members (type) && align < MAX_ALIGN; i++)
        {
          const SondeMember *member = sonde_type_get_member (type, i);
          const guint wanted = find_align (member->type, steps);

          /* What is packed inside does not ask for anything outside. */
          if (member->offset % wanted == 0)
            align = MAX (align, wanted);
        }
      return sonde_type_get_size (type) % align == 0 ? align : 1;
    case SONDE_KIND_OPAQUE:
      return 1;
    default:
      align = (guint) MIN (sonde_type_get_size (type), MAX_ALIGN);
      return align > 0 && (align & (align - 1)) == 0 ? align : 1;
    }
}

static guint
get_align (SondeType *type)
{
  guint steps = MAX_STEPS;

  return find_align (type, &steps);
}

static void
add_hole (SondeTypeLayout *self, guint64 start, guint64 end)
{
  const guint64 whole_start = (start + 7) / 8 * 8, whole_end = end / 8 * 8;
  SondeLayoutRow row = { .offset = start / 8 };

  if (whole_start > whole_end)
    {
      row.bit_offset = (guint) (start % 8);
      row.bit_size = (guint) (end - start);
      g_array_append_val (self->rows, row);
      return;
    }
  if (start < whole_start)
    {
      row.bit_offset = (guint) (start % 8);
      row.bit_size = (guint) (whole_start - start);
      g_array_append_val (self->rows, row);
    }
  if (whole_start < whole_end)
    {
      row = (SondeLayoutRow){ .offset = whole_start / 8, .size = (whole_end - whole_start) / 8 };
      g_array_append_val (self->rows, row);
    }
  if (whole_end < end)
    {
      row = (SondeLayoutRow){ .offset = whole_end / 8, .bit_size = (guint) (end - whole_end) };
      g_array_append_val (self->rows, row);
    }
}

static void
add_member (SondeTypeLayout *self, const Extent *extent)
{
  const SondeMember *member = extent->member;
  const guint align = get_align (member->type);
  SondeLayoutRow row = { .name = member->name,
                         .type = member->type,
                         .offset = member->offset,
                         .size = sonde_type_get_size (member->type) };

  if (is_bitfield (member))
    {
      row.offset = extent->start / 8;
      row.bit_offset = (guint) (extent->start % 8);
      row.bit_size = sonde_type_get_bit_size (member->type);
      row.size = 0;
    }
  self->totals.largest_align = MAX (self->totals.largest_align, align);
  if (!is_bitfield (member) && member->offset % align != 0)
    self->totals.is_unaligned = TRUE;
  g_array_append_val (self->rows, row);
}

static GArray *
collect_extents (SondeType *type, int byte_order)
{
  GArray *extents = g_array_new (FALSE, FALSE, sizeof (Extent));

  for (guint i = 0; i < sonde_type_get_n_members (type); i++)
    {
      const SondeMember *member = sonde_type_get_member (type, i);
      const gboolean is_unnamed = member->name == NULL || member->name[0] == '\0';
      const Extent extent = measure (member, byte_order);

      /* An unnamed bit-field is padding that somebody wrote down. */
      if (!is_unnamed || !is_bitfield (member))
        g_array_append_val (extents, extent);
    }
  g_array_sort (extents, compare_extents);
  return extents;
}

static void
fill (SondeTypeLayout *self, int byte_order)
{
  g_autoptr (GArray) extents = collect_extents (self->type, byte_order);
  const guint64 end = to_bits (self->totals.size);
  guint64 at = 0;

  for (guint i = 0; i < extents->len; i++)
    {
      const Extent *extent = &g_array_index (extents, Extent, i);

      if (extent->start > at)
        {
          add_hole (self, at, extent->start);
          self->totals.hole_bits += extent->start - at;
          self->totals.n_holes++;
          at = extent->start;
        }
      add_member (self, extent);
      if (extent->end > at)
        {
          self->totals.member_bits += extent->end - at;
          at = extent->end;
        }
    }
  if (at >= end)
    return;
  add_hole (self, at, end);
  self->totals.tail_bits = end - at;
}

SondeTypeLayout *
sonde_type_layout_new (SondeType *type, int byte_order)
{
  SondeTypeLayout *self = g_new0 (SondeTypeLayout, 1);
  const SondeKind kind = sonde_type_get_kind (type);

  self->type = sonde_type_ref (type);
  self->rows = g_array_new (FALSE, FALSE, sizeof (SondeLayoutRow));
  self->totals.size = sonde_type_get_size (type);
  self->totals.largest_align = 1;
  if (kind == SONDE_KIND_STRUCT || kind == SONDE_KIND_UNION)
    fill (self, byte_order);
  return self;
}

void
sonde_type_layout_free (SondeTypeLayout *self)
{
  g_array_unref (self->rows);
  sonde_type_unref (self->type);
  g_free (self);
}

const SondeLayoutRow *
sonde_type_layout_get_rows (const SondeTypeLayout *self, guint *n)
{
  *n = self->rows->len;
  return (const SondeLayoutRow *) self->rows->data;
}

const SondeLayoutTotals *
sonde_type_layout_get_totals (const SondeTypeLayout *self)
{
  return &self->totals;
}

SondeType *
sonde_type_layout_find_nested (SondeType *type)
{
  while (type != NULL && sonde_type_get_kind (type) == SONDE_KIND_ARRAY)
    type = sonde_type_get_base (type);
  if (type == NULL)
    return NULL;
  return sonde_type_get_kind (type) == SONDE_KIND_STRUCT
                 || sonde_type_get_kind (type) == SONDE_KIND_UNION
             ? type
             : NULL;
}

/* --- as text ---------------------------------------------------------------------------------- */

char *
sonde_layout_row_dup_bits (const SondeLayoutRow *row)
{
  if (row->bit_size == 0)
    return g_strdup ("");
  if (row->bit_size == 1)
    return g_strdup_printf ("%u", row->bit_offset);
  return g_strdup_printf ("%u-%u", row->bit_offset, row->bit_offset + row->bit_size - 1);
}

/* "3 bytes", "5 bits", "1 byte 4 bits" */
static char *
describe_bits (guint64 n)
{
  const guint64 bytes = n / 8;
  const guint bits = (guint) (n % 8);
  g_autofree char *whole
      = g_strdup_printf ("%" G_GUINT64_FORMAT " byte%s", bytes, bytes == 1 ? "" : "s");

  if (bits == 0)
    return g_steal_pointer (&whole);
  return g_strdup_printf ("%s%s%u bit%s", bytes > 0 ? whole : "", bytes > 0 ? " " : "", bits,
                          bits == 1 ? "" : "s");
}

char *
sonde_layout_totals_describe (const SondeLayoutTotals *totals)
{
  g_autofree char *size = describe_bits (to_bits (totals->size));
  g_autofree char *members = describe_bits (totals->member_bits);
  g_autofree char *holes = describe_bits (totals->hole_bits);
  g_autofree char *tail = describe_bits (totals->tail_bits);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s, %s in members, ", size, members);
  if (totals->n_holes == 0)
    g_string_append (text, "no holes, ");
  else
    g_string_append_printf (text, "%u hole%s of %s, ", totals->n_holes,
                            totals->n_holes == 1 ? "" : "s", holes);
  g_string_append_printf (text, "%s padding at the end, alignment %u%s",
                          totals->tail_bits == 0 ? "no" : tail, totals->largest_align,
                          totals->is_unaligned ? ", packed" : "");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is at hand while the lines are written. */
typedef struct
{
  GString *text;
  int byte_order;
  guint n_lines;
} Printer;

static void
print_rows (Printer *self, SondeType *type, guint64 base, guint level, guint depth)
{
  g_autoptr (SondeTypeLayout) layout = sonde_type_layout_new (type, self->byte_order);
  guint n = 0;
  const SondeLayoutRow *rows = sonde_type_layout_get_rows (layout, &n);

  for (guint i = 0; i < n && self->n_lines < MAX_LINES; i++)
    {
      const SondeLayoutRow *row = &rows[i];
      g_autofree char *bits = sonde_layout_row_dup_bits (row);
      g_autofree char *size
          = row->bit_size > 0 ? g_strdup ("") : g_strdup_printf ("%" G_GUINT64_FORMAT, row->size);
      const char *name = row->type == NULL   ? "(hole)"
                         : row->name == NULL ? "(anonymous)"
                                             : row->name;
      const int indent = 2 * (int) level;

      g_string_append_printf (self->text, "%6" G_GUINT64_FORMAT " %6s %5s  %*s%-*s  %s\n",
                              base + row->offset, size, bits, indent, "", MAX (28 - indent, 1),
                              name, row->type != NULL ? sonde_type_get_name (row->type) : "");
      /* A hole has no type behind its name. */
      while (row->type == NULL && self->text->str[self->text->len - 1] <= ' ')
        g_string_truncate (self->text, self->text->len - 1);
      if (row->type == NULL)
        g_string_append_c (self->text, '\n');
      self->n_lines++;
      if (row->type != NULL && level < depth && sonde_type_layout_find_nested (row->type) != NULL)
        print_rows (self, sonde_type_layout_find_nested (row->type), base + row->offset, level + 1,
                    depth);
    }
}

char *
sonde_type_layout_to_text (SondeType *type, int byte_order, guint depth)
{
  g_autoptr (SondeTypeLayout) layout = sonde_type_layout_new (type, byte_order);
  g_autofree char *totals = sonde_layout_totals_describe (&layout->totals);
  Printer printer = { g_string_new (NULL), byte_order, 0 };

  g_string_append_printf (printer.text, "offset   size  bits  %-28s  type\n", "member");
  print_rows (&printer, type, 0, 0, depth);
  if (printer.n_lines == MAX_LINES)
    g_string_append (printer.text, "and more\n");
  g_string_append_printf (printer.text, "%s: %s\n", sonde_type_get_name (type), totals);
  return g_string_free (printer.text, FALSE);
}
