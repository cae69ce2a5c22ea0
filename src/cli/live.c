/* live.c: samples of many variables as they come, as rows, JSON, table and CSV */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/live.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "cli/row.h"
#include "cli/table.h"

#define TICK_MS 100
#define PIPED_TABLE_TICKS 10

typedef struct
{
  SondeLive *live;
  SondeDevice *board;
  SondeVariable *variable;
  SondeWatch *watch;
  gboolean is_stream; /* the watch is the board's */
  const char *unit;   /* static or NULL */
  guint index;        /* row of the table, column of the CSV */
  gint64 n_rows;
  gboolean has_value;
  gboolean was_refused;
  char *error; /* the last one told */
} Item;

struct _SondeLive
{
  SondeErrand *errand;
  SondeOutput *output; /* the errand's */
  GPtrArray *items;    /* Item */
  SondeTable *table;   /* NULL without --table */
  SondeCsvRows *csv;   /* NULL without --csv */
  gint64 count;        /* rows of each, -1 no limit */
  guint n_open;        /* items that still want rows */
  guint n_ticks;
  guint n_boards;
};

static void
item_free (gpointer data)
{
  Item *self = data;

  if (self->watch != NULL)
    {
      sonde_watch_set_listener (self->watch, NULL, NULL);
      if (!self->is_stream)
        sonde_device_remove_watch (self->board, self->watch);
      g_object_unref (self->watch);
    }
  g_object_unref (self->board);
  sonde_variable_unref (self->variable);
  g_free (self->error);
  g_free (self);
}

SondeLive *
sonde_live_new (SondeErrand *errand)
{
  const SondeOptions *options = sonde_errand_get_options (errand);
  SondeLive *self = g_new0 (SondeLive, 1);
  const gboolean colour = options->color == SONDE_COLOR_ALWAYS
                          || (options->color == SONDE_COLOR_AUTO && isatty (STDOUT_FILENO) == 1
                              && g_getenv ("NO_COLOR") == NULL);

  self->errand = errand;
  self->output = sonde_errand_get_output (errand);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->n_boards = sonde_errand_get_boards (errand)->len;
  if (options->table)
    self->table = sonde_table_new (self->output, colour);
  return self;
}

void
sonde_live_free (SondeLive *self)
{
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->table, sonde_table_free);
  g_clear_pointer (&self->csv, sonde_csv_rows_free);
  g_free (self);
}

void
sonde_live_take_csv (SondeLive *self, SondeCsvRows *csv)
{
  self->csv = csv;
}

static SondeRow
sample_of (const Item *item)
{
  SondeRow sample = { .device = sonde_device_get_name (item->board),
                      .is_one_of_many = item->live->n_boards > 1,
                      .variable = item->variable,
                      .unit = item->unit };
  return sample;
}

/* A stream tells one listener; named twice it is one all the same. */
static gboolean
is_followed (SondeLive *self, SondeDevice *board, SondeVariable *variable)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = g_ptr_array_index (self->items, i);

      if (item->board == board && item->variable == variable)
        return sonde_device_find_stream (board, variable) != NULL;
    }
  return FALSE;
}

void
sonde_live_add (SondeLive *self, SondeDevice *board, SondeVariable *variable, const char *unit)
{
  Item *item = NULL;
  SondeRow sample;
  g_autofree char *name = NULL;

  if (is_followed (self, board, variable))
    return;
  item = g_new0 (Item, 1);
  item->live = self;
  item->board = g_object_ref (board);
  item->variable = sonde_variable_ref (variable);
  item->unit = unit;
  item->index = self->items->len;
  g_ptr_array_add (self->items, item);
  sample = sample_of (item);
  name = sonde_row_dup_name (&sample);
  if (self->table != NULL)
    sonde_table_add_row (self->table, name, sonde_row_get_unit (&sample));
  if (self->csv != NULL)
    sonde_csv_rows_add_column (self->csv, name, sonde_row_get_unit (&sample));
}

static void
show_in_table (SondeTable *table, const Item *item, const SondeRow *sample)
{
  g_autofree char *text = sample->error == NULL ? sonde_row_dup_text (sample)
                                                : sonde_log_make_safe (sample->error, -1);

  sonde_table_set_value (table, item->index, text);
}

/* Rows tell each failure; for a person each different one once is enough. */
static void
tell_error (Item *item, const SondeRow *sample)
{
  if (g_strcmp0 (item->error, sample->error) == 0)
    return;
  g_free (item->error);
  item->error = g_strdup (sample->error);
  sonde_warn ("%s:%s: %s", sample->device, sonde_variable_get_path (item->variable), sample->error);
}

static void
write_row (SondeLive *self, Item *item, const SondeRow *sample)
{
  g_autofree char *row = NULL;

  if (sample->error != NULL && !sonde_errand_get_options (self->errand)->json)
    {
      tell_error (item, sample);
      return;
    }
  row = sonde_errand_get_options (self->errand)->json ? sonde_row_dup_json (sample)
                                                      : sonde_row_dup_timed_row (sample);
  sonde_output_line (self->output, row);
}

static void
write_csv (SondeCsvRows *csv, const Item *item, const SondeRow *sample)
{
  g_autofree char *number = sonde_row_dup_number (sample);
  const gint64 now_us = sonde_clock_now_us ();

  if (sample->error != NULL)
    return;
  if (sample->chars != NULL)
    sonde_csv_rows_add_text (csv, item->index, sample->time_us, number, now_us);
  else
    sonde_csv_rows_add_number (csv, item->index, sample->time_us, number, now_us);
}

