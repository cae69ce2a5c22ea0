/* poll-plan.c: places to watch become the fewest reads that a board allows; pure */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/poll-plan.h"

#include <string.h>

#define MAX_GAP 16
/* {"cmd":"mem_read_many","reads":[ .. ],"seq":N} and its line end, with the longest number. */
#define COMMAND_BYTES 64
/* {"res":"mem_read_many","seq":N,"t":N,"data":".."}, with the longest numbers. */
#define ANSWER_BYTES 80

/* A run of bytes that one entry or one access can bring. */
typedef struct
{
  guint place;
  guint32 place_offset;
  guint64 address;
  guint32 size;
  SondeMemory memory;
  SondeMerge merge;
} Piece;

struct _SondePollPlan
{
  GArray *reads;      /* of SondePlanRead */
  guint8 *n_commands; /* a place: how many reads bring it, 2 meaning several */
};

/* What is being built. */
typedef struct
{
  SondePollPlan *plan;
  const SondeLimits *limits;
  SondeMemoryOf memory_of;
  gpointer user_data;
  SondeRange range; /* the open one */
  SondeMemory memory;
  SondeMerge merge;
  GArray *slices;      /* of the open range; read_offset counts from its start */
  gsize command_bytes; /* of the open batch */
} Builder;

guint
sonde_place_next_unit (guint64 address, guint32 size, guint max_unit, guint32 *offset)
{
  guint32 left = size - *offset;
  guint unit = max_unit;

  if (left == 0)
    return 0;
  if (*offset == 0 && size <= max_unit && (size & (size - 1)) == 0)
    unit = size;
  else
    while (unit > left || (address + *offset) % unit != 0)
      unit /= 2;
  /* A double at an odd address still has two halves, not eight bytes. */
  if (size == 8 && max_unit < 8)
    unit = 4;
  *offset += unit;
  return unit;
}

static gboolean
reads_runs (const SondeLimits *limits, const SondePlace *place)
{
  return limits->block > 0 && place->memory != SONDE_MEMORY_PERIPHERAL;
}

static void
cut_place (GArray *pieces, guint index, const SondePlace *place, const SondeLimits *limits)
{
  guint32 offset = 0;

  while (offset < place->size)
    {
      Piece piece = { .place = index,
                      .place_offset = offset,
                      .address = place->address + offset,
                      .memory = place->memory,
                      .merge = place->merge };

      if (reads_runs (limits, place))
        {
          piece.size = MIN (place->size - offset, limits->block);
          offset += piece.size;
        }
      else
        piece.size = sonde_place_next_unit (place->address, place->size, limits->max_unit, &offset);
      g_array_append_val (pieces, piece);
    }
}

static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  const Piece *x = a, *y = b;

  if (x->address != y->address)
    return x->address < y->address ? -1 : 1;
  if (x->size != y->size)
    return x->size < y->size ? -1 : 1;
  /* The strictest first: what follows may join it, not the other way round. */
  if (x->merge != y->merge)
    return x->merge > y->merge ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

static gsize
count_entry_bytes (const SondeRange *range)
{
  char text[64];

  return (gsize) g_snprintf (text, sizeof text, "[\"0x%08" G_GINT64_MODIFIER "X\",%u],",
                             range->address, range->size);
}

static gsize
count_base64_bytes (gsize size)
{
  return (size + 2) / 3 * 4;
}

static SondePlanRead *
open_read (Builder *self, SondeReadKind kind)
{
  SondePlanRead added = { .read.kind = kind,
                          .read.ranges = g_array_new (FALSE, FALSE, sizeof (SondeRange)),
                          .slices = g_array_new (FALSE, FALSE, sizeof (SondeSlice)) };

  g_array_append_val (self->plan->reads, added);
  self->command_bytes = COMMAND_BYTES;
  return &g_array_index (self->plan->reads, SondePlanRead, self->plan->reads->len - 1);
}

static SondeReadKind
choose_kind (const Builder *self)
{
  guint32 size = self->range.size;

  if (self->memory == SONDE_MEMORY_PERIPHERAL || self->limits->block == 0)
    return SONDE_READ_UNIT;
  if (self->limits->batch > 0)
    return SONDE_READ_MANY;
  return size <= self->limits->max_unit && (size & (size - 1)) == 0 ? SONDE_READ_UNIT
                                                                    : SONDE_READ_BLOCK;
}

/* Whether the open range may join the newest read as one more entry. */
static gboolean
fits_newest_read (const Builder *self, const SondePlanRead *newest)
{
  if (newest == NULL || newest->read.kind != SONDE_READ_MANY || self->merge == SONDE_MERGE_ALONE)
    return FALSE;
  return newest->read.ranges->len < self->limits->batch
         && self->command_bytes + count_entry_bytes (&self->range) <= self->limits->message_bytes
         && ANSWER_BYTES + count_base64_bytes ((gsize) newest->read.size + self->range.size)
                <= self->limits->message_bytes;
}

static void
note_command (SondePollPlan *plan, guint place, guint n_before)
{
  if (plan->n_commands[place] == 0)
    plan->n_commands[place] = 1;
  else if (n_before == 0)
    plan->n_commands[place] = 2;
}

