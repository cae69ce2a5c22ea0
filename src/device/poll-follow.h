/* poll-follow.h: answers to what is read of a watch behind pointers */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/poll-entry.h"

/* A piece of an answer, all borrowed. */
typedef struct
{
  const SondePlanRead *read;
  const SondeSlice *slice;
  const SondeReply *reply;
  SondePollEntry *entry;
  const SondePlace *places; /* of the entry in the plan */
  guint first, n;           /* their numbers there */
  SondeChaseReach reach;
  gint64 time_us; /* of the sample, since the epoch */
  SondePollTally *tally;
} SondeFollowed;

/**
 * sonde_poll_follow_take:
 *
 * When all of the round is there, either the value goes to the watch or an error, or the entry is
 * to be asked again at once (needs_again). One such round is under way at a time; others make way
 * for it.
 */
void sonde_poll_follow_take (const SondeFollowed *self, guint64 round);
