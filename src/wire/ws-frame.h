/* ws-frame.h: RFC 6455 frames as a server reads and writes them; no socket, no clock */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  SONDE_WS_CONTINUATION = 0,
  SONDE_WS_TEXT = 1,
  SONDE_WS_BINARY = 2,
  SONDE_WS_CLOSE = 8,
  SONDE_WS_PING = 9,
  SONDE_WS_PONG = 10,
} SondeWsOpcode;

#define SONDE_WS_NORMAL 1000
#define SONDE_WS_GOING_AWAY 1001
#define SONDE_WS_PROTOCOL_ERROR 1002
#define SONDE_WS_UNSUPPORTED 1003
#define SONDE_WS_NO_STATUS 1005
#define SONDE_WS_ABNORMAL 1006
#define SONDE_WS_BAD_DATA 1007
#define SONDE_WS_TOO_BIG 1009

#define SONDE_WS_MAX_MESSAGE (1024 * 1024)
#define SONDE_WS_MAX_FRAGMENTS 4096
#define SONDE_WS_MAX_CONTROL 125
#define SONDE_WS_MAX_HEADER 14

typedef enum
{
  SONDE_WS_MORE,    /* all input is used up */
  SONDE_WS_MESSAGE, /* a whole text message (checked UTF-8) or binary message */
  SONDE_WS_CONTROL, /* a ping, pong or close */
  SONDE_WS_FAILED,  /* the peer broke the rules: close with the code and read no more */
} SondeWsResult;

/* What sonde_ws_reader_next() found. The payload is borrowed until the next call. */
typedef struct
{
  SondeWsOpcode opcode;
  const guint8 *payload;
  gsize size;
  guint code;         /* of a CLOSE (1005: none was given), or to close with when FAILED */
  const char *reason; /* FAILED: what was wrong; static */
} SondeWsEvent;

/* Takes frames apart and puts messages together. Owned struct; public only to be embedded. */
typedef struct
{
  gboolean takes_unmasked; /* set by the owner: device paths only (device.md 2.3) */
  gboolean saw_unmasked;   /* the peer sends unmasked frames */
  gboolean has_failed;
  guint8 header[SONDE_WS_MAX_HEADER];
  guint n_header;      /* bytes of the header that are there */
  gboolean in_payload; /* the header is read; left bytes of its payload are to come */
  guint64 left;
  guint mask_at; /* of the next payload byte, 0..3 */
  guint8 control[SONDE_WS_MAX_CONTROL];
  guint n_control;
  SondeWsOpcode message_opcode; /* CONTINUATION: no message is open */
  guint n_fragments;
  GByteArray *message; /* (nullable): made when a message does not lie whole in the input */
} SondeWsReader;

void sonde_ws_reader_init (SondeWsReader *self, gboolean takes_unmasked);
void sonde_ws_reader_clear (SondeWsReader *self);

/**
 * sonde_ws_reader_next:
 * @data: what was received; unmasked in place, so that a message which lies whole in it is not
 * copied
 * @used: (out): bytes of @data that this call took
 *
 * To be called until it says MORE, each time with the rest of the input.
 */
SondeWsResult sonde_ws_reader_next (SondeWsReader *self, guint8 *data, gsize size, gsize *used,
                                    SondeWsEvent *event);

/** sonde_ws_frame_header: of a whole, unmasked message. Returns: its length, at most 10. */
guint sonde_ws_frame_header (guint8 header[10], SondeWsOpcode opcode, gsize size);

/** sonde_ws_frame_close: a close frame; 1005 is one without status. Returns: its length, 2 or 4. */
guint sonde_ws_frame_close (guint8 frame[4], guint code);

/** sonde_ws_is_utf8: strict, U+0000 is a character. */
gboolean sonde_ws_is_utf8 (const guint8 *data, gsize size);
