/* fair-share.c: how much a peer may send before the others get their turns; pure */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/fair-share.h"

#define LONG_US 300
#define REST 8 /* times the turn: the others keep eight ninths of the time */
#define MAX_REST_MS 50

guint
sonde_fair_share_judge (SondeFairShare *self, gsize n_read, gint64 took_us)
{
  if (took_us <= LONG_US || n_read < self->bytes)
    {
      self->bytes = MIN (self->bytes * 2, SONDE_FAIR_SHARE_MAX_BYTES);
      return 0;
    }
  self->bytes = MAX (self->bytes / 2, SONDE_FAIR_SHARE_MIN_BYTES);
  return (guint) CLAMP (took_us * REST / 1000, 1, MAX_REST_MS);
}
