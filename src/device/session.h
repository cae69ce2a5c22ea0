/* session.h: the connection of one board: link, polling, silence, boots, end */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/board-clock.h"
#include "device/poll-scheduler.h"

typedef enum
{
  SONDE_DEVICE_GREETING, /* connected, init not yet answered */
  SONDE_DEVICE_READY,    /* answered init */
  SONDE_DEVICE_STREAM,   /* 5 s of silence after init: only listens and pushes */
  SONDE_DEVICE_LOST,     /* was there; may come back */
} SondeDeviceState;

/* News for the owner, who keeps the session alive during each call. */
typedef struct
{
  /* all but answers to reads, writes and end */
  void (*message) (gpointer owner, const SondeMessage *message, const char *text, gsize size);
  void (*state) (gpointer owner, const char *why); /* get_state() is new; @why: for the log */
  void (*gap) (gpointer owner);                    /* nothing is known from here on */
  void (*boot) (gpointer owner);                   /* the board started anew */
  void (*ended) (gpointer owner);                  /* once for each sonde_session_end() */
  void (*tap) (gpointer owner, gboolean outgoing, const char *text, gsize size);
} SondeSessionHandler;

/* Owned struct, engine thread. Lives over reconnects. */
typedef struct _SondeSession SondeSession;

SondeSession *sonde_session_new (const SondeSessionHandler *handler, gpointer owner);
void sonde_session_free (SondeSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSession, sonde_session_free)

/** sonde_session_take_link: @link: (transfer full); @identity: NULL: it answers no init. A link
 * that is still there is closed: replaced. */
void sonde_session_take_link (SondeSession *self, SondeLink *link, const SondeIdentity *identity);
/** sonde_session_release_link: (transfer full) (nullable). */
SondeLink *sonde_session_release_link (SondeSession *self);
SondeLink *sonde_session_get_link (SondeSession *self); /* (transfer none) (nullable) */
/** sonde_session_take_identity: another answer to init. Returns: FALSE when it said nothing new. */
gboolean sonde_session_take_identity (SondeSession *self, const SondeIdentity *identity);
const SondeIdentity *sonde_session_get_identity (SondeSession *self);
SondeDeviceState sonde_session_get_state (SondeSession *self);
gboolean sonde_session_is_silent (SondeSession *self);
SondePollScheduler *sonde_session_get_scheduler (SondeSession *self);
SondeBoardClock *sonde_session_get_clock (SondeSession *self);
/** sonde_session_get_status: counters over all connections. */
void sonde_session_get_status (SondeSession *self, SondeLinkStatus *status);
void sonde_session_set_tapped (SondeSession *self, gboolean is_tapped);
/** sonde_session_end: stops polling, says so, closes after the answer or 1 s. */
void sonde_session_end (SondeSession *self);
/** sonde_session_tick: time-outs and silence. Returns: monotonic time of the next call, or
 * G_MAXINT64. */
gint64 sonde_session_tick (SondeSession *self, gint64 now_us);
