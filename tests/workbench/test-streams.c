/* test-streams.c: what boards push becomes rows of the watch table by itself */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "tests/support/raw-client.h"
#include "workbench/stream-book.h"
#include "workbench/workbench.h"

static void
push (int board, const char *text)
{
  raw_send_frame (board, 0x81, TRUE, text, strlen (text));
}

/* A command of the host, as text; it is short, and the next one waits for its answer. */
static char *
take_command (int board)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  gint64 start = g_get_monotonic_time ();

  while (frame->len < 2 || frame->len < 2u + frame->data[1])
    {
      g_assert_true (raw_read_some (board, frame));
      g_assert_true (raw_pump (start));
    }
  g_assert_cmpuint (frame->data[0], ==, 0x81);
  g_assert_cmpuint (frame->data[1], <, 126);
  return g_strndup ((const char *) frame->data + 2, frame->data[1]);
}

/* A board that answers init, and then only pushes. */
static int
connect_board (SondeWorkbench *workbench, const char *name)
{
  g_autoptr (GUri) url = g_uri_parse (sonde_workbench_get_url (workbench), G_URI_FLAGS_NONE, NULL);
  int board = raw_connect ((guint) g_uri_get_port (url));
  g_autofree char *head = NULL;
  g_autofree char *command = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *id = NULL;

  raw_send_text (board, RAW_UPGRADE ("/", ""));
  head = raw_read_head (board);
  g_assert_nonnull (strstr (head, "101"));
  command = take_command (board);
  g_assert_nonnull (strstr (command, "init"));
  g_assert_nonnull (strstr (command, "\"con_id\":\""));
  id = g_strndup (strstr (command, "\"con_id\":\"") + strlen ("\"con_id\":\""), 2);
  answer = g_strdup_printf ("{\"res\":\"init\",\"con_id\":\"%s\",\"device\":\"%s\"}", id, name);
  push (board, answer);
  return board;
}

static SondeWorkbench *
start (void)
{
  SondeWorkbench *workbench = sonde_workbench_new (NULL);
  g_autoptr (GError) error = NULL;

  sonde_workbench_listen (workbench, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
  return workbench;
}

static SondeWatchRow *
find_row (SondeWorkbench *workbench, const char *path)
{
  GListModel *rows = sonde_workbench_get_watches (workbench);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SondeWatchRow) row = g_list_model_get_item (rows, i);

      if (g_str_equal (sonde_watch_row_get_path (row), path))
        return row; /* the table holds it */
    }
  return NULL;
}

static gboolean
shows (SondeWorkbench *workbench, const char *path, const char *text)
{
  SondeWatchRow *row = find_row (workbench, path);
  g_autofree char *shown = row == NULL ? NULL : sonde_watch_row_dup_value_text (row);

  return g_strcmp0 (shown, text) == 0;
}

static void
test_rows_appear (void)
{
  g_autoptr (SondeWorkbench) workbench = start ();
  int board = connect_board (workbench, "pusher");
  SondeWatchRow *row = NULL;
  const char *why = NULL;

  push (board, "{\"temperature\": 21.5, \"imu\": {\"ax\": [1, 2]}}");
  push (board, "{\"type\":\"data\",\"parameter\":\"Voltage\",\"value\":3.25}");
  RAW_WAIT_FOR (shows (workbench, "temperature", "21.5") && shows (workbench, "imu.ax[1]", "2")
                && shows (workbench, "Voltage", "3.25"));
  push (board, "{\"temperature\": 20}");
  RAW_WAIT_FOR (shows (workbench, "temperature", "20"));
  row = find_row (workbench, "temperature");
  g_assert_cmpstr (sonde_watch_row_get_device (row), ==, "pusher");
  g_assert_cmpfloat (sonde_watch_row_get_state (row)->min, ==, 20);
  g_assert_cmpfloat (sonde_watch_row_get_state (row)->max, ==, 21.5);
  g_assert_cmpint (sonde_watch_row_get_cell_state (row), ==, SONDE_CELL_FRESH);
  g_assert_cmpint (sonde_watch_row_get_age_us (row), >=, 0);
  g_assert_nonnull (sonde_watch_row_get_trace (row));
  g_assert_cmpuint (sonde_trace_get_n_samples (sonde_watch_row_get_trace (row)), ==, 2);
  g_assert_false (sonde_watch_row_is_editable (row, &why));
  g_assert_cmpstr (why, ==, "the board pushes it");
  sonde_workbench_set_watch_rate (workbench, row, 100);
  g_assert_cmpfloat (sonde_watch_row_get_asked_hz (row), ==, 0);
  sonde_workbench_reset_extremes (workbench, row);
  RAW_WAIT_FOR (isnan (sonde_watch_row_get_state (row)->min));
  push (board, "{\"temperature\": 20.25}");
  RAW_WAIT_FOR (sonde_watch_row_get_state (row)->min == 20.25);
  close (board);
  RAW_WAIT_FOR (sonde_watch_row_get_cell_state (row) == SONDE_CELL_STALE);
}

