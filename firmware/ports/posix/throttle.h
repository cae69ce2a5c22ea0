/* throttle.h: lets only so many bytes a second pass */
/* SPDX-License-Identifier: MIT */
#ifndef DEMO_THROTTLE_H
#define DEMO_THROTTLE_H

#include <stddef.h>
#include <stdint.h>

/* Holds at most a tenth of a second's bytes, so that a pause does not buy a burst. */
struct throttle
{
  uint32_t rate; /* bytes a second; 0: no limit */
  uint64_t since_ns;
  double credit;
};

void throttle_init (struct throttle *self, uint32_t rate);
/** throttle_get: bytes that may pass now. */
size_t throttle_get (struct throttle *self, uint64_t now_ns);
void throttle_use (struct throttle *self, size_t size);

#endif
