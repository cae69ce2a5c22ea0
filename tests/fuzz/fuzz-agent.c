/* fuzz-agent.c: any request to the agent of a board: a whole answer or none, nothing beyond its
 * table */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "sonde/agent.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static guint8 memory[64];

static const sonde_region regions[] = {
  { GSIZE_TO_POINTER (0x20000000), 64, SONDE_READ | SONDE_WRITE, 0 },
  { GSIZE_TO_POINTER (0x40000000), 64, SONDE_READ | SONDE_WRITE, 4 },
};

static guint8 *
find (uintptr_t address, size_t width)
{
  uintptr_t base = address >= 0x40000000 ? 0x40000000 : 0x20000000;

  g_assert (address >= base && address - base <= sizeof memory - width && address % width == 0);
  g_assert (base == 0x20000000 || width == 4);
  return memory + (address - base);
}

static sonde_status
on_read (void *user, uintptr_t address, void *out, size_t width)
{
  memcpy (out, find (address, width), width);
  return SONDE_OK;
}

static sonde_status
on_write (void *user, uintptr_t address, const void *bytes, size_t width)
{
  memcpy (find (address, width), bytes, width);
  return SONDE_OK;
}

static uint32_t
on_clock (void *user)
{
  return 5;
}

static bool
on_random (void *user, uint8_t *out, size_t size)
{
  memset (out, 1, size);
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const sonde_agent_config config = {
    .device = "fuzz",
    .clock_hz = 1000000,
    .block = 32,
    .batch = 8,
    .msg = 512,
    .regions = regions,
    .n_regions = G_N_ELEMENTS (regions),
    .hooks = { NULL, on_clock, on_random, on_read, on_write, NULL },
  };
  g_autofree char *request = g_memdup2 (data, size);
  g_autofree char *answer = g_malloc (512);
  sonde_agent agent;
  gsize n;

  g_assert (sonde_agent_init (&agent, &config));
  n = sonde_agent_handle (&agent, request, size, answer, 512);
  g_assert (n <= 512);
  g_assert (n == 0 || (answer[0] == '{' && answer[n - 1] == '}'));
  g_assert (g_utf8_validate (answer, (gssize) n, NULL));
  return 0;
}
