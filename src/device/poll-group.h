/* poll-group.h: the watches of one rate: due times on an absolute grid, rounds of reads */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/poll-set.h"

/* Owned struct. */
typedef struct _SondePollGroup SondePollGroup;

typedef enum
{
  SONDE_GROUP_REPEATS,
  SONDE_GROUP_FOLLOWS, /* repeats; of watches behind pointers, whose plans change with those */
  SONDE_GROUP_ONCE,    /* one round, then it is over */
} SondeGroupKind;

/** sonde_poll_group_new: @rate_hz 0: the next round begins when the one before was sent. */
SondePollGroup *sonde_poll_group_new (SondeGroupKind kind, double rate_hz, gint64 start_us);
void sonde_poll_group_free (SondePollGroup *self);
double sonde_poll_group_get_rate (const SondePollGroup *self);
SondeGroupKind sonde_poll_group_get_kind (const SondePollGroup *self);
/** sonde_poll_group_is_over: nothing will be read by it again. */
gboolean sonde_poll_group_is_over (const SondePollGroup *self);
void sonde_poll_group_add (SondePollGroup *self, SondePollEntry *entry);
void sonde_poll_group_remove (SondePollGroup *self, SondePollEntry *entry);
/** sonde_poll_group_restart: the grid begins anew, for a new connection. The plan is made again. */
void sonde_poll_group_restart (SondePollGroup *self, gint64 start_us);
/** sonde_poll_group_replan: at the next round: rules changed. */
void sonde_poll_group_replan (SondePollGroup *self);
/** sonde_poll_group_replan_for: likewise, if @entry is in it. */
void sonde_poll_group_replan_for (SondePollGroup *self, SondePollEntry *entry);
/** sonde_poll_group_get_due: monotonic; G_MAXINT64 when there is nothing to read. */
gint64 sonde_poll_group_get_due (const SondePollGroup *self);
/** sonde_poll_group_get_next_round: likewise; when what joins now is read first. */
gint64 sonde_poll_group_get_next_round (const SondePollGroup *self);
/**
 * sonde_poll_group_is_ready:
 *
 * Makes the plan where a round begins. Due times that are too old are counted as skipped; a little
 * lateness is made up, so that a hiccup of the host costs no sample.
 *
 * Returns: TRUE when a read is to be sent now
 */
gboolean sonde_poll_group_is_ready (SondePollGroup *self, const SondePollRules *rules,
                                    gint64 now_us, SondePollTally *tally);
/** sonde_poll_group_get_next: of a ready group; @index of the read in the set's plan, @round. */
SondePollSet *sonde_poll_group_get_next (SondePollGroup *self, guint *index, guint64 *round);
/** sonde_poll_group_advance: that read was sent. */
void sonde_poll_group_advance (SondePollGroup *self);
