/* watch-row.c: a watched variable as the table sees it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/watch-row.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "types/text.h"
#include "workbench/watch-children.h"

#define STALE_PERIODS 3
#define STALE_LEAST_US G_USEC_PER_SEC
#define STREAM_STALE_US (5 * G_USEC_PER_SEC) /* nobody knows when a board will push */
#define FAILED_SHOWN_US (10 * G_USEC_PER_SEC)

struct _SondeWatchRow
{
  GObject parent_instance;
  const SondeWatchHost *host;
  gpointer host_data; /* NULL after detaching */
  guint id;
  char *path;
  char *device; /* "" none yet */
  char *unit;   /* NULL: the variable's own */
  double asked_hz;
  SondeFormat format;
  int plot_slot;
  gboolean is_started;
  gboolean is_stream;
  gboolean was_found;

  SondeVariable *variable; /* (nullable) */
  char *unresolved;        /* why there is no variable */
  SondeWatchState state;
  SondeTrace *trace; /* (nullable) */
  char *text;        /* newest content of a char array (nullable) */
  SondeWatchBoard board;
  char *pending; /* typed text while a write is on its way (nullable) */
  char *write_problem;
  gint64 failed_us; /* monotonic, of write_problem */
  SondeCellState shown;
  SondeWatchChildren *children; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SondeWatchRow, sonde_watch_row, G_TYPE_OBJECT)

static guint changed_signal;
static guint newest_id;

