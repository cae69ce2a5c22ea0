/* symbol-match.c: how well a few letters fit a path */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/symbol-match.h"

#include <string.h>

/* Of longer paths the end counts: that is where members are. */
#define MAX_PATH 256
/* A short path is likelier meant than a long one, up to here. */
#define MAX_COUNTED 80

enum
{
  SCORE_LETTER = 16,
  SCORE_WORD = 10,
  SCORE_HUMP = 7, /* "kP" in "motorKp" */
  SCORE_RUN = 9,
  SCORE_WHOLE = 40,
  COST_GAP = 3,
  COST_STEP = 1,
  NEVER = -20000,
};

/* GLib's is a call for each letter. */
static inline char
to_lower (char c)
{
  return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
}

static guint
get_bit (guchar c)
{
  if (c >= 'a' && c <= 'z')
    return c - 'a';
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= '0' && c <= '9')
    return 26 + (c - '0');
  return c == '_' ? 36 : c == '.' ? 37 : c == ':' ? 38 : c == '[' ? 39 : 40 + (c & 15);
}

guint64
sonde_symbol_mask (const char *text, gsize length)
{
  guint64 mask = 0;

  for (gsize i = 0; i < length; i++)
    mask |= G_GUINT64_CONSTANT (1) << get_bit ((guchar) text[i]);
  return mask;
}

void
sonde_pattern_init (SondePattern *self, const char *text, gsize length)
{
  self->length = (guint) MIN (length, SONDE_PATTERN_MAX);
  for (guint i = 0; i < self->length; i++)
    self->text[i] = to_lower (text[i]);
  self->mask = sonde_symbol_mask (self->text, self->length);
}

SondePattern
sonde_pattern_without (const SondePattern *self, guint drop)
{
  SondePattern other = { 0 };
  char text[SONDE_PATTERN_MAX];

  memcpy (text, self->text, drop);
  memcpy (text + drop, self->text + drop + 1, self->length - drop - 1);
  sonde_pattern_init (&other, text, self->length - 1);
  return other;
}

/* The range of places that each letter can take at all; FALSE where one has none. */
static gboolean
find_ranges (const SondePattern *self, const char *path, guint length, guint8 *first, guint8 *last)
{
  guint at = 0;

  for (guint i = 0; i < self->length; i++)
    {
      while (at < length && to_lower (path[at]) != self->text[i])
        at++;
      if (at == length)
        return FALSE;
      first[i] = (guint8) at++;
    }
  at = length;
  for (guint i = self->length; i-- > 0;)
    {
      while (to_lower (path[--at]) != self->text[i])
        ;
      last[i] = (guint8) at;
    }
  return TRUE;
}

static gint
get_bonus (const char *path, guint at)
{
  const char c = path[at], before = at > 0 ? path[at - 1] : '.';

  if (!g_ascii_isalnum (before))
    return g_ascii_isalnum (c) ? SCORE_WORD : 0;
  if (g_ascii_isupper (c) && g_ascii_islower (before))
    return SCORE_HUMP;
  return g_ascii_isdigit (c) && !g_ascii_isdigit (before) ? SCORE_HUMP : 0;
}

/* best[j]: the letters so far, the newest of them at j. */
static void
score_letter (const SondePattern *self, guint i, const char *path, const guint8 *first,
              const guint8 *last, const gint16 *above, gint16 *best)
{
  gint gap = NEVER;
  const guint start = i > 0 ? first[i - 1] : first[0];

  for (guint j = start; j <= last[i]; j++)
    {
      gint score = NEVER;

      if (j >= first[i] && to_lower (path[j]) == self->text[i])
        {
          const gint bonus = get_bonus (path, j);

          if (i == 0)
            score = SCORE_LETTER + 2 * bonus - (gint) MIN (j, 8) / 4;
          else
            {
              const gint run = j > 0 && j - 1 >= first[i - 1] && j - 1 <= last[i - 1]
                                   ? above[j - 1] + MAX (SCORE_RUN, bonus)
                                   : NEVER;

              score = SCORE_LETTER + MAX (run, gap + bonus);
            }
        }
      best[j] = (gint16) MAX (score, NEVER);
      if (i > 0)
        {
          const gint opened = j >= first[i - 1] && j <= last[i - 1] ? above[j] - COST_GAP : NEVER;

          gap = MAX (MAX (gap - COST_STEP, opened), NEVER);
        }
    }
}

