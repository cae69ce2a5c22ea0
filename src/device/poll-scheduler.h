/* poll-scheduler.h: what is asked of one board, and when */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/board-clock.h"
#include "device/poll-set.h"

/* Owned struct, engine thread. Reads and writes of a person go in front of what is due; groups that
 * are due take turns, read by read. Wakes by timerfd. */
typedef struct _SondePollScheduler SondePollScheduler;

/** sonde_poll_scheduler_new: @clock: borrowed: maps the board's ticks. */
SondePollScheduler *sonde_poll_scheduler_new (SondeBoardClock *clock);
void sonde_poll_scheduler_free (SondePollScheduler *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondePollScheduler, sonde_poll_scheduler_free)

/** sonde_poll_scheduler_set_link: NULL: polling rests, what waits in front gets GONE. A link:
 * failures are forgotten, due times begin now. Commands on their way get GONE: their answers, of
 * another boot perhaps, are not shown. */
void sonde_poll_scheduler_set_link (SondePollScheduler *self, SondeLink *link);
void sonde_poll_scheduler_set_memory_of (SondePollScheduler *self, SondeMemoryOf func,
                                         gpointer user_data);
/** sonde_poll_scheduler_find_memory: where nobody knows: PERIPHERAL, to be on the safe side. */
SondeMemory sonde_poll_scheduler_find_memory (SondePollScheduler *self, guint64 address,
                                              guint64 size);
void sonde_poll_scheduler_add (SondePollScheduler *self, SondeWatch *watch);
void sonde_poll_scheduler_remove (SondePollScheduler *self, SondeWatch *watch);
/** sonde_poll_scheduler_refresh: the watch has another rate or variable. */
void sonde_poll_scheduler_refresh (SondePollScheduler *self, SondeWatch *watch);
/** sonde_poll_scheduler_forget_failures: the board came back from a silence. */
void sonde_poll_scheduler_forget_failures (SondePollScheduler *self);

/** sonde_poll_scheduler_ask_read, _ask_write: in front of what is due. @read, and the write's data,
 * must live until the reply, which always comes, unless the scheduler is freed. */
void sonde_poll_scheduler_ask_read (SondePollScheduler *self, SondeRead *read, const SondeAsk *ask);
/** sonde_poll_scheduler_ask_idle_read: likewise, but behind: when nothing is due; on a board that
 * is always busy one now and then, so that it comes to an end. */
void sonde_poll_scheduler_ask_idle_read (SondePollScheduler *self, SondeRead *read,
                                         const SondeAsk *ask);
void sonde_poll_scheduler_ask_write (SondePollScheduler *self, const SondeWrite *write,
                                     const SondeAsk *ask);
/** sonde_poll_scheduler_note_write: answers to commands sent before now are not shown by watches of
 * these bytes: they may be older than what was written. */
void sonde_poll_scheduler_note_write (SondePollScheduler *self, guint64 address, guint64 size);
/** sonde_poll_scheduler_get_tally: since the beginning. */
const SondePollTally *sonde_poll_scheduler_get_tally (SondePollScheduler *self);
gboolean sonde_poll_scheduler_has_watches (SondePollScheduler *self);
