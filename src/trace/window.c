/* window.c: a run of blocks and what a plot or an export asks of it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/window.h"

#include <math.h>

/* Spans of years times thousands of columns leave 64 bits behind. */
__extension__ typedef __int128 Wide;

static guint
count_blocks (const SondeWindow *self)
{
  return self->n_blocks + (self->tail.n > 0);
}

static const SondeBlock *
get_block (const SondeWindow *self, guint index)
{
  return index < self->n_blocks ? self->blocks[index] : &self->tail;
}

/* The first block with a sample not before @time_us; as many as there are where none has. */
static guint
find_block (const SondeWindow *self, gint64 time_us)
{
  guint low = 0, high = count_blocks (self);

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (get_block (self, middle)->last_us < time_us)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
sonde_window_get_span (const SondeWindow *self, gint64 *first_us, gint64 *last_us)
{
  const guint n = count_blocks (self);

  if (n == 0)
    return FALSE;
  *first_us = get_block (self, 0)->first_us;
  *last_us = get_block (self, n - 1)->last_us;
  return TRUE;
}

static guint
column_of (gint64 time_us, gint64 start_us, gint64 end_us, guint n_columns)
{
  return (guint) ((Wide) (time_us - start_us) * n_columns / (end_us - start_us));
}

/* The first microsecond that column_of() puts into @column. */
static gint64
column_start (guint column, gint64 start_us, gint64 end_us, guint n_columns)
{
  const Wide product = (Wide) column * (end_us - start_us) + n_columns - 1;

  return start_us + (gint64) (product / n_columns);
}

static void
add_to_column (SondeColumn *column, const SondeBlock *block, guint from, guint to)
{
  double min = INFINITY, max = -INFINITY;

  if (from == 0 && to == block->n && block->pyramid != NULL)
    {
      min = block->min;
      max = block->max;
    }
  else
    sonde_block_extend (block, from, to, &min, &max);
  if (min <= max)
    {
      column->min = isnan (column->min) ? min : MIN (column->min, min);
      column->max = isnan (column->max) ? max : MAX (column->max, max);
    }
  if (column->n == 0)
    column->first = sonde_block_get_double (block, from);
  column->last = sonde_block_get_double (block, to - 1);
  column->n += to - from;
}

static void
add_block (const SondeBlock *block, gint64 start_us, gint64 end_us, guint n_columns,
           SondeColumn *columns)
{
  guint from = sonde_block_find (block, start_us);
  const guint end = sonde_block_find (block, end_us);

  while (from < end)
    {
      const guint column
          = column_of (sonde_block_get_time (block, from), start_us, end_us, n_columns);
      const gint64 next_us = column_start (column + 1, start_us, end_us, n_columns);
      const guint to = next_us >= end_us ? end : sonde_block_find (block, next_us);

      add_to_column (&columns[column], block, from, to);
      from = to;
    }
}

void
sonde_window_read_columns (const SondeWindow *self, gint64 start_us, gint64 end_us, guint n_columns,
                           SondeColumn *columns)
{
  const guint n_blocks = count_blocks (self);

  for (guint i = 0; i < n_columns; i++)
    columns[i] = (SondeColumn){ NAN, NAN, NAN, NAN, 0, FALSE };
  for (guint i = find_block (self, start_us); i < n_blocks; i++)
    {
      const SondeBlock *block = get_block (self, i);

      if (block->first_us >= end_us)
        return;
      add_block (block, start_us, end_us, n_columns, columns);
    }
}

void
sonde_window_flag_gap (gint64 gap_start_us, gint64 gap_end_us, gint64 start_us, gint64 end_us,
                       guint n_columns, SondeColumn *columns)
{
  const gint64 from_us = MAX (gap_start_us, start_us), to_us = MIN (gap_end_us, end_us - 1);

  if (from_us > to_us)
    return;

  const guint to = column_of (to_us, start_us, end_us, n_columns);

  for (guint i = column_of (from_us, start_us, end_us, n_columns); i <= to; i++)
    columns[i].has_gap = TRUE;
}

gboolean
sonde_window_foreach_sample (const SondeWindow *self, gint64 start_us, gint64 end_us,
                             SondeSampleFunc func, gpointer user_data)
{
  const guint n_blocks = count_blocks (self);

  for (guint i = find_block (self, start_us); i < n_blocks; i++)
    {
      const SondeBlock *block = get_block (self, i);
      const guint end = sonde_block_find (block, end_us);

      for (guint k = sonde_block_find (block, start_us); k < end; k++)
        {
          const SondeValue value = sonde_block_get_value (block, k);

          if (!func (sonde_block_get_time (block, k), &value, user_data))
            return FALSE;
        }
      if (end < block->n)
        break;
    }
  return TRUE;
}

static void
take_sample (const SondeBlock *block, guint index, gint64 *sample_us, SondeValue *value)
{
  if (sample_us != NULL)
    *sample_us = sonde_block_get_time (block, index);
  if (value != NULL)
    *value = sonde_block_get_value (block, index);
}

gboolean
sonde_window_get_nearest (const SondeWindow *self, gint64 time_us, gint64 *sample_us,
                          SondeValue *value)
{
  const guint n_blocks = count_blocks (self);
  const guint at = find_block (self, time_us);
  const SondeBlock *before = NULL, *after = at < n_blocks ? get_block (self, at) : NULL;
  const guint after_index = after != NULL ? sonde_block_find (after, time_us) : 0;
  guint before_index = 0;

  if (after != NULL && after_index > 0)
    {
      before = after;
      before_index = after_index - 1;
    }
  else if (at > 0)
    {
      before = get_block (self, at - 1);
      before_index = before->n - 1;
    }
  if (before == NULL && after == NULL)
    return FALSE;
  if (after == NULL
      || (before != NULL
          && time_us - sonde_block_get_time (before, before_index)
                 < sonde_block_get_time (after, after_index) - time_us))
    take_sample (before, before_index, sample_us, value);
  else
    take_sample (after, after_index, sample_us, value);
  return TRUE;
}

guint64
sonde_window_count_samples (const SondeWindow *self, gint64 start_us, gint64 end_us)
{
  const guint n_blocks = count_blocks (self);
  guint64 n = 0;

  for (guint i = find_block (self, start_us); i < n_blocks; i++)
    {
      const SondeBlock *block = get_block (self, i);
      const guint from = sonde_block_find (block, start_us);
      const guint to = sonde_block_find (block, end_us);

      n += to > from ? to - from : 0;
      if (to < block->n)
        break;
    }
  return n;
}
