/* link.h: when to dial the host again: 1 s after a loss, doubling to 30 s, with jitter */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_LINK_H
#define SONDE_LINK_H

#include <stdbool.h>
#include <stdint.h>

enum
{
  SONDE_LINK_FIRST_MS = 1000,
  SONDE_LINK_LAST_MS = 30000,
  SONDE_LINK_PATIENCE_MS = 10000, /* for connecting and shaking hands together */
};

typedef enum
{
  SONDE_LINK_WAITING,
  SONDE_LINK_DIALLING,
  SONDE_LINK_UP,
} sonde_link_state;

typedef enum
{
  SONDE_LINK_NOTHING,
  SONDE_LINK_DIAL, /* open a connection and shake hands */
  SONDE_LINK_DROP, /* it took too long: close it, then call sonde_link_lost() */
} sonde_link_action;

typedef struct
{
  sonde_link_state state;
  uint32_t since_ms; /* of the state; the clock may wrap */
  uint32_t wait_ms;  /* in WAITING */
  uint32_t step_ms;  /* the next wait before its jitter */
} sonde_link;

/** sonde_link_init: the first dial is due at once. */
void sonde_link_init (sonde_link *self, uint32_t now_ms);
/** sonde_link_poll: what to do now; DIAL is said once and begins the patience. */
sonde_link_action sonde_link_poll (sonde_link *self, uint32_t now_ms);
/** sonde_link_opened: hands are shaken; the next loss begins again at 1 s. */
void sonde_link_opened (sonde_link *self, uint32_t now_ms);
/** sonde_link_lost: @random: any number; spreads the boards of a room that lost one host. */
void sonde_link_lost (sonde_link *self, uint32_t now_ms, uint32_t random);
/** sonde_link_get_due: ms until sonde_link_poll() has something to say; UINT32_MAX while up. */
uint32_t sonde_link_get_due (const sonde_link *self, uint32_t now_ms);

#endif
