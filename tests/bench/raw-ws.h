/* raw-ws.h: the barest WebSocket peers over epoll: what the kernel alone costs */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct
{
  guint n_boards;
  gboolean has_extensions; /* seq, mem_read_many; else the original dialect */
  guint port;
} RawBoards;

/** raw_boards_run: connects n_boards and answers whatever is asked until the other side closes all
 * of them. For a child process. */
void raw_boards_run (const RawBoards *boards);

typedef struct
{
  guint n_boards;
  guint n_reads; /* entries of a batch; 1 and no extensions: one mem_read */
  gboolean has_extensions;
  double seconds;
} RawServerLoad;

/** raw_server_listen: @port: (out). Returns: the listening socket. */
int raw_server_listen (guint *port);
/** raw_server_run: asks every board one command at a time for so long. Returns: round trips;
 * @cpu_us: (out) of this process. @slowest: (out) round trips of the slowest board. */
guint64 raw_server_run (int listener, const RawServerLoad *load, gint64 *cpu_us, guint64 *slowest);

/** raw_cpu_us: user and system time of this process so far. */
gint64 raw_cpu_us (void);
