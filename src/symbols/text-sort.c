/* text-sort.c: sorts many texts that begin alike */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/text-sort.h"

#include <string.h>

/* Beyond so many words an ordinary sort does: its depth does not grow with the texts' length. */
#define MAX_WORDS 64

static gint
compare_words (gconstpointer a, gconstpointer b)
{
  const SondeSortRow *x = a, *y = b;

  if (x->word != y->word)
    return x->word < y->word ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  const SondeSortRow *x = a, *y = b;
  const int order = strcmp (x->text, y->text);

  if (order != 0)
    return order;
  return x->index < y->index ? -1 : x->index > y->index;
}

/* Eight bytes as a number that orders like them; zeros behind the end. */
static guint64
load_word (const SondeSortRow *row, gsize at)
{
  guint64 word = 0;

  if (at < row->length)
    memcpy (&word, row->text + at, MIN (8, row->length - at));
  return GUINT64_FROM_BE (word);
}

/* The mark of rows whose texts are like the one before. */
static void
mark (SondeSortRow *rows, guint n, gboolean are_equal)
{
  for (guint i = 0; i < n; i++)
    rows[i].word = i > 0 && (are_equal || strcmp (rows[i - 1].text, rows[i].text) == 0);
}

static void
sort_from (SondeSortRow *rows, guint n, guint depth)
{
  const gsize at = (gsize) depth * 8;

  if (depth == MAX_WORDS)
    {
      qsort (rows, n, sizeof *rows, compare_texts);
      mark (rows, n, FALSE);
      return;
    }
  for (guint i = 0; i < n; i++)
    rows[i].word = load_word (&rows[i], at);
  qsort (rows, n, sizeof *rows, compare_words);
  for (guint first = 0, end; first < n; first = end)
    {
      for (end = first + 1; end < n && rows[end].word == rows[first].word; end++)
        ;
      /* A zero at its end: the texts end here, they are equal. */
      if (end - first > 1 && (rows[first].word & 0xff) != 0)
        sort_from (rows + first, end - first, depth + 1);
      else
        mark (rows + first, end - first, TRUE);
    }
}

void
sonde_text_sort (SondeSortRow *rows, guint n)
{
  for (guint i = 0; i < n; i++)
    rows[i].length = (guint32) MIN (strlen (rows[i].text), G_MAXUINT32);
  sort_from (rows, n, 0);
}
