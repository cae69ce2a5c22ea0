/* poll-plan.h: places to watch become the fewest reads that a board allows; pure */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/link.h"
#include "types/variable.h"

typedef enum
{
  SONDE_MERGE_FREELY, /* with its neighbours, over short gaps of RAM */
  SONDE_MERGE_EXACT,  /* an entry of its own, exactly its bytes */
  SONDE_MERGE_ALONE,  /* a command of its own: it must not spoil others */
} SondeMerge;

typedef struct
{
  guint64 address;
  guint32 size;
  SondeMemory memory;
  SondeMerge merge;
} SondePlace;

/* Bytes of an answer that belong to a place. */
typedef struct
{
  guint place;          /* index of what was given to the plan */
  guint range;          /* index of the entry in the read */
  guint32 read_offset;  /* in the answer */
  guint32 place_offset; /* in the place */
  guint32 size;
} SondeSlice;

typedef struct
{
  SondeRead read;
  GArray *slices; /* of SondeSlice, in the order of the answer */
} SondePlanRead;

/** SondeMemoryOf: which memory @size bytes at @address are. */
typedef SondeMemory (*SondeMemoryOf) (guint64 address, guint64 size, gpointer user_data);

/* Owned struct. Reads rise by address; equal input gives equal reads, in whatever order it comes.
 */
typedef struct _SondePollPlan SondePollPlan;

/** sonde_poll_plan_new: @memory_of: (nullable): NULL: no byte is read that was not asked for. */
SondePollPlan *sonde_poll_plan_new (const SondePlace *places, guint n_places,
                                    const SondeLimits *limits, SondeMemoryOf memory_of,
                                    gpointer user_data);
void sonde_poll_plan_free (SondePollPlan *self);
guint sonde_poll_plan_get_n_reads (const SondePollPlan *self);
/** sonde_poll_plan_get_read: not const: the link keeps its text there. */
SondePlanRead *sonde_poll_plan_get_read (SondePollPlan *self, guint index);
/** sonde_poll_plan_is_atomic: the place comes in one answer: its bytes belong together. */
gboolean sonde_poll_plan_is_atomic (const SondePollPlan *self, guint place);

/**
 * sonde_place_next_unit:
 * @offset: in and out: where the next access begins in the place
 *
 * Cuts a place into single accesses: sizes that are a unit stay whole where the board can, all else
 * goes by natural alignment, low address first.
 *
 * Returns: bytes of the access, 0 at the end
 */
guint sonde_place_next_unit (guint64 address, guint32 size, guint max_unit, guint32 *offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondePollPlan, sonde_poll_plan_free)
