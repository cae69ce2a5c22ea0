/* board.h: the agent of the demo board: who it is, what may be touched, its log lines */
/* SPDX-License-Identifier: MIT */
#ifndef DEMO_BOARD_H
#define DEMO_BOARD_H

#include "ports/posix/options.h"
#include "sonde/agent.h"

enum
{
  BOARD_MSG = 4096,
};

/** board_init: FALSE when there is no randomness. */
bool board_init (const struct options *options);
uint64_t board_get_elapsed_ns (void);
bool board_random (void *unused, uint8_t *out, size_t size);

/** board_handle: one message of the host, the machine brought up to now before; quirks included. */
size_t board_handle (const char *request, size_t size, char *answer, size_t cap);
/** board_has_been_asked: whether the host of this connection has sent init: only then it knows
 * whose log lines these are. */
bool board_has_been_asked (void);
/** board_on_connected: a new connection: init is still to come. */
void board_on_connected (void);

/** board_log: a line for the host; the newest 64 wait while there is none. */
void board_log (sonde_log_level level, const char *tag, const char *format, ...)
    __attribute__ ((format (printf, 3, 4)));
/** board_peek_log: (nullable): the oldest line that waits. */
const char *board_peek_log (size_t *size);
void board_drop_log (void);

#endif
