/* fake-board.h: a board at the far end of a fake channel, with memory and as many faults as wanted
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "support/fake-channel.h"

#define FAKE_BOARD_BASE 0x20000000u
#define FAKE_BOARD_SIZE 4096

/* What the init answer holds besides res and con_id; ready texts. */
#define FAKE_PLAIN ""
#define FAKE_FULL(name, boot)                                                                      \
  ",\"proto\":1,\"device\":\"" name                                                                \
  "\",\"fw\":\"1.0\",\"endian\":\"little\",\"clock_hz\":1000000,"                                  \
  "\"boot\":\"" boot "\",\"seq\":true,\"caps\":{\"bits\":64,\"block\":256,\"batch\":64,"           \
  "\"msg\":4096,\"mask\":1,\"log\":1}"

typedef struct
{
  FakeChannel *channel;
  const char *identity; /* one of the above */
  guint8 memory[FAKE_BOARD_SIZE];
  guint32 ticks;         /* its clock, sent with batches */
  gboolean answers_init; /* TRUE at first */
  gboolean is_held;      /* commands wait for fake_board_answer() */
  gboolean ignores_writes;
  guint64 refused_from, refused_to; /* addresses that are RANGE; equal: none */
  guint n_commands;                 /* all but init and end */
  GQueue waiting;                   /* of char*: commands held */
} FakeBoard;

FakeBoard *fake_board_new (const char *identity);
void fake_board_free (FakeBoard *self);
/** fake_board_connect: a new channel, (transfer none), the board keeps it. */
FakeChannel *fake_board_connect (FakeBoard *self, const char *peer);
/** fake_board_answer: the oldest command that is held. FALSE: there is none. */
gboolean fake_board_answer (FakeBoard *self);
/** fake_board_drop: the oldest command that is held gets no answer. (transfer full) */
char *fake_board_drop (FakeBoard *self);
void fake_board_store (FakeBoard *self, guint32 address, guint64 value, guint size);
guint64 fake_board_load (FakeBoard *self, guint32 address, guint size);
/** fake_boards_run_ms: turns the clock in steps of 1 ms and lets happen what is due; boards that
 * are not held answer once a step what waited at its begin. */
void fake_boards_run_ms (FakeBoard **boards, guint n_boards, guint ms);
void fake_board_run_ms (FakeBoard *self, guint ms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeBoard, fake_board_free)
