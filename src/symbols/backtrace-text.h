/* backtrace-text.h: code addresses, alone or in a line of text, as function, file and line */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/line-table.h"
#include "symbols/symbol-table.h"

/* What lies at an address of code; texts are borrowed from table and lines. */
typedef struct
{
  guint64 address;      /* as asked for */
  const char *function; /* "" where none is known */
  guint64 offset;       /* bytes from the start of the function */
  const char *file;     /* full path; "" where no line is known */
  guint line, column;   /* 0: not known */
  const char *why;      /* NULL, or why neither function nor line is known */
} SondeCodePlace;

typedef enum
{
  SONDE_CODE_EXACT,  /* a program counter, or what addr2line is asked */
  SONDE_CODE_RETURN, /* where a call comes back to: the call itself is meant */
} SondeCodeUse;

/* An address in a text. */
typedef struct
{
  gsize start, length; /* bytes of the text, "0x" included */
  SondeCodeUse use;
  SondeCodePlace place;
} SondeCodeSpan;

/**
 * sonde_code_place_find:
 * @lines: (nullable): without, only the function is told
 * @address: the Thumb bit of ARM code is ignored
 *
 * Returns: FALSE where nothing is known; @place->why then says why
 */
gboolean sonde_code_place_find (const SondeSymbolTable *table, const SondeLineTable *lines,
                                guint64 address, SondeCodeUse use, SondeCodePlace *place);
/** sonde_code_place_describe: (transfer full): "motor_step() motor.c:118:5"; "?? (why)" where
 * nothing is known. */
char *sonde_code_place_describe (const SondeCodePlace *place);

/**
 * sonde_backtrace_text_find:
 * @length: bytes of @text, -1: up to its NUL
 *
 * Finds hexadecimal numbers that are addresses in code sections of @table: "0x8000124" of any
 * length, and "08000124" of eight or sixteen digits, neither as part of a longer word. Those
 * behind "lr" or "ra", in frames "#1" and above, and (where they are not the start of a function)
 * in lines "1: .." and behind the first of one line are taken as return addresses. Linear in the
 * text; at most 64 a line. Any thread.
 *
 * Returns: (element-type SondeCodeSpan) (transfer full): in the order of the text
 */
GArray *sonde_backtrace_text_find (const SondeSymbolTable *table, const SondeLineTable *lines,
                                   const char *text, gssize length);
/** sonde_backtrace_text_resolve: (transfer full): @text with "(motor_step() motor.c:118:5)" behind
 * each address. */
char *sonde_backtrace_text_resolve (const SondeSymbolTable *table, const SondeLineTable *lines,
                                    const char *text);
