/* ws-shake.h: the opening handshake of RFC 6455, client side */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_WS_SHAKE_H
#define SONDE_WS_SHAKE_H

#include "sonde/ws.h"

/** sonde_ws_shake_write: puts the request into tx, and the answer to expect into accept. */
bool sonde_ws_shake_write (sonde_ws *self, const char *host, const char *path, const char *extra);

typedef enum
{
  SONDE_WS_SHAKE_MORE,
  SONDE_WS_SHAKE_DONE,
  SONDE_WS_SHAKE_FAILED,
} sonde_ws_shake_result;

/** sonde_ws_shake_take: one byte of the server's answer; rx serves as the line. */
sonde_ws_shake_result sonde_ws_shake_take (sonde_ws *self, char byte);

#endif
