/* poll-set.h: watches read together by one plan; cuts answers back into them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/poll-plan.h"
#include "device/watch.h"

/* A watch as the scheduler sees it. Reference counted: answers on their way hold it. */
typedef struct
{
  SondeWatch *watch; /* owned */
  gboolean is_removed;
  SondeMerge merge;       /* how far the board's refusals have driven it from the others */
  guint n_failures;       /* one after the other */
  gboolean is_backed_off; /* tried once a second */
  gboolean needs_move;    /* its place in the groups changed */
  guint64 stale_before;   /* answers to commands of lower order are not shown */
  guint64 round;          /* the one that bytes belong to */
  guint32 filled;
  gboolean has_failed; /* in this round */
  guint32 size;
  guint8 *bytes; /* owned */
} SondePollEntry;

SondePollEntry *sonde_poll_entry_new (SondeWatch *watch);
void sonde_poll_entry_unref (SondePollEntry *self);
/** sonde_poll_entry_get_rate: what the scheduler really tries. */
double sonde_poll_entry_get_rate (const SondePollEntry *self);
/** sonde_poll_entry_forget: failures, back-off and isolation: of another connection or address. */
void sonde_poll_entry_forget (SondePollEntry *self);

/* What the plan is made by. */
typedef struct
{
  const SondeLimits *limits;
  SondeMemoryOf memory_of; /* (nullable) */
  gpointer user_data;
} SondePollRules;

typedef struct
{
  guint64 n_samples; /* delivered */
  guint64 n_lost;    /* asked for and not delivered, or not asked for in time */
  guint64 n_rounds;  /* begun */
} SondePollTally;

/* Reference counted. The entries never change. */
typedef struct
{
  SondePollPlan *plan;
  GPtrArray *entries; /* of SondePollEntry; a place of the plan has the index of its entry */
} SondePollSet;

SondePollSet *sonde_poll_set_new (GPtrArray *entries, const SondePollRules *rules);
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
