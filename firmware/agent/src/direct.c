/* direct.c: plain accesses to memory and registers, one bus access each where the core can */
/* SPDX-License-Identifier: MIT */
#include "sonde/agent.h"

#include <string.h>

#if defined(__GNUC__)
/* A host may ask for the red zones between variables; the table of regions says they are there. */
#define UNCHECKED __attribute__ ((no_sanitize_address))
#else
#define UNCHECKED
#endif

/* One unit of memory; volatile accesses of its members are exactly one bus access each. */
typedef union
{
  uint8_t bytes[8];
  uint16_t half;
  uint32_t word;
  uint64_t two_words;
} unit;

UNCHECKED sonde_status
sonde_direct_read (void *unused, uintptr_t address, void *out, size_t width)
{
  const volatile unit *at = (const volatile unit *) address;
  unit copy;

  (void) unused;
  if (width == 1)
    copy.bytes[0] = at->bytes[0];
  else if (width == 2)
    copy.half = at->half;
  else if (width == 4)
    copy.word = at->word;
  else
    copy.two_words = at->two_words;
  memcpy (out, &copy, width);
  return SONDE_OK;
}

UNCHECKED sonde_status
sonde_direct_write (void *unused, uintptr_t address, const void *bytes, size_t width)
{
  volatile unit *at = (volatile unit *) address;
  unit copy;

  (void) unused;
  memcpy (&copy, bytes, width);
  if (width == 1)
    at->bytes[0] = copy.bytes[0];
  else if (width == 2)
    at->half = copy.half;
  else if (width == 4)
    at->word = copy.word;
  else
    at->two_words = copy.two_words;
  return SONDE_OK;
}