/* From the last letter's best place backwards: each letter stood where it scored best before its
 * follower. */
static guint64
trace_back (const SondePattern *self, gint16 (*best)[MAX_PATH], const guint8 *first,
            const guint8 *last, guint end, guint skipped)
{
  guint64 bits = 0;
  guint limit = end;

  for (guint i = self->length; i-- > 0;)
    {
      guint at = limit;
      gint top = G_MININT;

      for (guint j = first[i]; j <= MIN (limit, last[i]); j++)
        {
          const gint distance = (gint) (limit - j);
          const gint score
              = best[i][j] - (distance > 0 ? COST_GAP + distance * COST_STEP : -SCORE_RUN);

          if (best[i][j] > NEVER && score >= top)
            {
              top = score;
              at = j;
            }
        }
      if (at + skipped < 64)
        bits |= G_GUINT64_CONSTANT (1) << (at + skipped);
      limit = at > 0 ? at - 1 : 0;
    }
  return bits;
}

static guint
count_skipped (gsize length)
{
  return length > MAX_PATH - 1 ? (guint) (length - (MAX_PATH - 1)) : 0;
}

/* All letters side by side from the start of a word on: nothing scores more, for a gap costs more
 * than the start of a word beyond it brings. The sum needs no search then. */
static gboolean
find_whole (const SondePattern *self, const char *path, guint n, SondePatternMemo *memo)
{
  for (guint start = 0; start + self->length <= n; start++)
    {
      guint i = 0;
      gint sum;

      if (to_lower (path[start]) != self->text[0] || get_bonus (path, start) != SCORE_WORD)
        continue;
      while (i < self->length && to_lower (path[start + i]) == self->text[i])
        i++;
      if (i < self->length)
        continue;
      sum = SCORE_LETTER + 2 * SCORE_WORD - (gint) MIN (start, 8) / 4;
      for (i = 1; i < self->length; i++)
        sum += SCORE_LETTER + MAX (SCORE_RUN, get_bonus (path, start + i));
      *memo = (SondePatternMemo){ path, start + self->length - 1, sum, TRUE };
      return TRUE;
    }
  return FALSE;
}

static gint
finish_score (const SondePattern *self, gint top, gsize length)
{
  if (self->length == length)
    top += SCORE_WHOLE;
  return top - (gint) MIN (length, MAX_COUNTED) / 8;
}

/* A later place for the last letter would make room for others. */
static gboolean
is_as_before (const SondePattern *self, const SondePatternMemo *memo, const char *path, guint n)
{
  const char letter = self->text[self->length - 1];

  if (memo->path == NULL || strncmp (memo->path, path, memo->end + 1) != 0)
    return FALSE;
  for (guint i = memo->end + 1; !memo->is_final && i < n; i++)
    if (to_lower (path[i]) == letter)
      return FALSE;
  return TRUE;
}

gint
sonde_pattern_score_next (const SondePattern *self, SondePatternMemo *memo, const char *path,
                          gsize length)
{
  guint8 first[SONDE_PATTERN_MAX], last[SONDE_PATTERN_MAX];
  gint score;

  if (self->length == 0 || count_skipped (length) > 0)
    return sonde_pattern_score (self, path, length, NULL);
  if (is_as_before (self, memo, path, (guint) length)
      || find_whole (self, path, (guint) length, memo))
    return finish_score (self, memo->top, length);
  if (!find_ranges (self, path, (guint) length, first, last))
    return G_MININT;
  score = sonde_pattern_score (self, path, length, NULL);
  *memo = (SondePatternMemo){ path, last[self->length - 1], score - finish_score (self, 0, length),
                              FALSE };
  return score;
}

