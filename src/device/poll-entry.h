/* poll-entry.h: a watch as the scheduler sees it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/chase.h"
#include "device/watch.h"

typedef struct
{
  guint64 n_samples; /* delivered */
  guint64 n_lost;    /* asked for and not delivered, or not asked for in time */
  guint64 n_rounds;  /* begun */
} SondePollTally;

/* A watch as the scheduler sees it. Reference counted: answers on their way hold it. */
typedef struct
{
  SondeWatch *watch; /* owned */
  SondeChase *chase; /* owned; NULL: no pointer is read before it */
  gboolean is_removed;
  SondeMerge merge;       /* how far the board's refusals have driven it from the others */
  guint n_failures;       /* one after the other */
  gboolean is_backed_off; /* tried once a second */
  gboolean needs_move;    /* its place in the groups changed */
  gboolean needs_plan;    /* behind pointers that changed */
  gboolean needs_again;   /* likewise: to be read at once */
  gboolean is_asked_again;
  guint64 passed_round; /* the newest that makes way for that */
  guint64 stale_before; /* answers to commands of lower order are not shown */
  guint64 round;        /* the one that bytes belong to */
  guint32 filled;
  gboolean has_failed; /* in this round */
  gboolean is_open;    /* behind pointers: this round has neither brought a value nor failed */
  guint32 size;
  guint8 *bytes; /* owned */
} SondePollEntry;

SondePollEntry *sonde_poll_entry_new (SondeWatch *watch);
void sonde_poll_entry_unref (SondePollEntry *self);
/** sonde_poll_entry_get_rate: what the scheduler really tries. */
double sonde_poll_entry_get_rate (const SondePollEntry *self);
/** sonde_poll_entry_forget: failures, back-off and isolation: of another connection or address. */
void sonde_poll_entry_forget (SondePollEntry *self);
/** sonde_poll_entry_overlaps: it reads bytes of these. */
gboolean sonde_poll_entry_overlaps (const SondePollEntry *self, guint64 address, guint64 size);
/** sonde_poll_entry_begin_round: what came in of another one counts no more. */
void sonde_poll_entry_begin_round (SondePollEntry *self, guint64 round);
/** sonde_poll_entry_fail: once a round, in however many reads it comes. */
void sonde_poll_entry_fail (SondePollEntry *self, const char *error, SondePollTally *tally);
/** sonde_poll_entry_recover: the board answers for it: it is tried at its rate again. */
void sonde_poll_entry_recover (SondePollEntry *self);
/** sonde_poll_entry_deliver: its bytes are all there. */
void sonde_poll_entry_deliver (SondePollEntry *self, const SondeReply *reply, gint64 time_us,
                               SondePollTally *tally);