static guint
count_slices_of (const GArray *slices, guint place)
{
  guint n = 0;

  for (guint i = 0; i < slices->len; i++)
    n += g_array_index (slices, SondeSlice, i).place == place;
  return n;
}

static void
finish_range (Builder *self)
{
  SondeReadKind kind = choose_kind (self);
  GArray *reads = self->plan->reads;
  SondePlanRead *target
      = reads->len > 0 ? &g_array_index (reads, SondePlanRead, reads->len - 1) : NULL;

  if (self->slices->len == 0)
    return;
  if (kind != SONDE_READ_MANY || !fits_newest_read (self, target))
    target = open_read (self, kind);
  for (guint i = 0; i < self->slices->len; i++)
    {
      SondeSlice slice = g_array_index (self->slices, SondeSlice, i);

      slice.range = target->read.ranges->len;
      slice.read_offset += target->read.size;
      note_command (self->plan, slice.place, count_slices_of (target->slices, slice.place));
      g_array_append_val (target->slices, slice);
    }
  g_array_append_val (target->read.ranges, self->range);
  target->read.size += self->range.size;
  /* Nothing joins a command that stands alone. */
  self->command_bytes = self->merge == SONDE_MERGE_ALONE
                            ? self->limits->message_bytes
                            : self->command_bytes + count_entry_bytes (&self->range);
  g_array_set_size (self->slices, 0);
}

/* Bytes between two places are read only where that can do no harm: registers may clear. */
static gboolean
may_read_gap (const Builder *self, const Piece *piece, guint64 gap)
{
  if (gap == 0)
    return TRUE;
  return gap <= MAX_GAP && self->memory == SONDE_MEMORY_RAM && piece->memory == SONDE_MEMORY_RAM
         && self->memory_of != NULL
         && self->memory_of (self->range.address + self->range.size, gap, self->user_data)
                == SONDE_MEMORY_RAM;
}

static gboolean
joins_open_range (const Builder *self, const Piece *piece)
{
  guint64 offset = piece->address - self->range.address;

  if (self->slices->len == 0 || self->merge == SONDE_MERGE_ALONE
      || piece->merge == SONDE_MERGE_ALONE || self->memory != piece->memory)
    return FALSE;
  if (offset == 0 && piece->size == self->range.size)
    return TRUE;
  if (piece->memory == SONDE_MEMORY_PERIPHERAL || self->limits->block == 0
      || self->merge != SONDE_MERGE_FREELY || piece->merge != SONDE_MERGE_FREELY)
    return FALSE;
  if (offset + piece->size > self->limits->block)
    return FALSE;
  return offset <= self->range.size || may_read_gap (self, piece, offset - self->range.size);
}

static void
add_piece (Builder *self, const Piece *piece)
{
  SondeSlice slice
      = { .place = piece->place, .place_offset = piece->place_offset, .size = piece->size };

  if (!joins_open_range (self, piece))
    {
      finish_range (self);
      self->range = (SondeRange){ piece->address, 0 };
      self->memory = piece->memory;
      self->merge = piece->merge;
    }
  slice.read_offset = (guint32) (piece->address - self->range.address);
  self->range.size = MAX (self->range.size, slice.read_offset + piece->size);
  g_array_append_val (self->slices, slice);
}

static void
clear_read (gpointer data)
{
  SondePlanRead *read = data;

  g_array_unref (read->read.ranges);
  g_array_unref (read->slices);
  if (read->read.rendered != NULL)
    g_string_free (read->read.rendered, TRUE);
}

SondePollPlan *
sonde_poll_plan_new (const SondePlace *places, guint n_places, const SondeLimits *limits,
                     SondeMemoryOf memory_of, gpointer user_data)
{
  SondePollPlan *self = g_new0 (SondePollPlan, 1);
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_autoptr (GArray) slices = g_array_new (FALSE, FALSE, sizeof (SondeSlice));
  Builder builder = {
    .plan = self, .limits = limits, .memory_of = memory_of, .user_data = user_data, .slices = slices
  };

  self->reads = g_array_new (FALSE, FALSE, sizeof (SondePlanRead));
  g_array_set_clear_func (self->reads, clear_read);
  self->n_commands = g_new0 (guint8, MAX (n_places, 1));
  for (guint i = 0; i < n_places; i++)
    cut_place (pieces, i, &places[i], limits);
  g_array_sort (pieces, compare_pieces);
  for (guint i = 0; i < pieces->len; i++)
    add_piece (&builder, &g_array_index (pieces, Piece, i));
  finish_range (&builder);
  return self;
}

void
sonde_poll_plan_free (SondePollPlan *self)
{
  g_array_unref (self->reads);
  g_free (self->n_commands);
  g_free (self);
}

guint
sonde_poll_plan_get_n_reads (const SondePollPlan *self)
{
  return self->reads->len;
}

SondePlanRead *
sonde_poll_plan_get_read (SondePollPlan *self, guint index)
{
  g_return_val_if_fail (index < self->reads->len, NULL);

  return &g_array_index (self->reads, SondePlanRead, index);
}

gboolean
sonde_poll_plan_is_atomic (const SondePollPlan *self, guint place)
{
  return self->n_commands[place] < 2;
}
