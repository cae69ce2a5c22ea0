/* poll-set.h: watches read together by one plan; cuts answers back into them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/poll-entry.h"

/* What the plan is made by. */
typedef struct
{
  const SondeLimits *limits;
  SondeMemoryOf memory_of; /* (nullable) */
  gpointer user_data;
} SondePollRules;

/* What a place of the plan is of. */
typedef struct
{
  SondePollEntry *entry; /* owned reference */
  guint first, n;        /* places of this entry: behind pointers all of the chain */
} SondeSpot;

/* Reference counted. Its entries never change. */
typedef struct
{
  SondePollPlan *plan;
  SondeChaseReach reach;
  GArray *places; /* of SondePlace, as given to the plan */
  GArray *spots;  /* of SondeSpot, one for each place */
  GArray *order;  /* of guint: reads as they are to be sent; NULL: as they come */
} SondePollSet;

/** sonde_poll_set_new: @entries: of SondePollEntry. */
SondePollSet *sonde_poll_set_new (GPtrArray *entries, SondeChaseReach reach,
                                  const SondePollRules *rules);
/** sonde_poll_set_get_index: of the read in the plan that is sent as the @nth of a round. */
guint sonde_poll_set_get_index (const SondePollSet *self, guint nth);
SondePollSet *sonde_poll_set_ref (SondePollSet *self);
void sonde_poll_set_unref (SondePollSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondePollSet, sonde_poll_set_unref)

/**
 * sonde_poll_set_take:
 * @index: of the read in the plan
 * @round: grows; places whose bytes come in several reads are put together within a round
 * @time_us: of the sample, since the epoch
 *
 * Values go to the watches. A refused entry of a batch is isolated (needs_move), so that the others
 * go on.
 */
void sonde_poll_set_take (SondePollSet *self, guint index, guint64 round, const SondeReply *reply,
                          gint64 time_us, SondePollTally *tally);
