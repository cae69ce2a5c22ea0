/* board-clock.c: a board's 32-bit clock as microseconds since the epoch */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/board-clock.h"

#include "base/clock.h"

#define WRAP (G_GUINT64_CONSTANT (1) << 32)
/* Above this the arithmetic below could overflow; no board counts faster than its light travels. */
#define MAX_HZ G_GUINT64_CONSTANT (1000000000000)
/* An answer may be that late and still be one (link.h), the anchor's too. */
#define SLACK_US (5 * G_USEC_PER_SEC)
#define DRIFT_PERCENT 1

void
sonde_board_clock_reset (SondeBoardClock *self, guint64 hz)
{
  *self = (SondeBoardClock){ .hz = hz <= MAX_HZ ? hz : 0 };
}

gint64
sonde_board_clock_map_host (SondeBoardClock *self, gint64 received_us)
{
  if (!self->has_host)
    {
      self->has_host = TRUE;
      self->host_offset_us = sonde_clock_real_us () - sonde_clock_now_us ();
    }
  return received_us + self->host_offset_us;
}

static guint64
scale (guint64 amount, guint64 from, guint64 to)
{
  return amount / from * to + amount % from * to / from;
}

/* The step is known but for whole turns of the counter: the nearest to what passed here. */
static guint64
unwrap_step (SondeBoardClock *self, guint32 ticks, gint64 received_us)
{
  guint64 step = (guint32) (ticks - (guint32) self->ticks);
  guint64 passed_us = (guint64) MAX (received_us - self->received_us, 0);
  guint64 expected = scale (passed_us, G_USEC_PER_SEC, self->hz);

  if (expected > step)
    step += (expected - step + WRAP / 2) / WRAP * WRAP;
  return step;
}

static gint64
take_ticks (SondeBoardClock *self, guint32 ticks, gint64 received_us)
{
  if (!self->has_ticks)
    {
      self->has_ticks = TRUE;
      self->ticks = self->anchor_ticks = ticks;
      self->anchor_us = sonde_board_clock_map_host (self, received_us);
    }
  else
    self->ticks += unwrap_step (self, ticks, received_us);
  self->received_us = received_us;
  return self->anchor_us
         + (gint64) scale (self->ticks - self->anchor_ticks, self->hz, G_USEC_PER_SEC);
}

static gboolean
is_astray (const SondeBoardClock *self, gint64 time_us, gint64 host_us)
{
  gint64 passed_us = MAX (host_us - self->anchor_us, 0);

  return ABS (time_us - host_us) > SLACK_US + passed_us / 100 * DRIFT_PERCENT;
}

gint64
sonde_board_clock_map (SondeBoardClock *self, guint32 ticks, gint64 received_us)
{
  gint64 host_us = sonde_board_clock_map_host (self, received_us);
  gint64 time_us = host_us;

  if (self->hz == 0)
    return host_us;
  if (!self->is_lying)
    {
      time_us = take_ticks (self, ticks, received_us);
      self->is_lying = is_astray (self, time_us, host_us);
    }
  /* What was believed until now may be ahead: nothing may come before it. */
  if (self->is_lying)
    time_us = MAX (host_us, self->newest_us + 1);
  self->newest_us = time_us;
  return time_us;
}

gboolean
sonde_board_clock_take_lie (SondeBoardClock *self)
{
  if (!self->is_lying || self->is_lie_told)
    return FALSE;
  self->is_lie_told = TRUE;
  return TRUE;
}
