/* symbol-match.h: how well a few letters fit a path */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Letters beyond these are not looked for. */
#define SONDE_PATTERN_MAX 48

/* What one word of a search asks for; a value, made once for many paths. */
typedef struct
{
  guint length;
  guint64 mask;                 /* of sonde_symbol_mask() */
  char text[SONDE_PATTERN_MAX]; /* lower case */
} SondePattern;

void sonde_pattern_init (SondePattern *self, const char *text, gsize length);
/** sonde_pattern_without: @self without its letter @drop: what a slip of a finger may have added.
 */
SondePattern sonde_pattern_without (const SondePattern *self, guint drop);
/**
 * sonde_pattern_score:
 * @bits: (nullable): bytes of @path that matched are set, first 64
 *
 * Letters match in order, case apart. Word starts and runs count most, gaps cost.
 *
 * Returns: G_MININT where they do not all occur
 */
gint sonde_pattern_score (const SondePattern *self, const char *path, gsize length, guint64 *bits);

/* What one pattern found in the path before; zero at first. That path must stay. */
typedef struct
{
  const char *path;  /* NULL: nothing yet */
  guint end;         /* the last byte that could matter to the score */
  gint top;          /* the score, apart from the path's length */
  gboolean is_final; /* whatever follows end */
} SondePatternMemo;

/** sonde_pattern_score_next: as sonde_pattern_score(), for many paths one after the other: of
 * sorted paths most begin as the one before. */
gint sonde_pattern_score_next (const SondePattern *self, SondePatternMemo *memo, const char *path,
                               gsize length);
/** sonde_pattern_find_slip: the first letter without which @self occurs in @path; the length of
 * @self where there is none. */
guint sonde_pattern_find_slip (const SondePattern *self, const char *path, gsize length);
/** sonde_symbol_mask: a bit for each letter that occurs: a path without all bits of a pattern
 * cannot match. */
guint64 sonde_symbol_mask (const char *text, gsize length);
/** sonde_symbol_match: score of @text against @path, G_MININT: no match; @bits: (nullable): bytes
 * of @path that matched, first 64. Words of addresses ("0x2000") and types (":float") are left to
 * the search. */
gint sonde_symbol_match (const char *text, const char *path, guint64 *bits);
/** sonde_symbol_is_letters: FALSE for such words. */
gboolean sonde_symbol_is_letters (const char *word);

/* A word that matches but for one letter ranks behind all that match. */
#define SONDE_SLIP_COST 60
#define SONDE_SLIP_MIN_LENGTH 5
