/* connection.h: one TCP connection to the host, with the throttle and the quirks of the wire */
/* SPDX-License-Identifier: MIT */
#ifndef DEMO_CONNECTION_H
#define DEMO_CONNECTION_H

#include <poll.h>

#include "ports/posix/options.h"
#include "sonde/ws.h"

typedef enum
{
  CONNECTION_DOWN,
  CONNECTION_SHAKING, /* connecting, or hands are being shaken */
  CONNECTION_UP,
} connection_state;

/** connection_init: once; @options must stay valid. */
void connection_init (const struct options *options);
/** connection_open: begins to connect. FALSE with @why where that cannot even begin. */
bool connection_open (const char **why);
/** connection_prepare_poll: what to wait for, and at most how long (ms; lowers @timeout_ms). */
void connection_prepare_poll (struct pollfd *poll, uint64_t now_ns, int *timeout_ms);
/** connection_process: reads, answers and sends whatever is possible now. Returns: the state; DOWN
 * comes once, with @why. */
connection_state connection_process (short events, uint64_t now_ns, const char **why);
/** connection_close: says goodbye where possible. */
void connection_close (void);

#endif
