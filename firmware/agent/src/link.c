/* link.c: when to dial the host again: 1 s after a loss, doubling to 30 s, with jitter */
/* SPDX-License-Identifier: MIT */
#include "sonde/link.h"

void
sonde_link_init (sonde_link *self, uint32_t now_ms)
{
  self->state = SONDE_LINK_WAITING;
  self->since_ms = now_ms;
  self->wait_ms = 0;
  self->step_ms = SONDE_LINK_FIRST_MS;
}

uint32_t
sonde_link_get_due (const sonde_link *self, uint32_t now_ms)
{
  uint32_t limit
      = self->state == SONDE_LINK_WAITING ? self->wait_ms : (uint32_t) SONDE_LINK_PATIENCE_MS;
  uint32_t passed = now_ms - self->since_ms;

  if (self->state == SONDE_LINK_UP)
    return UINT32_MAX;
  return passed >= limit ? 0 : limit - passed;
}

sonde_link_action
sonde_link_poll (sonde_link *self, uint32_t now_ms)
{
  if (sonde_link_get_due (self, now_ms) > 0)
    return SONDE_LINK_NOTHING;
  if (self->state == SONDE_LINK_DIALLING)
    return SONDE_LINK_DROP;
  self->state = SONDE_LINK_DIALLING;
  self->since_ms = now_ms;
  return SONDE_LINK_DIAL;
}

void
sonde_link_opened (sonde_link *self, uint32_t now_ms)
{
  self->state = SONDE_LINK_UP;
  self->since_ms = now_ms;
  self->step_ms = SONDE_LINK_FIRST_MS;
}

void
sonde_link_lost (sonde_link *self, uint32_t now_ms, uint32_t random)
{
  uint32_t wait = self->step_ms + random % (self->step_ms / 4);

  self->state = SONDE_LINK_WAITING;
  self->since_ms = now_ms;
  self->wait_ms = wait < SONDE_LINK_LAST_MS ? wait : (uint32_t) SONDE_LINK_LAST_MS;
  self->step_ms
      = self->step_ms < SONDE_LINK_LAST_MS / 2 ? self->step_ms * 2 : (uint32_t) SONDE_LINK_LAST_MS;
}
