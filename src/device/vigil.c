/* vigil.c: when a board that says nothing is asked, shown as lost, given up; pure */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/vigil.h"

/* With a look four times a second a silent board shows within 3 s. */
#define SILENT_US (2500 * G_TIME_SPAN_MILLISECOND)
#define IDLE_US (10 * G_USEC_PER_SEC)
#define PATIENCE_US (5 * G_USEC_PER_SEC)

/* A slow poll leaves long pauses that mean nothing: only an open question counts. */
static gboolean
is_answer_overdue (const SondeVigil *self, const SondeLinkStatus *status, gint64 now_us)
{
  gboolean is_command_open = status->n_outstanding > 0 && now_us - status->oldest_us >= SILENT_US;
  gboolean is_greeting_open = self->greeted_us != 0 && now_us - self->greeted_us >= SILENT_US;

  return (is_command_open || is_greeting_open) && now_us - status->received_us >= SILENT_US;
}

SondeVigilStep
sonde_vigil_step (SondeVigil *self, const SondeLinkStatus *status, gboolean has_proto,
                  gint64 now_us)
{
  gboolean is_idle = now_us - status->received_us >= IDLE_US;

  if (self->is_silent && now_us - status->received_us < SILENT_US)
    {
      self->is_silent = FALSE;
      return SONDE_VIGIL_BACK;
    }
  if (status->received_us >= self->greeted_us)
    self->greeted_us = 0;
  if (!self->is_silent && is_answer_overdue (self, status, now_us))
    {
      self->is_silent = TRUE;
      return SONDE_VIGIL_SILENT;
    }
  if (!has_proto || !is_idle)
    return SONDE_VIGIL_NOTHING;
  if (self->greeted_us == 0)
    {
      self->greeted_us = now_us;
      return SONDE_VIGIL_GREET;
    }
  return now_us - self->greeted_us >= PATIENCE_US ? SONDE_VIGIL_CLOSE : SONDE_VIGIL_NOTHING;
}
