/* in-flight.c: commands on their way, and which of them an answer belongs to; pure */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/in-flight.h"

#include <string.h>

gboolean
sonde_in_flight_add (SondeInFlight *self, const SondePending *pending)
{
  if (self->n == SONDE_LINK_MAX_WINDOW)
    return FALSE;
  self->slots[self->n++] = *pending;
  return TRUE;
}

static void
take (SondeInFlight *self, guint index, SondePending *taken)
{
  *taken = self->slots[index];
  self->n--;
  memmove (&self->slots[index], &self->slots[index + 1], (self->n - index) * sizeof self->slots[0]);
}

/* A number that matches is not enough: a confused board must not have its answer to one command
 * taken for that to another. */
static gboolean
is_answer_to (const SondePending *pending, const SondeMessage *answer, gboolean by_seq)
{
  if (answer->kind != pending->kind)
    return FALSE;
  if (by_seq && (!answer->has_seq || answer->seq != pending->seq))
    return FALSE;
  return !answer->has_address || !pending->has_address || answer->address == pending->address;
}

gboolean
sonde_in_flight_take_match (SondeInFlight *self, const SondeMessage *answer, gboolean by_seq,
                            SondePending *taken)
{
  for (guint i = 0; i < self->n; i++)
    if (is_answer_to (&self->slots[i], answer, by_seq))
      {
        take (self, i, taken);
        return TRUE;
      }
  return FALSE;
}

gboolean
sonde_in_flight_take_sent_before (SondeInFlight *self, gint64 limit_us, SondePending *taken)
{
  if (self->n == 0 || self->slots[0].sent_us >= limit_us)
    return FALSE;
  take (self, 0, taken);
  return TRUE;
}

/* Checks an answer to a read against what was asked. Returns: what is wrong with it, or NULL. */
static const char *
check_read (const SondePending *pending, const SondeMessage *message, SondeReply *reply)
{
  if (!pending->is_unit)
    {
      if (!message->has_data || message->data->len != pending->size)
        return "the board's answer has another length than was asked for";
      reply->data = message->data->data;
      return NULL;
    }
  if (message->form == SONDE_ANSWER_NONE)
    return "the board's answer holds no value";
  if (message->form == SONDE_ANSWER_BITS && pending->size < 8
      && message->bits >> (8 * pending->size) != 0)
    return "the board's answer is wider than was asked for";
  reply->form = message->form;
  reply->bits = message->bits;
  reply->number = message->number;
  return NULL;
}

static const char *
refusal_text (const SondeMessage *message)
{
  if (message->error[0] != '\0')
    return message->error;
  return message->code[0] != '\0' ? message->code : "refused by the board";
}

void
sonde_pending_judge (const SondePending *self, const SondeMessage *answer, SondeReply *reply)
{
  if (answer->is_error)
    {
      reply->error = refusal_text (answer);
      reply->at = answer->at;
    }
  else if (self->kind != SONDE_MESSAGE_MEM_WRITE)
    reply->error = check_read (self, answer, reply);
  reply->outcome = reply->error == NULL ? SONDE_OUTCOME_ANSWERED : SONDE_OUTCOME_REFUSED;
}
