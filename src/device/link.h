/* link.h: what a board can be asked, whatever protocol it speaks */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "wire/debug-json.h"

#define SONDE_LINK_TIMEOUT_US (5 * G_USEC_PER_SEC)
#define SONDE_LINK_MAX_WINDOW 8

/* What one command may hold. Made from what init announced; never trusted beyond reason. */
typedef struct
{
  guint window;        /* commands in flight, 1 .. SONDE_LINK_MAX_WINDOW */
  guint max_unit;      /* bytes of the widest single access: 4 or 8 */
  guint block;         /* bytes of a block or of one entry of a batch; 0: single units only */
  guint batch;         /* entries of a batch; 0: no batches */
  guint message_bytes; /* of a command and of its answer, as text */
  gboolean has_blocks; /* mem_read and mem_write take "count" */
  gboolean has_mask;   /* mem_write takes "mask" */
} SondeLimits;

/** sonde_limits_from_identity: of a board without extensions: one command, units of 4 bytes. */
SondeLimits sonde_limits_from_identity (const SondeIdentity *identity);

typedef enum
{
  SONDE_READ_UNIT,  /* one access of exactly this width */
  SONDE_READ_BLOCK, /* a run of bytes */
  SONDE_READ_MANY,  /* several runs of bytes, taken together */
} SondeReadKind;

/* One read command. Owned by a plan or a job; lives until it was answered. */
typedef struct
{
  SondeReadKind kind;
  GArray *ranges;    /* of SondeRange; one of UNIT and BLOCK */
  guint32 size;      /* bytes of the whole answer */
  GString *rendered; /* (nullable) the link's own text of it, made at the first sending */
} SondeRead;

/* One write command. */
typedef struct
{
  guint64 address;
  guint size;         /* bytes; of a unit 1, 2, 4 or 8 */
  guint64 bits;       /* of a unit */
  guint64 mask;       /* of a unit: bits to change; all of them: a plain write */
  const guint8 *data; /* (nullable) bytes of a block; NULL: a unit */
} SondeWrite;

typedef enum
{
  SONDE_OUTCOME_ANSWERED,
  SONDE_OUTCOME_REFUSED, /* by the board, or its answer does not fit what was asked */
  SONDE_OUTCOME_TIMEOUT,
  SONDE_OUTCOME_GONE, /* the connection ended first */
} SondeOutcome;

/* Borrowed for the call. */
typedef struct
{
  SondeOutcome outcome;
  const char *error; /* for a person; NULL when ANSWERED */
  gint at;           /* entry of the batch that was refused, -1 unknown */
  SondeAnswerForm form;
  guint64 bits;       /* of a unit: BITS */
  double number;      /* of a unit that the board converted itself: NUMBER */
  const guint8 *data; /* of blocks and batches: exactly SondeRead.size bytes */
  gboolean has_time;
  guint32 ticks;      /* of the board's clock */
  guint64 order;      /* of its command: 1, 2, 3 .. on this link */
  gint64 sent_us;     /* monotonic */
  gint64 received_us; /* monotonic */
} SondeReply;

/* Every command that was sent gets exactly one reply, never from inside the sending call. */
typedef void (*SondeReplyFunc) (const SondeReply *reply, gpointer owner, gpointer data,
                                guint64 tag);
typedef struct
{
  SondeReplyFunc func;
  gpointer owner;
  gpointer data;
  guint64 tag;
} SondeAsk;

typedef struct
{
  guint64 n_sent; /* read and write commands: the order of the newest */
  guint64 n_answers, n_timeouts, n_refused, n_unasked;
  guint n_outstanding;
  gint64 oldest_us;        /* monotonic: when the oldest outstanding command was sent; 0: none */
  gint64 received_us;      /* monotonic, of the newest message of any kind */
  gint64 rtt_us;           /* median of the last 32 round trips, -1 unknown */
  gboolean sends_unmasked; /* the peer's frames are not masked: an old client */
} SondeLinkStatus;

typedef struct
{
  /* all but answers to reads and writes: INIT, END, LOG, DATA, FREE ..; text is not terminated */
  void (*message) (gpointer owner, const SondeMessage *message, const char *text, gsize size);
  /* once, last; outstanding commands got their replies before */
  void (*closed) (gpointer owner, guint code, const char *reason);
  /* every raw message, while tapped */
  void (*tap) (gpointer owner, gboolean outgoing, const char *text, gsize size);
} SondeLinkHandler;

#define SONDE_TYPE_LINK (sonde_link_get_type ())
G_DECLARE_INTERFACE (SondeLink, sonde_link, SONDE, LINK, GObject)

struct _SondeLinkInterface
{
  GTypeInterface parent;
  void (*set_handler) (SondeLink *self, const SondeLinkHandler *handler, gpointer owner);
  void (*set_identity) (SondeLink *self, const SondeIdentity *identity);
  const SondeLimits *(*get_limits) (SondeLink *self);
  void (*get_status) (SondeLink *self, SondeLinkStatus *status);
  const char *(*get_peer) (SondeLink *self);
  gboolean (*has_room) (SondeLink *self);
  gboolean (*greet) (SondeLink *self);
  gboolean (*read) (SondeLink *self, SondeRead *read, const SondeAsk *ask);
  gboolean (*write) (SondeLink *self, const SondeWrite *write, const SondeAsk *ask);
  gboolean (*end) (SondeLink *self);
  gboolean (*send_text) (SondeLink *self, const char *text);
  void (*expire) (SondeLink *self, gint64 now_us);
  void (*abort) (SondeLink *self);
  void (*set_tapped) (SondeLink *self, gboolean is_tapped);
  void (*close) (SondeLink *self, guint code);
};

/** sonde_link_set_handler: NULL detaches it. @handler must be static. */
void sonde_link_set_handler (SondeLink *self, const SondeLinkHandler *handler, gpointer owner);
/** sonde_link_set_identity: limits and matching follow what init announced. */
void sonde_link_set_identity (SondeLink *self, const SondeIdentity *identity);
const SondeLimits *sonde_link_get_limits (SondeLink *self);
void sonde_link_get_status (SondeLink *self, SondeLinkStatus *status);
const char *sonde_link_get_peer (SondeLink *self);
/** sonde_link_has_room: one more command may be sent. */
gboolean sonde_link_has_room (SondeLink *self);
/** sonde_link_greet: asks who it is; the answer comes as a message. */
gboolean sonde_link_greet (SondeLink *self);
/** sonde_link_read, sonde_link_write: FALSE when closed or without room: no reply will come. */
gboolean sonde_link_read (SondeLink *self, SondeRead *read, const SondeAsk *ask);
gboolean sonde_link_write (SondeLink *self, const SondeWrite *write, const SondeAsk *ask);
/** sonde_link_end: ends the session; an answer, where there is one, comes as a message. */
gboolean sonde_link_end (SondeLink *self);
gboolean sonde_link_send_text (SondeLink *self, const char *text);
/** sonde_link_expire: replies TIMEOUT to what waits for more than SONDE_LINK_TIMEOUT_US. */
void sonde_link_expire (SondeLink *self, gint64 now_us);
/** sonde_link_abort: replies GONE to all that waits: nobody wants the answers any more. */
void sonde_link_abort (SondeLink *self);
void sonde_link_set_tapped (SondeLink *self, gboolean is_tapped);
/** sonde_link_close: closed() still comes. */
void sonde_link_close (SondeLink *self, guint code);
/**
 * sonde_link_close_and_release:
 * @self: (transfer full)
 *
 * Nobody listens any more; the link lives until its connection has ended.
 */
void sonde_link_close_and_release (SondeLink *self, guint code);
