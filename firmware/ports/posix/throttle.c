/* throttle.c: lets only so many bytes a second pass */
/* SPDX-License-Identifier: MIT */
#include "ports/posix/throttle.h"

void
throttle_init (struct throttle *self, uint32_t rate)
{
  *self = (struct throttle){ .rate = rate };
}

size_t
throttle_get (struct throttle *self, uint64_t now_ns)
{
  double most = self->rate / 10.0 > 1.0 ? self->rate / 10.0 : 1.0;

  if (self->rate == 0)
    return SIZE_MAX;
  if (now_ns > self->since_ns)
    {
      self->credit += (double) (now_ns - self->since_ns) * 1e-9 * self->rate;
      self->since_ns = now_ns;
    }
  if (self->credit > most)
    self->credit = most;
  return self->credit >= 1.0 ? (size_t) self->credit : 0;
}

void
throttle_use (struct throttle *self, size_t size)
{
  self->credit -= (double) size;
}
