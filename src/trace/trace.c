/* trace.c: the samples of one variable over time: one writer, many readers without a lock */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/trace.h"

#include <stdatomic.h>

#include "trace/mark-list.h"
#include "trace/reclaim.h"
#include "trace/window.h"

#define FIRST_CAPACITY 16

/* The growing end: samples below n never change. */
typedef struct
{
  _Atomic (guint) n;
  gint64 times[SONDE_BLOCK_SAMPLES];
  guint8 values[]; /* 4 096 of the trace's form, aligned for 8 bytes */
} Tail;

/* Full blocks: a cell is written once, before a view that counts it is published. */
typedef struct
{
  guint capacity;
  SondeBlock *blocks[];
} BlockArray;

/* What readers get in one load. Immutable, except for the tail's count. */
typedef struct
{
  BlockArray *array;
  guint first, end; /* the blocks that count */
  Tail *tail;
} View;

struct _SondeTrace
{
  GObject parent_instance;
  SondeType *type; /* owned */
  SondeSampleForm form;
  SondeReclaim reclaim;
  _Atomic (gpointer) view; /* View; of the writer, borrowed by readers inside reclaim */
  SondeMarkList marks;
  _Atomic (guint64) generation;
  _Atomic (guint64) n_samples;
  _Atomic (gsize) block_bytes;
  gint64 newest_us; /* writer only, as all below */
  gboolean has_newest;
  gboolean is_gap_open;
};

static void sonde_trace_source_init (SondeSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SondeTrace, sonde_trace, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SONDE_TYPE_SOURCE, sonde_trace_source_init))

static gsize
tail_bytes (SondeTrace *self)
{
  return sizeof (Tail) + SONDE_BLOCK_SAMPLES * sonde_sample_width (self->form);
}

static Tail *
new_tail (SondeTrace *self)
{
  Tail *tail = g_malloc (tail_bytes (self));

  atomic_init (&tail->n, 0);
  return tail;
}

static BlockArray *
new_array (guint capacity)
{
  BlockArray *array = g_malloc (sizeof *array + capacity * sizeof array->blocks[0]);

  array->capacity = capacity;
  return array;
}

static View *
new_view (BlockArray *array, guint first, guint end, Tail *tail)
{
  View *view = g_new (View, 1);

  *view = (View){ array, first, end, tail };
  return view;
}

/* The writer's own look at what it published itself. */
static View *
peek_view (SondeTrace *self)
{
  return atomic_load_explicit (&self->view, memory_order_relaxed);
}

static void
publish (SondeTrace *self, View *view)
{
  sonde_reclaim_retire (&self->reclaim, atomic_exchange (&self->view, view), g_free);
}

static void
announce (SondeTrace *self)
{
  atomic_fetch_add_explicit (&self->generation, 1, memory_order_release);
}

static void
sonde_trace_init (SondeTrace *self)
{
  sonde_reclaim_init (&self->reclaim);
  sonde_mark_list_init (&self->marks, &self->reclaim);
}

SondeTrace *
sonde_trace_new (SondeType *type)
{
  SondeTrace *self;

  g_return_val_if_fail (sonde_type_is_leaf (type), NULL);
  self = g_object_new (SONDE_TYPE_TRACE, NULL);
  self->type = sonde_type_ref (type);
  self->form = sonde_sample_form_of (type);
  atomic_init (&self->view, new_view (new_array (FIRST_CAPACITY), 0, 0, new_tail (self)));
  return self;
}

/* The last reference is gone, so no reader is inside. */
static void
sonde_trace_finalize (GObject *object)
{
  SondeTrace *self = SONDE_TRACE (object);
  View *view = peek_view (self);

  sonde_reclaim_clear (&self->reclaim);
  sonde_mark_list_release (&self->marks);
  if (view != NULL)
    {
      for (guint i = view->first; i < view->end; i++)
        sonde_block_unref (view->array->blocks[i]);
      g_free (view->array);
      g_free (view->tail);
      g_free (view);
    }
  g_clear_pointer (&self->type, sonde_type_unref);
  G_OBJECT_CLASS (sonde_trace_parent_class)->finalize (object);
}

static void
sonde_trace_class_init (SondeTraceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_trace_finalize;
}

/* An array with a free cell at its end, holding the blocks that count from cell 0 on. */
static BlockArray *
grow_array (const View *view)
{
  const guint n = view->end - view->first;
  BlockArray *array = new_array (MAX (FIRST_CAPACITY, n * 2));

  memcpy (array->blocks, view->array->blocks + view->first, n * sizeof array->blocks[0]);
  return array;
}

/* Turns the full tail into a block and starts a new one. Retired last in, last out: a reader of the
 * old view still finds the old array and the old tail. */
