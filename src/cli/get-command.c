/* get-command.c: sondectl get, reads variables once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/commands.h"
#include "cli/meeting.h"
#include "cli/complain.h"
#include "cli/pushed.h"
#include "cli/row.h"

/* More would only wait in the board's queue, and time out there. */
#define MAX_IN_FLIGHT 16

typedef struct _Reader Reader;

typedef struct
{
  Reader *reader;
  SondeVariable *variable; /* borrowed from the reader's leaves */
  GBytes *bytes;
  gint64 time_us;
  GError *error;
} Reading;

/* All values of one board. */
struct _Reader
{
  SondeDevice *board;
  GPtrArray *leaves;
  Reading *readings;
  guint n_started, n_done;
  const GError *lost; /* the board does not answer any more: the rest is not tried */
};

static Reader *
reader_new (SondeDevice *board, GPtrArray *leaves)
{
  Reader *self = g_new0 (Reader, 1);

  self->board = board;
  self->leaves = g_ptr_array_ref (leaves);
  self->readings = g_new0 (Reading, leaves->len);
  for (guint i = 0; i < leaves->len; i++)
    {
      self->readings[i].reader = self;
      self->readings[i].variable = g_ptr_array_index (leaves, i);
    }
  return self;
}

static void
reader_free (gpointer data)
{
  Reader *self = data;

  for (guint i = 0; i < self->leaves->len; i++)
    {
      g_clear_pointer (&self->readings[i].bytes, g_bytes_unref);
      g_clear_error (&self->readings[i].error);
    }
  g_free (self->readings);
  g_ptr_array_unref (self->leaves);
  g_free (self);
}

static void start_readings (Reader *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  Reader *self = reading->reader;

  reading->bytes = sonde_device_read_finish (SONDE_DEVICE (source), result, &reading->time_us,
                                             &reading->error);
  self->n_done++;
  if (reading->error != NULL && sonde_exit_from_error (reading->error) == SONDE_EXIT_TIMEOUT)
    self->lost = reading->error;
  start_readings (self);
}

static void
start_reading (Reader *self, Reading *reading)
{
  SondeWatch *stream = sonde_device_find_stream (self->board, reading->variable);
  double newest;

  if (stream == NULL)
    {
      sonde_device_read_async (self->board, reading->variable, NULL, on_read, reading);
      return;
    }
  newest = sonde_value_to_double (&sonde_watch_get_state (stream)->value);
  reading->bytes = g_bytes_new (&newest, sizeof newest);
  reading->time_us = sonde_watch_get_state (stream)->time_us;
  self->n_done++;
}

static void
start_readings (Reader *self)
{
  while (self->n_started < self->leaves->len && self->n_started - self->n_done < MAX_IN_FLIGHT)
    {
      Reading *reading = &self->readings[self->n_started++];

      if (self->lost == NULL)
        start_reading (self, reading);
      else
        {
          reading->error = g_error_copy (self->lost);
          self->n_done++;
        }
    }
}

static gboolean
are_done (gpointer user_data)
{
  GPtrArray *readers = user_data;

  for (guint i = 0; i < readers->len; i++)
    {
      const Reader *reader = g_ptr_array_index (readers, i);

      if (reader->n_done < reader->leaves->len)
        return FALSE;
    }
  return TRUE;
}

static void
print_reading (SondeErrand *errand, const Reading *reading, gboolean is_one_of_many)
{
  SondeValue value = SONDE_VALUE_INIT;
  g_autofree char *chars = NULL;
  g_autofree char *row = NULL;
  SondeRow sample = { .time_us = reading->time_us,
                      .device = sonde_device_get_name (reading->reader->board),
                      .is_one_of_many = is_one_of_many,
                      .variable = reading->variable };

  if (reading->error != NULL)
    {
      sample.time_us = g_get_real_time ();
      sample.error
          = sonde_error_get_text (reading->error, sonde_variable_get_path (reading->variable));
    }
  else
    sonde_row_set_bytes (&sample, reading->bytes, &value, &chars);
  if (sonde_errand_get_options (errand)->json)
    row = sonde_row_dup_json (&sample);
  else if (reading->error == NULL)
    row = sonde_row_dup_row (&sample);
  if (row != NULL)
    sonde_output_line (sonde_errand_get_output (errand), row);
}

static SondeExit
print_reader (SondeErrand *errand, const Reader *reader, gboolean is_one_of_many)
{
  const char *told = NULL;
  const char *text;
  SondeExit status = SONDE_EXIT_OK;

  for (guint i = 0; i < reader->leaves->len; i++)
    {
      const Reading *reading = &reader->readings[i];

      print_reading (errand, reading, is_one_of_many);
      if (reading->error == NULL)
        continue;
      status = status == SONDE_EXIT_OK ? sonde_exit_from_error (reading->error) : status;
      text = sonde_error_get_text (reading->error, sonde_variable_get_path (reading->variable));
      if (g_strcmp0 (told, text) != 0) /* a board that is gone is told once */
        sonde_complain_value (sonde_device_get_name (reader->board),
                              sonde_variable_get_path (reading->variable), reading->error);
      told = text;
    }
  return status;
}

static SondeExit
add_reader (SondeErrand *errand, SondeDevice *board, GPtrArray *readers)
{
  g_autoptr (GPtrArray) leaves
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);
  SondeExit status = sonde_pushed_select (errand, board, leaves);

  if (status != SONDE_EXIT_OK || sonde_errand_is_stopped (errand))
    return status;
  g_ptr_array_add (readers, reader_new (board, leaves));
  return SONDE_EXIT_OK;
}

/* What is under way must be answered, by the end of the engine, before its readings are freed. */
static SondeExit
abandon (SondeErrand *errand, GPtrArray *readers)
{
  for (guint i = 0; i < readers->len; i++)
    {
      Reader *reader = g_ptr_array_index (readers, i);

      reader->n_started = reader->leaves->len; /* nothing more is asked */
    }
  return sonde_errand_finish (errand, sonde_errand_get_stop_status (errand));
}

static SondeExit
get_all (SondeErrand *errand)
{
  GPtrArray *boards = sonde_errand_get_boards (errand);
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func (reader_free);
  g_autoptr (GArray) statuses = g_array_new (FALSE, FALSE, sizeof (SondeExit));

  for (guint i = 0; i < boards->len; i++)
    {
      const SondeExit status = add_reader (errand, g_ptr_array_index (boards, i), readers);

      if (status != SONDE_EXIT_OK || sonde_errand_is_stopped (errand))
        return status;
    }
  for (guint i = 0; i < readers->len; i++)
    start_readings (g_ptr_array_index (readers, i));
  if (sonde_errand_run (errand, G_MAXINT64, are_done, readers) == SONDE_RUN_STOPPED)
    return abandon (errand, readers);
  for (guint i = 0; i < readers->len; i++)
    {
      const SondeExit status
          = print_reader (errand, g_ptr_array_index (readers, i), boards->len > 1);

      g_array_append_val (statuses, status);
    }
  return sonde_exit_of_boards ((const SondeExit *) (gpointer) statuses->data, statuses->len);
}

SondeExit
sonde_get_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  SondeExit status = sonde_meeting_open (errand, options->arguments, SONDE_NEED_ANSWERS);

  if (status == SONDE_EXIT_OK)
    status = get_all (errand);
  return sonde_errand_finish (errand, status);
}
