/* pretend-board.h: the board that the golden messages were written for: fixed memory, clock, name
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sonde/agent.h"

#define PRETEND_RAM 0x20000000u       /* 512 bytes, read and write; byte i is i */
#define PRETEND_COMMANDS 0x20000200u  /* 16 bytes behind it, write only */
#define PRETEND_ROM 0x08000000u       /* 256 bytes, read only; byte i is 255 - i */
#define PRETEND_REGISTERS 0x40000000u /* 32 bytes, 32 bits at a time; byte i is i */
#define PRETEND_SHY 0x40000100u       /* 4 bytes whose read is refused as BUSY */

typedef struct
{
  sonde_agent agent;
  guint8 ram[512], commands[16], rom[256], registers[32];
  GString *accesses; /* "r4 w4 ": each access with its width; "( )" around a guarded one */
} PretendBoard;

PretendBoard *pretend_board_new (void);
void pretend_board_free (PretendBoard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PretendBoard, pretend_board_free)
/** pretend_board_ask: the answer as text, "" for none. The request is copied into a block of
 * exactly its size, so that a sanitizer sees any read beyond it. */
char *pretend_board_ask (PretendBoard *self, const char *request, gsize size);