static gboolean
has_active (SondeWorkbench *workbench, const char *name)
{
  SondeDeviceRow *row = sonde_workbench_get_active_device (workbench);

  return row != NULL && g_str_equal (sonde_device_row_get_name (row), name);
}

/* Removed by a person: away until added by name, or the board comes again. */
static void
test_removed_stays_away (void)
{
  g_autoptr (SondeWorkbench) workbench = start ();
  int board = connect_board (workbench, "pusher");

  push (board, "{\"a\": 1, \"b\": 2}");
  RAW_WAIT_FOR (shows (workbench, "a", "1") && has_active (workbench, "pusher"));
  sonde_workbench_remove_watch (workbench, find_row (workbench, "a"));
  push (board, "{\"a\": 3, \"b\": 4}");
  RAW_WAIT_FOR (shows (workbench, "b", "4"));
  g_assert_null (find_row (workbench, "a"));
  g_assert_nonnull (sonde_workbench_add_watch (workbench, "a", 0, NULL));
  RAW_WAIT_FOR (shows (workbench, "a", "3"));
  sonde_workbench_remove_watch (workbench, find_row (workbench, "a"));
  sonde_workbench_remove_watch (workbench, find_row (workbench, "b"));
  close (board);
  RAW_WAIT_FOR (!sonde_device_row_is_connected (sonde_workbench_get_active_device (workbench)));
  board = connect_board (workbench, "pusher");
  push (board, "{\"a\": 5}");
  RAW_WAIT_FOR (shows (workbench, "a", "5"));
  g_assert_null (find_row (workbench, "b"));
  close (board);
}

/* A path that was added before anybody knew what it is. */
static void
test_waiting_row (void)
{
  g_autoptr (SondeWorkbench) workbench = start ();
  SondeWatchRow *row = sonde_workbench_add_watch (workbench, "pressure", 10, NULL);
  int board = connect_board (workbench, "pusher");

  push (board, "{\"pressure\": 7}");
  RAW_WAIT_FOR (shows (workbench, "pressure", "7"));
  g_assert_true (find_row (workbench, "pressure") == row);
  g_assert_cmpuint (g_list_model_get_n_items (sonde_workbench_get_watches (workbench)), ==, 1);
  close (board);
}

static void
test_many (void)
{
  g_autoptr (SondeWorkbench) workbench = start ();
  g_autoptr (GString) text = g_string_new ("{");
  GListModel *rows = sonde_workbench_get_watches (workbench);
  int board = connect_board (workbench, "pusher");

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "%s\"v%u\":%u", i > 0 ? "," : "", i, i);
  g_string_append (text, "}");
  push (board, text->str);
  RAW_WAIT_FOR (g_list_model_get_n_items (rows) >= SONDE_STREAM_ROWS_MAX
                && has_active (workbench, "pusher"));
  push (board, "{\"v0\": 5}");
  RAW_WAIT_FOR (shows (workbench, "v0", "5"));
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, SONDE_STREAM_ROWS_MAX);
  g_assert_nonnull (sonde_workbench_add_watch (workbench, "v99", 0, NULL));
  RAW_WAIT_FOR (shows (workbench, "v99", "99"));
  close (board);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/streams/rows-appear", test_rows_appear);
  g_test_add_func ("/streams/removed-stays-away", test_removed_stays_away);
  g_test_add_func ("/streams/waiting-row", test_waiting_row);
  g_test_add_func ("/streams/many", test_many);
  return g_test_run ();
}
