/* ask-queue.h: commands that somebody waits for: in front of what is due, or behind it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/link.h"

typedef enum
{
  SONDE_ASK_FRONT, /* of a person: before anything else */
  SONDE_ASK_BACK,  /* of the program itself: when nothing is due, one at a time */
} SondeAskPlace;

typedef struct
{
  SondeAskPlace place;
  SondeRead *read; /* borrowed; NULL: a write */
  SondeWrite write;
  SondeAsk ask;
} SondeCommand;

/* A value; starts zeroed. */
typedef struct
{
  GQueue front, back; /* of SondeCommand */
  gboolean is_back_out;
  gint64 rest_us; /* monotonic: from then on what is due waits for one from behind */
} SondeAskQueue;

/** sonde_ask_queue_push: copies it. */
void sonde_ask_queue_push (SondeAskQueue *self, const SondeCommand *command);
/** sonde_ask_queue_take_urgent: (transfer full) (nullable): what goes before all that is due. A
 * board that is always busy gives one command from behind a turn after each pause. */
SondeCommand *sonde_ask_queue_take_urgent (SondeAskQueue *self, gint64 now_us);
/** sonde_ask_queue_take_idle: (transfer full) (nullable): nothing is due. */
SondeCommand *sonde_ask_queue_take_idle (SondeAskQueue *self);
/** sonde_ask_queue_return: (transfer full): it could not be sent. */
void sonde_ask_queue_return (SondeAskQueue *self, SondeCommand *command);
/** sonde_ask_queue_finish: its reply is there. */
void sonde_ask_queue_finish (SondeAskQueue *self, const SondeCommand *command,
                             const SondeReply *reply);
