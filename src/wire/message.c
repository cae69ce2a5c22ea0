/* message.c: the life of a parsed message */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/message.h"

#include <string.h>

void
sonde_message_init (SondeMessage *self)
{
  memset (self, 0, sizeof *self);
  self->kind = SONDE_MESSAGE_FREE;
  self->at = -1;
  self->data = g_byte_array_new ();
}

void
sonde_message_reset (SondeMessage *self)
{
  /* The identity is large and only init fills it: an answer at full rate should not pay for it. */
  if (self->kind == SONDE_MESSAGE_INIT)
    memset (&self->identity, 0, sizeof self->identity);
  g_clear_pointer (&self->text, g_free);
  g_byte_array_set_size (self->data, 0);
  self->kind = SONDE_MESSAGE_FREE;
  self->con_id[0] = self->code[0] = self->error[0] = self->level[0] = self->tag[0] = '\0';
  self->has_seq = self->has_address = self->has_data = self->has_time = self->is_error = FALSE;
  self->seq = self->address = self->bits = self->time = 0;
  self->form = SONDE_ANSWER_NONE;
  self->number = 0;
  self->at = -1;
}

void
sonde_message_clear (SondeMessage *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->data, g_byte_array_unref);
}