static void
on_sample (SondeWatch *watch, gint64 time_us, const SondeValue *value, const char *error,
           gpointer user_data)
{
  Item *item = user_data;
  SondeLive *self = item->live;
  SondeRow sample = sample_of (item);
  g_autofree char *chars = NULL;

  if (self->count >= 0 && item->n_rows >= self->count)
    return;
  sample.time_us = time_us > 0 ? time_us : sonde_clock_real_us ();
  sample.error = value == NULL && error == NULL ? "no value" : error;
  if (sample.error == NULL && sonde_type_is_text (sonde_variable_get_type (item->variable)))
    sample.chars = chars = sonde_watch_dup_text_value (watch);
  else if (sample.error == NULL)
    sample.value = value;
  item->has_value |= sample.error == NULL;
  if (self->table != NULL)
    show_in_table (self->table, item, &sample);
  else
    write_row (self, item, &sample);
  if (self->csv != NULL)
    write_csv (self->csv, item, &sample);
  if (++item->n_rows == self->count)
    self->n_open--;
}

static gboolean
on_tick (gpointer user_data)
{
  SondeLive *self = user_data;
  const guint period = sonde_output_is_terminal (self->output) ? 1 : PIPED_TABLE_TICKS;

  if (self->csv != NULL)
    sonde_csv_rows_settle (self->csv, sonde_clock_now_us ());
  if (self->table != NULL && ++self->n_ticks % period == 0)
    sonde_table_draw (self->table);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_finished (gpointer user_data)
{
  const SondeLive *self = user_data;

  return self->n_open == 0 || (self->csv != NULL && !sonde_csv_rows_is_open (self->csv));
}

/* Its newest value is the first row: it may be long until the next one. */
static void
follow_stream (Item *item, SondeWatch *stream)
{
  const SondeWatchState *state = sonde_watch_get_state (stream);

  item->is_stream = TRUE;
  item->watch = g_object_ref (stream);
  sonde_watch_set_listener (stream, on_sample, item);
  on_sample (stream, state->time_us, &state->value, NULL, item);
}

static void
start (SondeLive *self, double rate_hz)
{
  SondeTraceStore *store = sonde_engine_get_trace_store (sonde_errand_get_engine (self->errand));

  if (self->csv != NULL)
    sonde_csv_rows_start (self->csv);
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = g_ptr_array_index (self->items, i);
      SondeWatch *stream = sonde_device_find_stream (item->board, item->variable);
      SondeTrace *trace;

      if (stream != NULL)
        {
          follow_stream (item, stream);
          continue;
        }
      item->watch = g_object_ref (sonde_device_add_watch (item->board, item->variable, rate_hz));
      sonde_watch_set_listener (item->watch, on_sample, item);
      trace = sonde_watch_get_trace (item->watch);
      if (trace != NULL)
        sonde_trace_store_add (store, trace);
    }
}

/* Whoever asked for a variable that never gave a value wants to know by the exit code. */
static SondeExit
judge (SondeLive *self, SondeRun run, double seconds)
{
  SondeExit status = SONDE_EXIT_OK;

  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = g_ptr_array_index (self->items, i);
      const SondeWatchState *state = sonde_watch_get_state (item->watch);
      const SondeDeviceInfo *info = sonde_device_get_info (item->board);

      if (item->has_value)
        continue;
      if (item->n_rows == 0 && run == SONDE_RUN_DEADLINE)
        {
          status = sonde_complain (SONDE_EXIT_TIMEOUT,
                                   "%s:%s: no value came in %g s; see whether the board answers",
                                   info->name, sonde_variable_get_path (item->variable), seconds);
          continue;
        }
      if (item->n_rows == 0)
        continue;
      /* A board that always answered said no, or that a pointer leads nowhere. */
      status
          = info->n_refused > 0 || info->n_timeouts == 0 ? SONDE_EXIT_REFUSED : SONDE_EXIT_TIMEOUT;
      sonde_complain (status, "%s:%s: %s, no value came; %s", info->name,
                      sonde_variable_get_path (item->variable), state->error,
                      sonde_exit_advise (status, state->error));
    }
  return status;
}

SondeExit
sonde_live_run (SondeLive *self, double rate_hz, double seconds, gint64 count)
{
  const gint64 until_us
      = seconds < 0 ? G_MAXINT64 : sonde_clock_now_us () + (gint64) (seconds * G_USEC_PER_SEC);
  SondeExit status = SONDE_EXIT_OK;
  SondeExit csv_status;
  SondeRun run;
  guint tick;

  self->count = count;
  self->n_open = self->items->len;
  start (self, rate_hz);
  tick = g_timeout_add (TICK_MS, on_tick, self);
  run = sonde_errand_run (self->errand, until_us, is_finished, self);
  g_source_remove (tick);
  if (self->table != NULL
      && (sonde_output_is_terminal (self->output)
          || self->n_ticks % PIPED_TABLE_TICKS > PIPED_TABLE_TICKS / 2))
    sonde_table_draw (self->table);
  status = run == SONDE_RUN_STOPPED ? sonde_errand_get_stop_status (self->errand)
                                    : judge (self, run, seconds);
  csv_status = self->csv != NULL ? sonde_csv_rows_finish (self->csv) : SONDE_EXIT_OK;
  return csv_status != SONDE_EXIT_OK ? csv_status : status;
}
