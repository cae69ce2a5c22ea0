/* ask-queue.c: commands that somebody waits for: in front of what is due, or behind it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/ask-queue.h"

/* A board that is polled without a pause gives what stands behind no more than a tenth of its time.
 */
#define REST_US 250000
#define REST_ROUND_TRIPS 10

void
sonde_ask_queue_push (SondeAskQueue *self, const SondeCommand *command)
{
  g_queue_push_tail (command->place == SONDE_ASK_FRONT ? &self->front : &self->back,
                     g_memdup2 (command, sizeof *command));
}

SondeCommand *
sonde_ask_queue_take_idle (SondeAskQueue *self)
{
  if (self->is_back_out || self->back.length == 0)
    return NULL;
  self->is_back_out = TRUE;
  return g_queue_pop_head (&self->back);
}

SondeCommand *
sonde_ask_queue_take_urgent (SondeAskQueue *self, gint64 now_us)
{
  if (self->front.length > 0)
    return g_queue_pop_head (&self->front);
  return now_us >= self->rest_us ? sonde_ask_queue_take_idle (self) : NULL;
}

void
sonde_ask_queue_return (SondeAskQueue *self, SondeCommand *command)
{
  if (command->place == SONDE_ASK_BACK)
    self->is_back_out = FALSE;
  g_queue_push_head (command->place == SONDE_ASK_FRONT ? &self->front : &self->back, command);
}

void
sonde_ask_queue_finish (SondeAskQueue *self, const SondeCommand *command, const SondeReply *reply)
{
  if (command->place != SONDE_ASK_BACK)
    return;
  self->is_back_out = FALSE;
  self->rest_us = reply->received_us
                  + MAX (REST_US, REST_ROUND_TRIPS * (reply->received_us - reply->sent_us));
}
