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
