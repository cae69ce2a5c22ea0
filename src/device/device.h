/* device.h: one board: who it is, how it is, what is watched on it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "device/session.h"

#define SONDE_DEVICE_ERROR (sonde_device_error_quark ())
GQuark sonde_device_error_quark (void);
typedef enum
{
  SONDE_DEVICE_ERROR_REFUSED,   /* the board said no: message is its own text */
  SONDE_DEVICE_ERROR_TIMEOUT,   /* 5 s without an answer: try again */
  SONDE_DEVICE_ERROR_GONE,      /* no connection: wait for the board */
  SONDE_DEVICE_ERROR_READ_ONLY, /* not writable, or another firmware's address */
  SONDE_DEVICE_ERROR_DIFFERS,   /* written, but read back as something else: message tells both */
} SondeDeviceError;

/* SondeDeviceState: see device/session.h: GREETING, READY, STREAM, LOST. */
typedef struct
{
  SondeDeviceState state;
  gboolean is_silent;  /* LOST, but the connection stands: asked and not answering for 2.5 s */
  const char *name;    /* "demo-motor"; unnamed: "127.0.0.1#1", "127.0.0.1#2" */
  const char *address; /* peer, numeric */
  SondeIdentity identity;
  gint64 connected_us; /* epoch; of the present or last connection */
  gint64 lost_us;      /* epoch, 0 while connected */
  double rate_hz;      /* answers a second, over the last second */
  double samples_hz;   /* samples a second */
  gint64 rtt_us;       /* median of the last 32 round trips, -1 unknown */
  guint64 n_answers, n_timeouts, n_refused, n_unasked, n_lost_samples;
  gboolean sends_unmasked;
} SondeDeviceInfo;

/* Engine thread only. Owned by the registry, which may give it another name while it lives: a board
 * that was known by its address only has told its own. Signals (all on the engine thread):
 *   "changed"                        state, name, identity or statistics; at most 10 a second
 *   "tap" (gboolean outgoing, const char *text, guint size)   every raw message, only while tapped
 */
#define SONDE_TYPE_DEVICE (sonde_device_get_type ())
G_DECLARE_FINAL_TYPE (SondeDevice, sonde_device, SONDE, DEVICE, GObject)

const SondeDeviceInfo *sonde_device_get_info (SondeDevice *self);
const char *sonde_device_get_name (SondeDevice *self);
gboolean sonde_device_is_connected (SondeDevice *self);

/** sonde_device_add_watch: (transfer none): the watch goes on over reconnects. @variable must be a
 * leaf of at most caps. Behind pointers its values are those of whatever object they lead to, all
 * on one trace; where they lead nowhere, or where the board lets nobody read, its error says so. */
SondeWatch *sonde_device_add_watch (SondeDevice *self, SondeVariable *variable, double rate_hz);
/** sonde_device_move_watch: the same watch at another address (rebuilt firmware): trace and
 * statistics stay. */
void sonde_device_move_watch (SondeDevice *self, SondeWatch *watch, SondeVariable *variable);
/** sonde_device_rest_watch: not polled until sonde_device_move_watch() says where; trace and
 * statistics stay. */
void sonde_device_rest_watch (SondeDevice *self, SondeWatch *watch);
void sonde_device_remove_watch (SondeDevice *self, SondeWatch *watch);
guint sonde_device_get_n_watches (SondeDevice *self);
SondeWatch *sonde_device_get_watch (SondeDevice *self, guint index); /* (transfer none) */
/** sonde_device_set_memory_of: tells the plan where bytes nobody asked for may be read. NULL:
 * nowhere. */
void sonde_device_set_memory_of (SondeDevice *self, SondeMemoryOf func, gpointer user_data,
                                 GDestroyNotify destroy);

/**
 * sonde_device_read_async:
 *
 * One read of one leaf, in front of what is due. Times out after 5 s. Pointers before it are read
 * first and once more behind it: where they changed, all is read again; NULL is REFUSED.
 */
