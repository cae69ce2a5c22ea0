/* poll-roster.h: the watches of a board, and the groups in which they are read */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/poll-group.h"

/* Owned struct. */
typedef struct _SondePollRoster SondePollRoster;

SondePollRoster *sonde_poll_roster_new (void);
void sonde_poll_roster_free (SondePollRoster *self);
void sonde_poll_roster_add (SondePollRoster *self, SondeWatch *watch);
/** sonde_poll_roster_remove: FALSE: it was not there. */
gboolean sonde_poll_roster_remove (SondePollRoster *self, SondeWatch *watch);
gboolean sonde_poll_roster_is_empty (const SondePollRoster *self);
/** sonde_poll_roster_get_due: monotonic; G_MAXINT64 when there is nothing to read. */
gint64 sonde_poll_roster_get_due (const SondePollRoster *self);
/** sonde_poll_roster_find_ready: (transfer none) (nullable): a group with a read to be sent now;
 * groups take turns. */
SondePollGroup *sonde_poll_roster_find_ready (SondePollRoster *self, const SondePollRules *rules,
                                              gint64 now_us, SondePollTally *tally);
/** sonde_poll_roster_settle: does what answers asked for: other groups, other plans, one more round
 * at once. */
void sonde_poll_roster_settle (SondePollRoster *self);
void sonde_poll_roster_drop_finished (SondePollRoster *self);
/** sonde_poll_roster_replan: rules changed. */
void sonde_poll_roster_replan (SondePollRoster *self);
/** sonde_poll_roster_restart: another connection: failures are forgotten, due times begin now. */
void sonde_poll_roster_restart (SondePollRoster *self);
void sonde_poll_roster_forget_failures (SondePollRoster *self);
/** sonde_poll_roster_note_write: what was asked for in commands before @order is older than these
 * bytes. */
void sonde_poll_roster_note_write (SondePollRoster *self, guint64 address, guint64 size,
                                   guint64 order);