static void
seal_tail (SondeTrace *self)
{
  View *view = peek_view (self);
  BlockArray *array = view->array;
  Tail *tail = view->tail;
  guint first = view->first, end = view->end;
  SondeBlock *block = sonde_block_new (self->form, SONDE_BLOCK_SAMPLES, tail->times, tail->values);

  if (end == array->capacity)
    {
      array = grow_array (view);
      end -= first;
      first = 0;
    }
  array->blocks[end] = block;
  atomic_fetch_add (&self->block_bytes, sonde_block_get_bytes (block));

  BlockArray *old_array = view->array;

  publish (self, new_view (array, first, end + 1, new_tail (self)));
  sonde_reclaim_retire (&self->reclaim, tail, g_free);
  if (array != old_array)
    sonde_reclaim_retire (&self->reclaim, old_array, g_free);
  sonde_reclaim_collect (&self->reclaim);
}

gboolean
sonde_trace_append (SondeTrace *self, gint64 time_us, const SondeValue *value)
{
  Tail *tail = peek_view (self)->tail;
  guint n = atomic_load_explicit (&tail->n, memory_order_relaxed);

  if (self->has_newest && time_us < self->newest_us)
    return FALSE;
  if (n == SONDE_BLOCK_SAMPLES)
    {
      seal_tail (self);
      tail = peek_view (self)->tail;
      n = 0;
    }
  if (!sonde_sample_store (self->form, tail->values, n, value))
    return FALSE;
  tail->times[n] = time_us;
  if (self->is_gap_open)
    {
      sonde_mark_list_close_gap (&self->marks, time_us);
      self->is_gap_open = FALSE;
    }
  self->newest_us = time_us;
  self->has_newest = TRUE;
  atomic_store_explicit (&tail->n, n + 1, memory_order_release);
  atomic_fetch_add_explicit (&self->n_samples, 1, memory_order_relaxed);
  announce (self);
  return TRUE;
}

static gint64
oldest_time (SondeTrace *self)
{
  const View *view = peek_view (self);

  if (view->end > view->first)
    return view->array->blocks[view->first]->first_us;
  return atomic_load_explicit (&view->tail->n, memory_order_relaxed) > 0 ? view->tail->times[0]
                                                                         : G_MININT64;
}

void
sonde_trace_append_gap (SondeTrace *self)
{
  if (self->is_gap_open || !self->has_newest)
    return;
  self->is_gap_open = TRUE;
  sonde_mark_list_add (&self->marks, SONDE_MARK_GAP, self->newest_us, oldest_time (self));
  announce (self);
}

void
sonde_trace_mark_boot (SondeTrace *self, gint64 time_us)
{
  if (self->has_newest)
    time_us = MAX (time_us, self->newest_us);
  sonde_mark_list_add (&self->marks, SONDE_MARK_BOOT, time_us, oldest_time (self));
  announce (self);
}

gsize
sonde_trace_drop_oldest (SondeTrace *self)
{
  View *view = peek_view (self);
  SondeBlock *block;
  gsize bytes;

  if (view->first == view->end)
    return 0;
  block = view->array->blocks[view->first];
  bytes = sonde_block_get_bytes (block);
  atomic_fetch_sub (&self->block_bytes, bytes);
  atomic_fetch_sub (&self->n_samples, block->n);
  publish (self, new_view (view->array, view->first + 1, view->end, view->tail));
  sonde_reclaim_retire (&self->reclaim, block, (GDestroyNotify) sonde_block_unref);
  sonde_reclaim_collect (&self->reclaim);
  announce (self);
  return bytes;
}

void
sonde_trace_clear (SondeTrace *self)
{
  const View old = *peek_view (self);

  publish (self, new_view (new_array (FIRST_CAPACITY), 0, 0, new_tail (self)));
  sonde_mark_list_reset (&self->marks);
  for (guint i = old.first; i < old.end; i++)
    sonde_reclaim_retire (&self->reclaim, old.array->blocks[i], (GDestroyNotify) sonde_block_unref);
  sonde_reclaim_retire (&self->reclaim, old.array, g_free);
  sonde_reclaim_retire (&self->reclaim, old.tail, g_free);
  sonde_reclaim_collect (&self->reclaim);
  atomic_store (&self->block_bytes, 0);
  atomic_store (&self->n_samples, 0);
  self->has_newest = FALSE;
  self->is_gap_open = FALSE;
  announce (self);
}

gsize
sonde_trace_get_bytes (SondeTrace *self)
{
  return sizeof *self + atomic_load (&self->block_bytes) + tail_bytes (self)
         + sonde_mark_list_get_bytes (&self->marks);
}

guint64
sonde_trace_get_n_samples (SondeTrace *self)
{
  return atomic_load_explicit (&self->n_samples, memory_order_relaxed);
}

