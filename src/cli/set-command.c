/* set-command.c: sondectl set, writes variables and tells what was read back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/selection.h"
#include "cli/commands.h"
#include "cli/meeting.h"
#include "cli/complain.h"
#include "cli/row.h"

/* One value for one place of one board. */
typedef struct
{
  SondeDevice *board;
  SondeVariable *variable;
  GBytes *bytes;
  GBytes *read_back;
  GError *error;
  gboolean is_atomic;
  gboolean is_done;
} Write;

static void
write_free (gpointer data)
{
  Write *self = data;

  g_object_unref (self->board);
  sonde_variable_unref (self->variable);
  g_bytes_unref (self->bytes);
  g_clear_pointer (&self->read_back, g_bytes_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* Adds what one assignment means; @board NULL: only looks whether it could mean anything. */
static SondeExit
add_writes (SondeErrand *errand, SondeDevice *board, const char *text, GPtrArray *writes)
{
  g_autoptr (GPtrArray) leaves
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sonde_variable_unref);
  g_autofree char *path = NULL;
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;

  if (!sonde_assignment_split (text, &path, &value, &error)
      || !sonde_errand_select (errand, board, path, SONDE_SELECT_EXACT, leaves, &error))
    return sonde_complain_error (SONDE_EXIT_USAGE, error);
  for (guint i = 0; i < leaves->len; i++)
    {
      SondeVariable *variable = g_ptr_array_index (leaves, i);
      g_autoptr (GBytes) bytes = sonde_assignment_encode (variable, value, &error);
      Write *write;

      if (bytes == NULL)
        return sonde_complain_error (SONDE_EXIT_USAGE, error);
      if (!sonde_variable_get_info (variable)->is_writable)
        return sonde_complain (SONDE_EXIT_REFUSED,
                               "%s: is constant or in flash, nothing was written; choose another",
                               sonde_variable_get_path (variable));
      if (board == NULL)
        continue;
      write = g_new0 (Write, 1);
      write->board = g_object_ref (board);
      write->variable = sonde_variable_ref (variable);
      write->bytes = g_steal_pointer (&bytes);
      g_ptr_array_add (writes, write);
    }
  return SONDE_EXIT_OK;
}

/* Every assignment, before anything is listened to and again before the first byte is sent. */
static SondeExit
check_all (SondeErrand *errand, SondeDevice *board, GPtrArray *writes)
{
  char **texts = sonde_errand_get_options (errand)->arguments;
  SondeExit status = SONDE_EXIT_OK;

  for (guint i = 0; texts[i] != NULL && status == SONDE_EXIT_OK; i++)
    status = add_writes (errand, board, texts[i], writes);
  return status;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Write *self = user_data;

  self->read_back
      = sonde_device_write_finish (SONDE_DEVICE (source), result, &self->is_atomic, &self->error);
  self->is_done = TRUE;
}

static gboolean
is_done (gpointer user_data)
{
  return ((const Write *) user_data)->is_done;
}

static void
print_write (SondeErrand *errand, const Write *self, gboolean is_one_of_many)
{
  SondeValue value = SONDE_VALUE_INIT;
  g_autofree char *chars = NULL;
  g_autofree char *row = NULL;
  SondeRow sample = { .time_us = g_get_real_time (),
                      .device = sonde_device_get_name (self->board),
                      .is_one_of_many = is_one_of_many,
                      .variable = self->variable };

  if (self->error != NULL)
    sample.error = sonde_error_get_text (self->error, sonde_variable_get_path (self->variable));
  else
    sonde_row_set_bytes (&sample, self->read_back, &value, &chars);
  if (sonde_errand_get_options (errand)->json)
    row = sonde_row_dup_json (&sample);
  else if (self->error == NULL)
    row = sonde_row_dup_row (&sample);
  if (row != NULL)
    sonde_output_line (sonde_errand_get_output (errand), row);
}

static SondeExit
write_one (SondeErrand *errand, Write *self, gboolean is_one_of_many)
{
  const char *path = sonde_variable_get_path (self->variable);

  sonde_device_write_async (self->board, self->variable, self->bytes, NULL, on_written, self);
  if (sonde_errand_run (errand, G_MAXINT64, is_done, self) == SONDE_RUN_STOPPED)
    return sonde_errand_finish (errand, sonde_errand_get_stop_status (errand));
  print_write (errand, self, is_one_of_many);
  if (self->error != NULL)
    return sonde_complain_value (sonde_device_get_name (self->board), path, self->error);
  if (!self->is_atomic)
    sonde_warn ("%s:%s: was written in more than one access", sonde_device_get_name (self->board),
                path);
  return SONDE_EXIT_OK;
}

/* The writes of one board in the order given, up to the first that fails. */
static SondeExit
write_board (SondeErrand *errand, SondeDevice *board, GPtrArray *writes, gboolean is_one_of_many)
{
  SondeExit status = SONDE_EXIT_OK;

  for (guint i = 0; i < writes->len && status == SONDE_EXIT_OK; i++)
    {
      Write *write = g_ptr_array_index (writes, i);

      if (write->board == board && !sonde_errand_is_stopped (errand))
        status = write_one (errand, write, is_one_of_many);
    }
  return status;
}

static SondeExit
set_all (SondeErrand *errand)
{
  g_autoptr (GPtrArray) boards = g_ptr_array_copy (
      sonde_errand_get_boards (errand), (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (write_free);
  g_autofree SondeExit *statuses = g_new0 (SondeExit, boards->len);
  SondeExit status = SONDE_EXIT_OK;

  g_ptr_array_set_free_func (boards, g_object_unref);
  for (guint i = 0; i < boards->len && status == SONDE_EXIT_OK; i++)
    {
      SondeDevice *board = g_ptr_array_index (boards, i);

      status = sonde_errand_adopt_board (errand, board);
      if (status == SONDE_EXIT_OK)
        status = check_all (errand, board, writes);
    }
  if (status != SONDE_EXIT_OK)
    return status;
  for (guint i = 0; i < boards->len && !sonde_errand_is_stopped (errand); i++)
    statuses[i] = write_board (errand, g_ptr_array_index (boards, i), writes, boards->len > 1);
  if (sonde_errand_is_stopped (errand))
    return sonde_errand_get_stop_status (errand);
  return sonde_exit_of_boards (statuses, boards->len);
}

static SondeExit
check_form (char **texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *path = NULL;
      g_autofree char *value = NULL;
      g_autoptr (GError) error = NULL;

      if (!sonde_assignment_split (texts[i], &path, &value, &error))
        return sonde_complain_error (SONDE_EXIT_USAGE, error);
    }
  return SONDE_EXIT_OK;
}

SondeExit
sonde_set_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  SondeExit status = check_form (options->arguments);

  if (status == SONDE_EXIT_OK)
    status = sonde_errand_load (errand);
  if (status == SONDE_EXIT_OK)
    status = check_all (errand, NULL, NULL);
  if (status == SONDE_EXIT_OK && !sonde_errand_is_stopped (errand))
    status = sonde_errand_listen (errand, SONDE_PORT_FIXED);
  if (status == SONDE_EXIT_OK && !sonde_errand_is_stopped (errand))
    status = sonde_meeting_wait (errand, SONDE_NEED_ANSWERS);
  if (status == SONDE_EXIT_OK)
    status = set_all (errand);
  return sonde_errand_finish (errand, status);
}
