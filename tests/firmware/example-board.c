/* example-board.c: stands in for the board that the examples of firmware/README.md run on */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "sonde/agent.h"

extern const sonde_agent_config config;
extern sonde_agent agent;
uint32_t board_microseconds (void);
uint32_t board_milliseconds (void);
bool board_random (uint8_t *out, size_t size);
bool net_connect (void);
bool net_is_connected (void);
void net_drop (void);
bool net_send (const uint8_t *bytes, size_t size);
size_t net_peek (const uint8_t **bytes);
void net_take (size_t size);
void sonde_start (void);
void sonde_run (void);

static uint32_t now_ms;
static unsigned n_dials, n_drops;
static bool is_connected, has_request;

uint32_t
board_microseconds (void)
{
  return now_ms * 1000;
}

uint32_t
board_milliseconds (void)
{
  return now_ms;
}

bool
board_random (uint8_t *out, size_t size)
{
  memset (out, 7, size);
  return true;
}

bool
net_connect (void)
{
  n_dials++;
  is_connected = true;
  return true;
}

bool
net_is_connected (void)
{
  return is_connected;
}

void
net_drop (void)
{
  n_drops++;
  is_connected = false;
}

bool
net_send (const uint8_t *bytes, size_t size)
{
  has_request = size > 4 && memcmp (bytes, "GET ", 4) == 0;
  return true;
}

/* A server that refuses every board. */
size_t
net_peek (const uint8_t **bytes)
{
  static const char refusal[] = "HTTP/1.1 503 Busy\r\n\r\n";

  *bytes = (const uint8_t *) refusal;
  return has_request ? sizeof refusal - 1 : 0;
}

void
net_take (size_t size)
{
  (void) size;
}

int
main (void)
{
  static const char request[] = "{\"cmd\":\"init\"}";
  char answer[1024];

  if (!sonde_agent_init (&agent, &config)
      || sonde_agent_handle (&agent, request, sizeof request - 1, answer, sizeof answer) == 0)
    return EXIT_FAILURE;
  /* A minute: dialled at once, then after 1, 2, 4, 8, 16 and 30 s, more or less. */
  sonde_start ();
  for (now_ms = 0; now_ms < 60000; now_ms++)
    sonde_run ();
  return n_dials >= 5 && n_dials <= 7 && n_drops == n_dials ? EXIT_SUCCESS : EXIT_FAILURE;
}
