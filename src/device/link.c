/* link.c: the calls of a SondeLink, and the limits that an init answer sets */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/link.h"

/* A board that says nothing about its buffers, but takes batches, gets messages of this size. */
#define DEFAULT_MESSAGE_BYTES 4096
/* Longer frames make small clients close the connection. */
#define MAX_MESSAGE_BYTES 65535
/* Everything of an answer or command that is neither data nor an entry, with room to spare. */
#define ENVELOPE_BYTES 128
#define MAX_BATCH 1024

G_DEFINE_INTERFACE (SondeLink, sonde_link, G_TYPE_OBJECT)

static void
sonde_link_default_init (SondeLinkInterface *iface)
{
}

SondeLimits
sonde_limits_from_identity (const SondeIdentity *identity)
{
  guint message = identity->msg > 0 ? identity->msg : DEFAULT_MESSAGE_BYTES;
  SondeLimits self = {
    .window = identity->has_seq ? SONDE_LINK_MAX_WINDOW : 1,
    .max_unit = identity->bits >= 64 ? 8 : 4,
    .message_bytes = MIN (message, MAX_MESSAGE_BYTES),
    .has_mask = identity->mask > 0,
  };

  /* A buffer too small for one entry cannot take any: such a board is asked unit by unit. */
  if (self.message_bytes < 2 * ENVELOPE_BYTES)
    return self;
  self.batch = MIN (identity->batch, MAX_BATCH);
  self.has_blocks = identity->block > 0;
  self.block = identity->block > 0 ? identity->block : 8;
  self.block = MIN (self.block, (self.message_bytes - ENVELOPE_BYTES) / 4 * 3);
  if (self.batch == 0 && !self.has_blocks)
    self.block = 0;
  return self;
}

void
sonde_link_set_handler (SondeLink *self, const SondeLinkHandler *handler, gpointer owner)
{
  SONDE_LINK_GET_IFACE (self)->set_handler (self, handler, owner);
}

void
sonde_link_set_identity (SondeLink *self, const SondeIdentity *identity)
{
  SONDE_LINK_GET_IFACE (self)->set_identity (self, identity);
}

const SondeLimits *
sonde_link_get_limits (SondeLink *self)
{
  return SONDE_LINK_GET_IFACE (self)->get_limits (self);
}

void
sonde_link_get_status (SondeLink *self, SondeLinkStatus *status)
{
  SONDE_LINK_GET_IFACE (self)->get_status (self, status);
}

const char *
sonde_link_get_peer (SondeLink *self)
{
  return SONDE_LINK_GET_IFACE (self)->get_peer (self);
}

gboolean
sonde_link_has_room (SondeLink *self)
{
  return SONDE_LINK_GET_IFACE (self)->has_room (self);
}

gboolean
sonde_link_greet (SondeLink *self)
{
  return SONDE_LINK_GET_IFACE (self)->greet (self);
}

gboolean
sonde_link_read (SondeLink *self, SondeRead *read, const SondeAsk *ask)
{
  return SONDE_LINK_GET_IFACE (self)->read (self, read, ask);
}

gboolean
sonde_link_write (SondeLink *self, const SondeWrite *write, const SondeAsk *ask)
{
  return SONDE_LINK_GET_IFACE (self)->write (self, write, ask);
}

gboolean
sonde_link_end (SondeLink *self)
{
  return SONDE_LINK_GET_IFACE (self)->end (self);
}

gboolean
sonde_link_send_text (SondeLink *self, const char *text)
{
  return SONDE_LINK_GET_IFACE (self)->send_text (self, text);
}

void
sonde_link_expire (SondeLink *self, gint64 now_us)
{
  SONDE_LINK_GET_IFACE (self)->expire (self, now_us);
}

void
sonde_link_abort (SondeLink *self)
{
  SONDE_LINK_GET_IFACE (self)->abort (self);
}

void
sonde_link_set_tapped (SondeLink *self, gboolean is_tapped)
{
  SONDE_LINK_GET_IFACE (self)->set_tapped (self, is_tapped);
}

void
sonde_link_close (SondeLink *self, guint code)
{
  SONDE_LINK_GET_IFACE (self)->close (self, code);
}

static void
on_released_message (gpointer owner, const SondeMessage *message, const char *text, gsize size)
{
}

static void
on_released_closed (gpointer owner, guint code, const char *reason)
{
  g_object_unref (owner);
}

static void
on_released_tap (gpointer owner, gboolean outgoing, const char *text, gsize size)
{
}

void
sonde_link_close_and_release (SondeLink *self, guint code)
{
  static const SondeLinkHandler handler
      = { on_released_message, on_released_closed, on_released_tap };

  sonde_link_abort (self);
  sonde_link_set_handler (self, &handler, self);
  sonde_link_close (self, code);
}
