/* chase.h: a watch behind pointers: what is read of them, and what follows from it; pure */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/pointer-chain.h"
#include "device/poll-plan.h"

/*
 * A round reads all pointers of the chain and the variable together, each where the pointers led
 * when they were last read: one message where the board takes batches. Its value counts only when
 * every pointer of the same round still leads there; else the round is asked again at once, from
 * the new addresses. So a steady pointer costs no round trip of its own, and the value of another
 * object is never shown.
 *
 * A place that the pointers never led to before is tried by a round of its own: a wild pointer
 * spoils nobody else's batch. Refused, it is tried again after a second, or when a pointer changes.
 */
typedef struct _SondeChase SondeChase;

typedef enum
{
  SONDE_CHASE_ARRIVED, /* the bytes read are the variable's */
  SONDE_CHASE_AGAIN,   /* the pointers lead elsewhere or further: ask at once */
  SONDE_CHASE_FAILED,  /* sonde_chase_get_error() says why */
} SondeChaseStep;

typedef enum
{
  SONDE_CHASE_KNOWN, /* places that were answered before */
  SONDE_CHASE_TRIAL, /* one more */
} SondeChaseReach;

/** sonde_chase_new: (nullable): NULL: no pointer is read before @variable. */
SondeChase *sonde_chase_new (SondeVariable *variable);
void sonde_chase_free (SondeChase *self);
/** sonde_chase_forget: another connection or boot: nothing is known of the pointers. */
void sonde_chase_forget (SondeChase *self);

typedef struct
{
  SondeChaseReach reach;
  SondeMerge merge;
  SondeMemoryOf memory_of; /* (nullable): NULL: all that is pointed to is read by exact widths */
  gpointer user_data;
} SondeChaseRules;

/** sonde_chase_append_places: what a round reads, in the order of the chain. Returns: how many. */
guint sonde_chase_append_places (const SondeChase *self, const SondeChaseRules *rules,
                                 GArray *places);
/** sonde_chase_get_variable: (transfer none): what stands at a place. */
SondeVariable *sonde_chase_get_variable (const SondeChase *self, guint place);
/** sonde_chase_get_bytes: (nullable): where the bytes of a pointer go; NULL: the variable's. */
guint8 *sonde_chase_get_bytes (SondeChase *self, guint place);

/** sonde_chase_conclude: @places: of the round, all answered. */
SondeChaseStep sonde_chase_conclude (SondeChase *self, const SondePlace *places, guint n,
                                     gint64 now_us);
/**
 * sonde_chase_refuse:
 * @place: not the first
 *
 * The board refused it, and it alone. What was known before is asked for again first: the pointers
 * may have changed.
 */
SondeChaseStep sonde_chase_refuse (SondeChase *self, guint place, const SondePlace *refused,
                                   SondeChaseReach reach, const char *error, gint64 now_us);
const char *sonde_chase_get_error (const SondeChase *self);
/** sonde_chase_take_news: TRUE once when rounds must read other places than before. */
gboolean sonde_chase_take_news (SondeChase *self);
/** sonde_chase_overlaps: some place that it reads has bytes of these. */
gboolean sonde_chase_overlaps (const SondeChase *self, guint64 address, guint64 size);
