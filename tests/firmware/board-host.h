/* board-host.h: a bare server for one demo board: spawns it, shakes hands, asks, listens */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define BOARD_HOST_INIT "{\"cmd\":\"init\",\"con_id\":\"01\"}"

typedef struct
{
  int listener, connection;
  guint16 port;
  GPid pid;
  GByteArray *in;      /* received and not yet taken */
  char *request_text;  /* the board's handshake */
  gboolean was_masked; /* the newest frame */
} BoardHost;

/** board_host_start: spawns the board with @options (blank-separated) and waits until its
 * connection is open. Fails the test after some seconds. */
BoardHost *board_host_start (const char *options);
/** board_host_spawn: without waiting. */
BoardHost *board_host_spawn (const char *options);
void board_host_accept (BoardHost *self);
void board_host_free (BoardHost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BoardHost, board_host_free)

void board_host_send_frame (BoardHost *self, guint8 head, const char *payload, gsize size);
void board_host_send (BoardHost *self, const char *text);
/** board_host_take: (nullable): payload of the next frame, or NULL after @timeout_ms or at the end.
 * @head: its first byte. */
char *board_host_take (BoardHost *self, guint8 *head, guint timeout_ms);
/** board_host_ask: the next answer that is no log line. */
char *board_host_ask (BoardHost *self, const char *text);
/** board_host_ask_write: the answer to a write of one unit. */
char *board_host_ask_write (BoardHost *self, guint64 address, guint bits, guint64 data);
/** board_host_write: fails the test where the board refuses. */
void board_host_write (BoardHost *self, guint64 address, guint bits, guint64 data);
/** board_host_wait_exit: the exit code; fails the test after some seconds. */
int board_host_wait_exit (BoardHost *self);
/** board_host_get_address: of a variable of the board, from its own symbol table. */
guint64 board_host_get_address (const char *symbol);
