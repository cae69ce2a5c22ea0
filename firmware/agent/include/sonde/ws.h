/* ws.h: the client side of one WebSocket connection (RFC 6455), for boards */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_WS_H
#define SONDE_WS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
  SONDE_WS_TX_EXTRA = 8, /* what a frame's head adds to a message of up to 65535 bytes */
};

/**
 * sonde_ws_hooks: all get @user
 * @send: takes all bytes or none; FALSE now means that they are offered again by the next
 *   sonde_ws_flush() or sonde_ws_rx(), so no answer is ever lost
 * @random: fills @out; FALSE closes the link, for frames must not go out with a guessable mask
 * @message: a whole message came; writes the answer into @answer and returns its size, 0 for none
 */
typedef struct
{
  void *user;
  bool (*send) (void *user, const uint8_t *bytes, size_t size);
  bool (*random) (void *user, uint8_t *out, size_t size);
  size_t (*message) (void *user, const char *text, size_t size, char *answer, size_t cap);
} sonde_ws_hooks;

typedef enum
{
  SONDE_WS_CLOSED,
  SONDE_WS_SHAKING, /* request sent, answer not complete */
  SONDE_WS_OPEN,
} sonde_ws_state;

/* Fields are private but for state, close_code and http_status. */
typedef struct
{
  const sonde_ws_hooks *hooks;
  uint8_t *rx, *tx;
  size_t rx_size, tx_size;

  /* from here on: of this connection */
  sonde_ws_state state;
  uint16_t close_code;  /* why it closed: the peer's code, or ours for a breach of the protocol */
  uint16_t http_status; /* the server's answer to the handshake, 0 before */
  size_t tx_start, tx_end; /* unsent bytes of tx */
  size_t message_size;     /* bytes of the message so far; in the handshake: of the line */
  uint32_t frame_left;     /* payload bytes of the frame still to come */
  uint16_t shake_size;     /* bytes of the handshake's answer so far */
  uint8_t shake_seen;
  uint8_t head_size;
  uint8_t control_size;
  uint8_t message_opcode; /* 0: no message has begun */
  bool is_in_payload;
  bool has_sent; /* during this call of sonde_ws_rx() */
  uint8_t head[10];
  uint8_t control[125];
  char accept[28];
} sonde_ws;

/**
 * sonde_ws_init:
 * @rx: holds one message; a longer one closes the link with 1009. At least 128 bytes.
 * @tx: holds one frame: the longest answer + SONDE_WS_TX_EXTRA, and the handshake request
 *   (about 200 bytes, the host, the path and the extra lines)
 */
void sonde_ws_init (sonde_ws *self, const sonde_ws_hooks *hooks, uint8_t *rx, size_t rx_size,
                    uint8_t *tx, size_t tx_size);

/**
 * sonde_ws_connect: begins on a fresh connection; may be called again after each loss
 * @host: value of the Host line, with the port where it is not the default one
 * @path: begins with "/"
 * @extra: further header lines, each ended by "\r\n"; "" for none
 *
 * Returns: FALSE when the request does not fit or there is no randomness
 */
bool sonde_ws_connect (sonde_ws *self, const char *host, const char *path, const char *extra);

/**
 * sonde_ws_rx: takes received bytes
 *
 * Stops after one message or ping that was answered, and takes nothing while an answer waits for
 * the send hook: call again with the rest. Bytes behind the handshake are frames already.
 *
 * Returns: bytes taken; below 0 the link is over: flush what waits, then drop the connection
 */
long sonde_ws_rx (sonde_ws *self, const uint8_t *bytes, size_t size);

/** sonde_ws_flush: offers what waits to the send hook again. TRUE: nothing waits any more. */
bool sonde_ws_flush (sonde_ws *self);

/** sonde_ws_reserve: (nullable): room for a message of our own, written in place. NULL: not open,
 * or a frame still waits. */
char *sonde_ws_reserve (sonde_ws *self, size_t *cap);
/** sonde_ws_commit: sends @size bytes of the reserved room as one text message. */
bool sonde_ws_commit (sonde_ws *self, size_t size);

/** sonde_ws_close: says goodbye (1000) and is closed; drop the connection after a flush. */
void sonde_ws_close (sonde_ws *self);

#endif
