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

/* One unit of any width. */
typedef union
{
  uint8_t byte;
  uint16_t half;
  uint32_t word;
  uint64_t two_words;
} unit;

UNCHECKED sonde_status
sonde_direct_read (void *unused, uintptr_t address, void *out, size_t width)
{
  unit copy;

  (void) unused;
  if (width == 1)
    copy.byte = *(const volatile uint8_t *) address;
  else if (width == 2)
    copy.half = *(const volatile uint16_t *) address;
  else if (width == 4)
    copy.word = *(const volatile uint32_t *) address;
  else
    copy.two_words = *(const volatile uint64_t *) address;
  memcpy (out, &copy, width);
  return SONDE_OK;
}

UNCHECKED sonde_status
sonde_direct_write (void *unused, uintptr_t address, const void *bytes, size_t width)
{
  unit copy;

  (void) unused;
  memcpy (&copy, bytes, width);
  if (width == 1)
    *(volatile uint8_t *) address = copy.byte;
  else if (width == 2)
    *(volatile uint16_t *) address = copy.half;
  else if (width == 4)
    *(volatile uint32_t *) address = copy.word;
  else
    *(volatile uint64_t *) address = copy.two_words;
  return SONDE_OK;
}