void sonde_device_read_async (SondeDevice *self, SondeVariable *variable, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
/** sonde_device_read_finish: (transfer full): the bytes of the variable. @time_us: (out)
 * (optional): epoch. */
GBytes *sonde_device_read_finish (SondeDevice *self, GAsyncResult *result, gint64 *time_us,
                                  GError **error);
/**
 * sonde_device_write_async:
 * @bytes: the variable's size; of a bit-field: its unit, of which only the field's bits count
 *
 * Sent, read back, compared. Bit-fields go as masked writes where caps.mask is set, else as
 * read-change-write. Pointers before it are read right before the write, and once more at the end:
 * where they lead elsewhere then, the error is DIFFERS. Nothing is written behind NULL.
 */
void sonde_device_write_async (SondeDevice *self, SondeVariable *variable, GBytes *bytes,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
/**
 * sonde_device_write_finish: (transfer full): what was read back, also with ERROR_DIFFERS (then the
 * error is set and NULL returned).
 * @is_atomic: (out) (optional): FALSE where it took more than one access
 */
GBytes *sonde_device_write_finish (SondeDevice *self, GAsyncResult *result, gboolean *is_atomic,
                                   GError **error);
/**
 * sonde_device_read_block_async:
 *
 * @size bytes at @address, piece by piece, behind all that is polled or asked for by a person: of a
 * busy board it gets a small part of the time. Ends with an error when the board goes or starts
 * anew, as the bytes would be of two programs.
 */
void sonde_device_read_block_async (SondeDevice *self, guint64 address, gsize size,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
/** sonde_device_read_block_finish: (transfer full): exactly the bytes asked for. */
GBytes *sonde_device_read_block_finish (SondeDevice *self, GAsyncResult *result, GError **error);
/** sonde_device_send_text: any text as one message ("\n" is added). FALSE when not connected. */
gboolean sonde_device_send_text (SondeDevice *self, const char *text);
/** sonde_device_set_tapped: counts: n takers. Costs nothing while nobody taps. */
void sonde_device_tap (SondeDevice *self);
void sonde_device_untap (SondeDevice *self);
/** sonde_device_end: stops polling, sends "end", waits at most 1 s for its answer, closes. */
void sonde_device_end_async (SondeDevice *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean sonde_device_end_finish (SondeDevice *self, GAsyncResult *result, GError **error);

/* Numbers that the board pushes by itself: free-form JSON by key path ("imu.accel[0]"), older
 * "data" messages by parameter. Indices stay; more may come. */
guint sonde_device_get_n_streams (SondeDevice *self);
/** sonde_device_get_stream: (transfer none): lives as long as the device; its path is the name. */
SondeWatch *sonde_device_get_stream (SondeDevice *self, guint index);
/** sonde_device_lookup_stream: (transfer none) (nullable): by its name. */
SondeWatch *sonde_device_lookup_stream (SondeDevice *self, const char *name);
/** sonde_device_find_stream: (transfer none) (nullable): whose variable @variable is. */
SondeWatch *sonde_device_find_stream (SondeDevice *self, SondeVariable *variable);

/* For the registry. */
/* An init answer came over the device's own link; the owner calls sonde_device_take_identity(). */
typedef void (*SondeDeviceGreeted) (SondeDevice *self, const SondeIdentity *identity,
                                    gpointer owner);
SondeDevice *sonde_device_new (const char *name, SondeDeviceGreeted greeted, gpointer owner);
void sonde_device_rename (SondeDevice *self, const char *name);
/** sonde_device_take_link: @link: (transfer full); @identity: NULL: a board that only pushes. A
 * link that is still there is closed: replaced. */
void sonde_device_take_link (SondeDevice *self, SondeLink *link, const SondeIdentity *identity);
/** sonde_device_release_link: (transfer full) (nullable): the device is LOST then. */
SondeLink *sonde_device_release_link (SondeDevice *self);
gboolean sonde_device_has_link (SondeDevice *self);
/** sonde_device_take_identity: FALSE when it said nothing new. */
gboolean sonde_device_take_identity (SondeDevice *self, const SondeIdentity *identity);
/** sonde_device_tick: time-outs, silence, rates. Returns: monotonic time of the next call, or
 * G_MAXINT64. */
gint64 sonde_device_tick (SondeDevice *self, gint64 now_us);
/** sonde_device_get_session: for reads and writes. */
SondeSession *sonde_device_get_session (SondeDevice *self);
