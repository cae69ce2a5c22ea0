/* in-flight.h: commands on their way, and which of them an answer belongs to; pure */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/link.h"

typedef struct
{
  SondeMessageKind kind; /* of the answer */
  gboolean has_address;
  guint64 address;
  guint64 seq;
  guint32 size;     /* bytes asked for */
  gboolean is_unit; /* the answer is one value, not a run of bytes */
  guint64 order;
  gint64 sent_us;
  SondeAsk ask;
} SondePending;

/* A value: oldest first, no memory of its own. */
typedef struct
{
  SondePending slots[SONDE_LINK_MAX_WINDOW];
  guint n;
} SondeInFlight;

/** sonde_in_flight_add: FALSE when all slots are taken. */
gboolean sonde_in_flight_add (SondeInFlight *self, const SondePending *pending);
/**
 * sonde_in_flight_take_match:
 * @by_seq: the board announced it: an answer without the number, or with one that nobody waits for,
 * belongs to nobody
 * @taken: (out): the command answered, no longer in flight
 *
 * Without numbers: the oldest of the same kind and address; of the same kind where the answer names
 * no address.
 */
gboolean sonde_in_flight_take_match (SondeInFlight *self, const SondeMessage *answer,
                                     gboolean by_seq, SondePending *taken);
/** sonde_in_flight_take_sent_before: the oldest, if it was sent before @limit_us. */
gboolean sonde_in_flight_take_sent_before (SondeInFlight *self, gint64 limit_us,
                                           SondePending *taken);

/** sonde_pending_judge: checks an answer against what was asked, and fills outcome, error and value
 * of the reply; texts and bytes are borrowed from @answer. */
void sonde_pending_judge (const SondePending *self, const SondeMessage *answer, SondeReply *reply);