SondeType *
sonde_trace_get_type_shape (SondeTrace *self)
{
  return self->type;
}

gboolean
sonde_trace_get_oldest_block (SondeTrace *self, gint64 *first_us)
{
  const View *view = peek_view (self);

  if (view->first == view->end)
    return FALSE;
  *first_us = view->array->blocks[view->first]->first_us;
  return TRUE;
}

/* --- reading: any thread --- */

/* Opens a window on what is there now. It holds until sonde_reclaim_leave(). */
static guint
open_window (SondeTrace *self, SondeWindow *window)
{
  const guint slot = sonde_reclaim_enter (&self->reclaim);
  const View *view = atomic_load (&self->view);
  const guint n = atomic_load_explicit (&view->tail->n, memory_order_acquire);

  *window = (SondeWindow){
    .blocks = view->array->blocks + view->first,
    .n_blocks = view->end - view->first,
    .tail = { .form = self->form,
              .times_form = SONDE_TIMES_WHOLE,
              .n = n,
              .first_us = n > 0 ? view->tail->times[0] : 0,
              .last_us = n > 0 ? view->tail->times[n - 1] : 0,
              .times = view->tail->times,
              .values = view->tail->values },
  };
  return slot;
}

static gboolean
trace_get_span (SondeSource *source, gint64 *first_us, gint64 *last_us)
{
  SondeTrace *self = SONDE_TRACE (source);
  SondeWindow window;
  const guint slot = open_window (self, &window);
  const gboolean is_there = sonde_window_get_span (&window, first_us, last_us);

  sonde_reclaim_leave (&self->reclaim, slot);
  return is_there;
}

static guint64
trace_get_generation (SondeSource *source)
{
  return atomic_load_explicit (&SONDE_TRACE (source)->generation, memory_order_acquire);
}

static guint
trace_read_marks (SondeSource *source, gint64 start_us, gint64 end_us, GArray *marks)
{
  SondeTrace *self = SONDE_TRACE (source);
  const guint slot = sonde_reclaim_enter (&self->reclaim);
  const guint n = sonde_mark_list_read (&self->marks, start_us, end_us, marks);

  sonde_reclaim_leave (&self->reclaim, slot);
  return n;
}

static void
trace_read_columns (SondeSource *source, gint64 start_us, gint64 end_us, guint n_columns,
                    SondeColumn *columns)
{
  SondeTrace *self = SONDE_TRACE (source);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SondeMark));
  SondeWindow window;
  const guint slot = open_window (self, &window);

  sonde_window_read_columns (&window, start_us, end_us, n_columns, columns);
  sonde_mark_list_read (&self->marks, start_us, end_us, marks);
  sonde_reclaim_leave (&self->reclaim, slot);
  for (guint i = 0; i < marks->len; i++)
    {
      const SondeMark *mark = &g_array_index (marks, SondeMark, i);

      if (mark->kind == SONDE_MARK_GAP)
        sonde_window_flag_gap (mark->time_us, mark->end_us != 0 ? mark->end_us : end_us, start_us,
                               end_us, n_columns, columns);
    }
}

static gboolean
trace_foreach_sample (SondeSource *source, gint64 start_us, gint64 end_us, SondeSampleFunc func,
                      gpointer user_data)
{
  SondeTrace *self = SONDE_TRACE (source);
  SondeWindow window;
  const guint slot = open_window (self, &window);
  const gboolean is_whole
      = sonde_window_foreach_sample (&window, start_us, end_us, func, user_data);

  sonde_reclaim_leave (&self->reclaim, slot);
  return is_whole;
}

static gboolean
trace_get_nearest (SondeSource *source, gint64 time_us, gint64 *sample_us, SondeValue *value)
{
  SondeTrace *self = SONDE_TRACE (source);
  SondeWindow window;
  const guint slot = open_window (self, &window);
  const gboolean is_there = sonde_window_get_nearest (&window, time_us, sample_us, value);

  sonde_reclaim_leave (&self->reclaim, slot);
  return is_there;
}

static guint64
trace_count_samples (SondeSource *source, gint64 start_us, gint64 end_us)
{
  SondeTrace *self = SONDE_TRACE (source);
  SondeWindow window;
  const guint slot = open_window (self, &window);
  const guint64 n = sonde_window_count_samples (&window, start_us, end_us);

  sonde_reclaim_leave (&self->reclaim, slot);
  return n;
}

static void
sonde_trace_source_init (SondeSourceInterface *iface)
{
  iface->get_span = trace_get_span;
  iface->get_generation = trace_get_generation;
  iface->read_columns = trace_read_columns;
  iface->foreach_sample = trace_foreach_sample;
  iface->read_marks = trace_read_marks;
  iface->get_nearest = trace_get_nearest;
  iface->count_samples = trace_count_samples;
}