guint
sonde_pattern_find_slip (const SondePattern *self, const char *path, gsize length)
{
  const guint skipped = count_skipped (length), n = (guint) length - skipped;
  guint ends[SONDE_PATTERN_MAX + 1]; /* behind the first places of so many letters */
  guint most = 0, slip = self->length, start = n;

  path += skipped;
  ends[0] = 0;
  for (guint at = 0; at < n && most < self->length; at++)
    if (to_lower (path[at]) == self->text[most])
      ends[++most] = at + 1;
  /* The letters behind the one that is left out stand as far back as they can. */
  for (guint drop = self->length; drop-- > 0;)
    {
      if (drop <= most && ends[drop] <= start)
        slip = drop;
      while (start > 0 && to_lower (path[start - 1]) != self->text[drop])
        start--;
      if (start == 0)
        break;
      start--;
    }
  return slip;
}

gint
sonde_pattern_score (const SondePattern *self, const char *path, gsize length, guint64 *bits)
{
  const guint skipped = count_skipped (length);
  const guint n = (guint) length - skipped;
  guint8 first[SONDE_PATTERN_MAX], last[SONDE_PATTERN_MAX];
  gint16 best[SONDE_PATTERN_MAX][MAX_PATH];
  gint top = NEVER;
  guint end = 0;
  const guint newest = self->length - 1;

  if (self->length == 0)
    return 0;
  if (!find_ranges (self, path + skipped, n, first, last))
    return G_MININT;
  for (guint i = 0; i < self->length; i++)
    score_letter (self, i, path + skipped, first, last, i > 0 ? best[i - 1] : NULL, best[i]);
  for (guint j = first[newest]; j <= last[newest]; j++)
    if (best[newest][j] > top)
      {
        top = best[newest][j];
        end = j;
      }
  if (bits != NULL)
    *bits |= trace_back (self, best, first, last, end, skipped);
  return finish_score (self, top, length);
}

gboolean
sonde_symbol_is_letters (const char *word)
{
  if (word[0] == ':' && word[1] != ':')
    return FALSE;
  return !(word[0] == '0' && (word[1] == 'x' || word[1] == 'X'));
}

/* One letter too many is forgiven in a word of some length. */
static gint
match_with_slip (const SondePattern *pattern, const char *path, gsize length, guint64 *bits)
{
  gint best = G_MININT;

  for (guint drop = 0; pattern->length >= SONDE_SLIP_MIN_LENGTH && drop < pattern->length; drop++)
    {
      const SondePattern shorter = sonde_pattern_without (pattern, drop);
      guint64 found = 0;
      const gint score = sonde_pattern_score (&shorter, path, length, &found);

      if (score == G_MININT || score - SONDE_SLIP_COST <= best)
        continue;
      best = score - SONDE_SLIP_COST;
      if (bits != NULL)
        *bits |= found;
    }
  return best;
}

gint
sonde_symbol_match (const char *text, const char *path, guint64 *bits)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  const gsize length = strlen (path);
  gint sum = 0;

  if (bits != NULL)
    *bits = 0;
  for (guint i = 0; words[i] != NULL; i++)
    {
      SondePattern pattern;
      gint score;

      if (*words[i] == '\0' || !sonde_symbol_is_letters (words[i]))
        continue;
      sonde_pattern_init (&pattern, words[i], strlen (words[i]));
      score = sonde_pattern_score (&pattern, path, length, bits);
      if (score == G_MININT)
        score = match_with_slip (&pattern, path, length, bits);
      if (score == G_MININT)
        return G_MININT;
      sum += score;
    }
  return sum;
}