static void
emit_changed (SondeWatchRow *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* Polls what has a value of its own; a struct only hands out its members. */
static void
update_polling (SondeWatchRow *self)
{
  gboolean wanted = self->host_data != NULL && self->variable != NULL
                    && sonde_variable_is_leaf (self->variable);

  if (wanted)
    {
      self->is_started = TRUE;
      self->host->start (self->host_data, self);
    }
  else if (self->is_started && self->host_data != NULL && self->variable == NULL)
    self->host->rest (self->host_data, self);
  else if (self->is_started)
    {
      self->is_started = FALSE;
      if (self->host_data != NULL)
        self->host->stop (self->host_data, self);
    }
}

static void
sonde_watch_row_dispose (GObject *object)
{
  sonde_watch_row_detach (SONDE_WATCH_ROW (object));
  G_OBJECT_CLASS (sonde_watch_row_parent_class)->dispose (object);
}

static void
sonde_watch_row_finalize (GObject *object)
{
  SondeWatchRow *self = SONDE_WATCH_ROW (object);

  g_clear_object (&self->trace);
  g_clear_pointer (&self->variable, sonde_variable_unref);
  g_free (self->path);
  g_free (self->device);
  g_free (self->unit);
  g_free (self->unresolved);
  g_free (self->text);
  g_free (self->pending);
  g_free (self->write_problem);
  G_OBJECT_CLASS (sonde_watch_row_parent_class)->finalize (object);
}

static void
sonde_watch_row_class_init (SondeWatchRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sonde_watch_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = sonde_watch_row_finalize;
  changed_signal = g_signal_new ("changed", SONDE_TYPE_WATCH_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
sonde_watch_row_init (SondeWatchRow *self)
{
  self->id = ++newest_id;
  self->plot_slot = -1;
  self->device = g_strdup ("");
  self->state.min = self->state.max = NAN;
}

SondeWatchRow *
sonde_watch_row_new (const SondeWatchHost *host, gpointer host_data, const char *path,
                     double rate_hz)
{
  SondeWatchRow *self = g_object_new (SONDE_TYPE_WATCH_ROW, NULL);

  self->host = host;
  self->host_data = host_data;
  self->path = g_strdup (path);
  self->asked_hz = rate_hz;
  self->unresolved = g_strdup ("waiting for the firmware's ELF file");
  return self;
}

/* --- reading
 * ------------------------------------------------------------------------------------------------------
 */

const char *
sonde_watch_row_get_path (SondeWatchRow *self)
{
  return self->path;
}

const char *
sonde_watch_row_get_device (SondeWatchRow *self)
{
  return self->device;
}

SondeVariable *
sonde_watch_row_get_variable (SondeWatchRow *self)
{
  return self->variable;
}

SondeTrace *
sonde_watch_row_get_trace (SondeWatchRow *self)
{
  return self->trace;
}

const SondeWatchState *
sonde_watch_row_get_state (SondeWatchRow *self)
{
  return &self->state;
}

guint
sonde_watch_row_get_id (SondeWatchRow *self)
{
  return self->id;
}

gint64
sonde_watch_row_get_age_us (SondeWatchRow *self)
{
  return self->state.has_value ? MAX (sonde_clock_now_us () - self->state.received_us, 0) : -1;
}

static gboolean
is_stale (SondeWatchRow *self)
{
  gint64 least_us = self->is_stream ? STREAM_STALE_US : STALE_LEAST_US;
  double period_us = self->asked_hz > 0 ? 1e6 / self->asked_hz : 0;

  return !self->board.is_connected
         || sonde_watch_row_get_age_us (self) > MAX (STALE_PERIODS * period_us, least_us);
}

static gboolean
has_fresh_write_problem (SondeWatchRow *self)
{
  return self->write_problem != NULL && sonde_clock_now_us () - self->failed_us < FAILED_SHOWN_US;
}

SondeCellState
sonde_watch_row_get_cell_state (SondeWatchRow *self)
{
  if (self->pending != NULL)
    return SONDE_CELL_PENDING;
  if (has_fresh_write_problem (self) || (self->state.error[0] != '\0' && self->board.is_connected))
    return SONDE_CELL_FAILED;
  if (!self->state.has_value)
    return SONDE_CELL_EMPTY;
  if (is_stale (self))
    return SONDE_CELL_STALE;
  return self->board.is_other_firmware && !self->is_stream ? SONDE_CELL_DOUBTFUL : SONDE_CELL_FRESH;
}

const char *
sonde_watch_row_get_problem (SondeWatchRow *self)
{
  if (self->variable == NULL)
    return self->unresolved;
  if (has_fresh_write_problem (self))
    return self->write_problem;
  return self->state.error[0] != '\0' ? self->state.error : NULL;
}

gboolean
sonde_watch_row_was_found (SondeWatchRow *self)
{
  return self->was_found;
}

char *
sonde_watch_row_dup_value_text (SondeWatchRow *self)
{
  if (self->pending != NULL)
    return g_strdup (self->pending);
  if (self->variable == NULL)
    return g_strdup ("");
  return sonde_cell_text (self->variable, &self->state, self->text, self->format);
}

const char *
sonde_watch_row_get_unit (SondeWatchRow *self)
{
  const char *own = self->variable == NULL ? NULL : sonde_variable_get_info (self->variable)->unit;

  if (self->unit != NULL)
    return self->unit;
  return own == NULL ? "" : own;
}

void
sonde_watch_row_set_unit (SondeWatchRow *self, const char *unit)
{
  g_free (self->unit);
  self->unit = g_strdup (unit);
  emit_changed (self);
}

double
sonde_watch_row_get_asked_hz (SondeWatchRow *self)
{
  return self->asked_hz;
}

SondeFormat
sonde_watch_row_get_format (SondeWatchRow *self)
{
  return self->format;
}

void
sonde_watch_row_set_format (SondeWatchRow *self, SondeFormat format)
{
  self->format = format;
  emit_changed (self);
}

int
sonde_watch_row_get_plot_slot (SondeWatchRow *self)
{
  return self->plot_slot;
}

void
sonde_watch_row_set_plot_slot (SondeWatchRow *self, int slot)
{
  self->plot_slot = slot;
  emit_changed (self);
}

gboolean
sonde_watch_row_is_editable (SondeWatchRow *self, const char **why)
{
  const char *reason = self->unresolved;

  if (self->is_stream)
    reason = "the board pushes it";
  else if (self->variable != NULL)
    reason = sonde_cell_why_locked (self->variable, self->device, &self->board);
  if (why != NULL)
    *why = reason;
  return reason == NULL;
}

/* --- children
 * -----------------------------------------------------------------------------------------------------
 */

static gpointer
make_child (SondeVariable *variable, gpointer user_data)
{
  SondeWatchRow *self = user_data;
  SondeWatchRow *child = sonde_watch_row_new (self->host, self->host_data,
                                              sonde_variable_get_path (variable), self->asked_hz);

  child->board = self->board;
  child->unit = g_strdup (self->unit);
  g_free (child->device);
  child->device = g_strdup (self->device);
  sonde_watch_row_set_variable (child, variable, NULL);
  return child;
}

static void
detach_child (gpointer row)
{
  sonde_watch_row_detach (row);
}

gboolean
sonde_watch_row_can_open (SondeWatchRow *self)
{
  return self->variable != NULL && sonde_watch_children_can_open (self->variable);
}

GListModel *
sonde_watch_row_get_children (SondeWatchRow *self)
{
  static SondeWatchChildKind kind = { 0, make_child, detach_child };

  kind.type = SONDE_TYPE_WATCH_ROW;
  if (!sonde_watch_row_can_open (self))
    return NULL;
  if (self->children == NULL)
    self->children = sonde_watch_children_new (self->variable, &kind, self);
  return G_LIST_MODEL (self->children);
}

void
sonde_watch_row_close_children (SondeWatchRow *self)
{
  g_autoptr (SondeWatchChildren) children = g_steal_pointer (&self->children);

  if (children != NULL)
    sonde_watch_children_close (children);
}

/* --- for the workbench
 * -------------------------------------------------------------------------------------------- */

static gboolean
is_same_place (SondeVariable *a, SondeVariable *b)
{
  SondeType *one = sonde_variable_get_type (a), *other = sonde_variable_get_type (b);
  SondeVariable *before = sonde_variable_get_info (a)->pointer;
  SondeVariable *before_other = sonde_variable_get_info (b)->pointer;

  if ((before == NULL) != (before_other == NULL)
      || (before != NULL && !is_same_place (before, before_other)))
    return FALSE;
  return sonde_variable_get_address (a) == sonde_variable_get_address (b)
         && sonde_type_get_kind (one) == sonde_type_get_kind (other)
         && sonde_type_get_encoding (one) == sonde_type_get_encoding (other)
         && sonde_type_get_size (one) == sonde_type_get_size (other)
         && sonde_type_get_bit_offset (one) == sonde_type_get_bit_offset (other)
         && sonde_type_get_bit_size (one) == sonde_type_get_bit_size (other);
}

/* What was read at the old place is no value of the new one: nothing is shown until it is read
 * there. The trace stays, as the past of the variable. */
static void
forget_value (SondeWatchRow *self)
{
  self->state.has_value = FALSE;
  self->state.error[0] = '\0';
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->write_problem, g_free);
  self->shown = SONDE_CELL_EMPTY;
}

static void
move_child (gpointer row, SondeVariable *child)
{
  sonde_watch_row_set_variable (row, child, NULL);
}

/* Members of the same shape follow, so that what a person opened stays open. */
static void
move_children (SondeWatchRow *self, SondeVariable *variable)
{
  if (self->children == NULL)
    return;
  if (variable == NULL || !sonde_watch_children_move (self->children, variable, move_child))
    sonde_watch_row_close_children (self);
}

static void
take_variable (SondeWatchRow *self, SondeVariable *variable, const char *problem)
{
  move_children (self, variable);
  if (self->variable != NULL && (variable == NULL || !is_same_place (self->variable, variable)))
    forget_value (self);
  if (variable != NULL)
    sonde_variable_ref (variable);
  g_clear_pointer (&self->variable, sonde_variable_unref);
  self->variable = variable;
  self->was_found |= variable != NULL;
  g_free (self->unresolved);
  self->unresolved = g_strdup (variable == NULL ? problem : NULL);
  update_polling (self);
  emit_changed (self);
}

void
sonde_watch_row_set_variable (SondeWatchRow *self, SondeVariable *variable, const char *problem)
{
  self->is_stream = FALSE;
  take_variable (self, variable, problem);
}

void
sonde_watch_row_set_stream (SondeWatchRow *self, SondeVariable *stream)
{
  self->is_stream = TRUE;
  self->asked_hz = 0;
  take_variable (self, stream, NULL);
}

gboolean
sonde_watch_row_is_stream (SondeWatchRow *self)
{
  return self->is_stream;
}

static void
set_child_device (gpointer row, gpointer user_data)
{
  sonde_watch_row_set_device (row, user_data);
}

void
sonde_watch_row_set_device (SondeWatchRow *self, const char *device)
{
  if (strcmp (self->device, device) == 0)
    return;
  g_free (self->device);
  self->device = g_strdup (device);
  update_polling (self);
  if (self->children != NULL)
    sonde_watch_children_foreach (self->children, set_child_device, (gpointer) device);
  emit_changed (self);
}

static void
set_child_rate (gpointer row, gpointer user_data)
{
  sonde_watch_row_set_asked_hz (row, *(double *) user_data);
}

void
sonde_watch_row_set_asked_hz (SondeWatchRow *self, double rate_hz)
{
  if (self->is_stream)
    return;
  self->asked_hz = rate_hz;
  update_polling (self);
  if (self->children != NULL)
    sonde_watch_children_foreach (self->children, set_child_rate, &rate_hz);
  emit_changed (self);
}

void
sonde_watch_row_take_news (SondeWatchRow *self, const SondeWatchState *state, SondeTrace *trace,
                           const char *text)
{
  gboolean is_news = state->sequence != self->state.sequence || self->trace != trace;

  self->state = *state;
  g_set_object (&self->trace, trace);
  if (g_strcmp0 (self->text, text) != 0)
    {
      g_free (self->text);
      self->text = g_strdup (text);
    }
  if (!is_news)
    return;
  self->shown = sonde_watch_row_get_cell_state (self);
  emit_changed (self);
}

static void
take_child_board (gpointer row, gpointer user_data)
{
  sonde_watch_row_take_board (row, user_data);
}

void
sonde_watch_row_take_board (SondeWatchRow *self, const SondeWatchBoard *board)
{
  SondeCellState state = SONDE_CELL_EMPTY;

  self->board = *board;
  state = sonde_watch_row_get_cell_state (self);
  /* A stale row still has an age that grows. */
  if (state != self->shown || state == SONDE_CELL_STALE)
    {
      self->shown = state;
      emit_changed (self);
    }
  if (self->children != NULL)
    sonde_watch_children_foreach (self->children, take_child_board, (gpointer) board);
}

void
sonde_watch_row_take_pending (SondeWatchRow *self, const char *text)
{
  g_free (self->pending);
  self->pending = g_strdup (text);
  g_clear_pointer (&self->write_problem, g_free);
  emit_changed (self);
}

static void
show_read_back (SondeWatchRow *self, GBytes *read_back)
{
  SondeType *type = sonde_variable_get_type (self->variable);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (read_back, &size);

  self->state.received_us = sonde_clock_now_us ();
  self->state.has_value = TRUE;
  if (sonde_type_is_text (type))
    {
      g_free (self->text);
      self->text = sonde_text_from_chars (data, size);
    }
  else
    sonde_value_decode (type, sonde_variable_get_info (self->variable)->byte_order, data, size,
                        &self->state.value);
}

void
sonde_watch_row_take_written (SondeWatchRow *self, GBytes *read_back, const char *problem)
{
  g_clear_pointer (&self->pending, g_free);
  g_free (self->write_problem);
  self->write_problem = g_strdup (problem);
  self->failed_us = sonde_clock_now_us ();
  if (problem == NULL && read_back != NULL && self->variable != NULL)
    show_read_back (self, read_back);
  self->shown = sonde_watch_row_get_cell_state (self);
  emit_changed (self);
}

void
sonde_watch_row_detach (SondeWatchRow *self)
{
  sonde_watch_row_close_children (self);
  if (self->is_started && self->host_data != NULL)
    self->host->stop (self->host_data, self);
  self->is_started = FALSE;
  self->host_data = NULL;
}
