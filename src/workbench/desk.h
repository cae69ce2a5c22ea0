/* desk.h: the engine's side of the workbench: what the window watches, and the news of it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workbench/bulletin.h"
#include "workbench/engine.h"
#include "workbench/stream-scout.h"
#include "workbench/tap-queue.h"

/* Called on the main context with what became of a write. @error is NULL where it was read back as
 * wanted. */
typedef void (*SondeWriteDone) (guint id, GBytes *read_back, const GError *error,
                                gpointer user_data);

/*
 * Where the two threads meet. Made and freed on the main thread; functions that take the engine run
 * on its thread, the others on the main thread.
 */
typedef struct _SondeDesk SondeDesk;

SondeDesk *sonde_desk_new (void);
SondeDesk *sonde_desk_ref (SondeDesk *self);
void sonde_desk_unref (SondeDesk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeDesk, sonde_desk_unref)

/* Engine thread. */
/** sonde_desk_open: starts the rounds of news, 30 a second. */
void sonde_desk_open (SondeDesk *self, SondeEngine *engine);
/** sonde_desk_close: stops them and lets go of every watch; the engine may then be freed. */
void sonde_desk_close (SondeDesk *self);
/** sonde_desk_put_watch: a new id, or a known one that moves to another board or place. @device may
 * be unknown yet: the watch starts when it appears. */
void sonde_desk_put_watch (SondeDesk *self, guint id, const char *device, SondeVariable *variable,
                           double rate_hz);
/** sonde_desk_put_stream: likewise for what @device pushes as @name; begins when it does. */
void sonde_desk_put_stream (SondeDesk *self, guint id, const char *device, const char *name);
/** sonde_desk_rest_watch: its variable is gone: not polled until it is put again; then its trace
 * goes on behind a gap. */
void sonde_desk_rest_watch (SondeDesk *self, guint id);
void sonde_desk_drop_watch (SondeDesk *self, guint id);
void sonde_desk_set_rate (SondeDesk *self, guint id, double rate_hz);
/** sonde_desk_reset_extremes: @id 0: of all. */
void sonde_desk_reset_extremes (SondeDesk *self, guint id);
/** sonde_desk_write: @done comes on the default main context. */
void sonde_desk_write (SondeDesk *self, guint id, GBytes *bytes, SondeWriteDone done,
                       gpointer user_data);
void sonde_desk_set_tapped (SondeDesk *self, const char *device, gboolean is_tapped);
/** sonde_desk_set_map: the ELF that is open now; the one before is forgotten. */
void sonde_desk_set_map (SondeDesk *self, SondeAddressMap *map);
/** sonde_desk_trust: @device is written to although it runs other firmware than the open ELF. */
void sonde_desk_trust (SondeDesk *self, const char *device);
/** sonde_desk_forget_device: only a board that is not connected; its watches wait for it. */
void sonde_desk_forget_device (SondeDesk *self, const char *name);
/** sonde_desk_send_text: what was sent, or why not, stands in the log. */
void sonde_desk_send_text (SondeDesk *self, const char *device, const char *text);

/* Main thread. */
/** sonde_desk_take_bulletin: (transfer full) (nullable): the newest round, once. */
SondeBulletin *sonde_desk_take_bulletin (SondeDesk *self);
/** sonde_desk_take_streams: (element-type SondeStreamNews) (transfer full): what boards began to
 * push since the last call. */
GPtrArray *sonde_desk_take_streams (SondeDesk *self);
/** sonde_desk_take_taps: (element-type SondeTapNews) (transfer full): what came since the last
 * call; @n_dropped beyond 5 000. */
GPtrArray *sonde_desk_take_taps (SondeDesk *self, guint *n_dropped);
