/* test-registry.c: who is who: greetings, names, returns, silence, end */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/registry.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "device/variables.h"
#include "support/fake-board.h"

static FakeBoard *
connect_board (SondeRegistry *registry, const char *identity)
{
  FakeBoard *board = fake_board_new (identity);

  sonde_registry_adopt (registry, SONDE_CHANNEL (fake_board_connect (board, "127.0.0.1")));
  return board;
}

static void
reconnect (SondeRegistry *registry, FakeBoard *board)
{
  sonde_registry_adopt (registry, SONDE_CHANNEL (fake_board_connect (board, "127.0.0.1")));
  fake_board_run_ms (board, 310);
}

static SondeDeviceState
state_of (SondeRegistry *registry, const char *name)
{
  SondeDevice *device = sonde_registry_lookup (registry, name);

  g_assert_nonnull (device);
  return sonde_device_get_info (device)->state;
}

static guint
count_marks (SondeWatch *watch, SondeMarkKind kind)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SondeMark));
  guint n = 0;

  sonde_source_read_marks (SONDE_SOURCE (sonde_watch_get_trace (watch)), 0, G_MAXINT64, marks);
  for (guint i = 0; i < marks->len; i++)
    n += g_array_index (marks, SondeMark, i).kind == kind;
  return n;
}

static SondeWatch *
add_watch (SondeDevice *device, double rate_hz)
{
  g_autoptr (SondeVariable) variable = new_unsigned ("x", FAKE_BOARD_BASE + 16, 4);

  return sonde_device_add_watch (device, variable, rate_hz);
}

static void
test_first_word (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) quiet = connect_board (registry, FAKE_FULL ("quiet", "a"));
  g_autoptr (FakeBoard) loud = connect_board (registry, FAKE_FULL ("loud", "a"));
  g_autofree char *text = NULL;

  fake_board_run_ms (quiet, 50);
  g_assert_cmpuint (fake_channel_get_n (quiet->channel), ==, 0);
  /* One that speaks first has read what came with the handshake. */
  fake_channel_push (loud->channel, "{\"hello\":1}");
  text = fake_channel_take (loud->channel);
  g_assert_cmpstr (text, ==, "{\"cmd\":\"init\",\"con_id\":\"01\"}");
  g_assert_cmpint (state_of (registry, "loud"), ==, SONDE_DEVICE_READY);
  /* What it said before it was known is not lost. */
  g_assert_cmpuint (sonde_device_get_n_streams (sonde_registry_lookup (registry, "loud")), ==, 1);
  fake_board_run_ms (quiet, 260);
  g_assert_cmpuint (fake_channel_get_n (quiet->channel), ==, 1);
  g_assert_cmpint (state_of (registry, "quiet"), ==, SONDE_DEVICE_READY);
}

static void
test_stream_only (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) board = connect_board (registry, FAKE_PLAIN);
  SondeDevice *device;
  SondeWatch *voltage;

  board->answers_init = FALSE;
  fake_board_run_ms (board, 4900);
  g_assert_cmpuint (sonde_registry_get_n (registry), ==, 0);
  fake_board_run_ms (board, 600);
  g_assert_cmpuint (sonde_registry_get_n (registry), ==, 1);
  device = sonde_registry_get (registry, 0);
  g_assert_cmpstr (sonde_device_get_name (device), ==, "127.0.0.1#1");
  g_assert_cmpint (sonde_device_get_info (device)->state, ==, SONDE_DEVICE_STREAM);
  g_assert_true (sonde_device_is_connected (device));
  fake_channel_push (board->channel, "{\"imu\":{\"accel\":[1,2.5]},\"on\":true,\"name\":\"x\"}");
  fake_channel_push (board->channel, "{\"type\":\"data\",\"parameter\":\"Voltage\","
                                     "\"value\":123.45,\"timestamp\":1640995200.0}");
  g_assert_cmpuint (sonde_device_get_n_streams (device), ==, 4);
  g_assert_true (sonde_device_get_stream (device, 1)
                 == sonde_device_lookup_stream (device, "imu.accel[1]"));
  g_assert_true (sonde_device_get_stream (device, 3)
                 == sonde_device_lookup_stream (device, "Voltage"));
  g_assert_null (sonde_device_lookup_stream (device, "Current"));
  voltage = sonde_device_get_stream (device, 3);
  g_assert_cmpuint (sonde_trace_get_n_samples (sonde_watch_get_trace (voltage)), ==, 1);
  g_assert_cmpfloat (sonde_watch_get_state (voltage)->min, ==, 123.45);
  /* No command goes to it, whatever is watched and however long it is silent. */
  add_watch (device, 10);
  fake_board_run_ms (board, 20000);
  g_assert_cmpuint (fake_channel_get_n (board->channel), ==, 1);
  g_assert_cmpuint (fake_channel_get_close_code (board->channel), ==, 0);
  /* Until it answers one. */
  fake_channel_push (board->channel, "{\"res\":\"init\",\"con_id\":\"01\"}");
  g_assert_cmpint (sonde_device_get_info (device)->state, ==, SONDE_DEVICE_READY);
  fake_board_run_ms (board, 200);
  g_assert_cmpuint (board->n_commands, >=, 1);
}

/* What a board says before it is known is kept within reason; the rest is counted, never lost in
 * silence. */
static void
test_early_flood (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) board = connect_board (registry, FAKE_PLAIN);
  guint64 newest = sonde_log_get_newest ();
  g_autoptr (GPtrArray) lines = NULL;
  gboolean is_told = FALSE;

  board->answers_init = FALSE;
  for (guint i = 0; i < 100; i++)
    fake_channel_push (board->channel, "{\"temperature\":21}");
  fake_board_run_ms (board, 5500);
  lines = sonde_log_dup_since (newest, 1000);
  for (guint i = 0; i < lines->len; i++)
    is_told = is_told || strstr (((SondeLogLine *) lines->pdata[i])->text, "36 messages") != NULL;
  g_assert_true (is_told);
  g_assert_cmpuint (sonde_device_get_n_streams (sonde_registry_get (registry, 0)), ==, 1);
}

static void
test_same_board (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) board = connect_board (registry, FAKE_FULL ("one", "a"));
  SondeDevice *device;
  SondeWatch *watch;

  fake_board_run_ms (board, 310);
  device = sonde_registry_lookup (registry, "one");
  watch = add_watch (device, 100);
  fake_board_run_ms (board, 100);
  fake_channel_break (board->channel);
  g_assert_cmpint (sonde_device_get_info (device)->state, ==, SONDE_DEVICE_LOST);
  g_assert_cmpint (sonde_device_get_info (device)->lost_us, !=, 0);
  g_assert_cmpuint (count_marks (watch, SONDE_MARK_GAP), ==, 1);
  /* The same start of the board: a gap, no new segment. */
  reconnect (registry, board);
  g_assert_true (sonde_registry_lookup (registry, "one") == device);
  g_assert_cmpuint (sonde_registry_get_n (registry), ==, 1);
  fake_board_run_ms (board, 100);
  g_assert_cmpuint (count_marks (watch, SONDE_MARK_BOOT), ==, 0);
  /* Another start. */
  fake_channel_break (board->channel);
  board->identity = FAKE_FULL ("one", "b");
  board->ticks = 0;
  reconnect (registry, board);
  fake_board_run_ms (board, 100);
  g_assert_cmpuint (count_marks (watch, SONDE_MARK_BOOT), ==, 1);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_samples, >, 20);
  g_assert_cmpuint (sonde_trace_get_n_samples (sonde_watch_get_trace (watch)), ==,
                    sonde_watch_get_state (watch)->n_samples);
}

/* A board that tells no boot starts a segment at each connection. */
static void
test_plain_reconnect (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) board = connect_board (registry, FAKE_PLAIN);
  SondeWatch *watch;

  fake_board_run_ms (board, 310);
  watch = add_watch (sonde_registry_lookup (registry, "127.0.0.1#1"), 100);
  fake_board_run_ms (board, 50);
  fake_channel_break (board->channel);
  reconnect (registry, board);
  fake_board_run_ms (board, 50);
  g_assert_cmpuint (sonde_registry_get_n (registry), ==, 1);
  g_assert_cmpuint (count_marks (watch, SONDE_MARK_BOOT), ==, 1);
  g_assert_cmpuint (count_marks (watch, SONDE_MARK_GAP), ==, 1);
}

static void
test_address_names (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) a = connect_board (registry, FAKE_PLAIN);
  g_autoptr (FakeBoard) b = connect_board (registry, FAKE_PLAIN);
  g_autoptr (FakeBoard) c = connect_board (registry, ",\"device\":\"no/name\"");
  g_autoptr (FakeBoard) d = fake_board_new (FAKE_PLAIN);
  FakeBoard *boards[] = { a, b, c };
  SondeDevice *first;

  fake_boards_run_ms (boards, 3, 310);
  g_assert_cmpuint (sonde_registry_get_n (registry), ==, 3);
  first = sonde_registry_lookup (registry, "127.0.0.1#1");
  g_assert_nonnull (first);
  g_assert_nonnull (sonde_registry_lookup (registry, "127.0.0.1#2"));
  g_assert_nonnull (sonde_registry_lookup (registry, "127.0.0.1#3"));
  fake_channel_break (a->channel);
  g_assert_cmpint (sonde_device_get_info (first)->state, ==, SONDE_DEVICE_LOST);
  reconnect (registry, d);
  g_assert_cmpint (sonde_device_get_info (first)->state, ==, SONDE_DEVICE_READY);
  g_assert_cmpuint (sonde_registry_get_n (registry), ==, 3);
}

/* Two at once: the newest wins; only a board of ours is told why. */
static void
test_replaced (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) old = connect_board (registry, FAKE_FULL ("one", "a"));
  g_autoptr (FakeBoard) new = fake_board_new (FAKE_FULL ("one", "b"));
  g_autoptr (FakeBoard) foreign = connect_board (registry, ",\"device\":\"two\"");
  g_autoptr (FakeBoard) thief = fake_board_new (",\"device\":\"two\"");

  fake_board_run_ms (old, 310);
  reconnect (registry, new);
  g_assert_cmpuint (fake_channel_get_close_code (old->channel), ==, 4000);
  g_assert_cmpuint (fake_channel_get_close_code (new->channel), ==, 0);
  g_assert_cmpint (state_of (registry, "one"), ==, SONDE_DEVICE_READY);
  reconnect (registry, thief);
  g_assert_cmpuint (fake_channel_get_close_code (foreign->channel), ==, 1005);
  g_assert_cmpuint (sonde_registry_get_n (registry), ==, 2);
}

static void
test_told_name_later (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) board = connect_board (registry, FAKE_PLAIN);
  SondeDevice *device;

  fake_board_run_ms (board, 310);
  device = sonde_registry_lookup (registry, "127.0.0.1#1");
  fake_channel_push (board->channel, "{\"res\":\"init\",\"con_id\":\"01\",\"device\":\"named\"}");
  g_assert_true (sonde_registry_lookup (registry, "named") == device);
  g_assert_null (sonde_registry_lookup (registry, "127.0.0.1#1"));
  g_assert_cmpstr (sonde_device_get_info (device)->name, ==, "named");
}

/* One that was known by its address turns out to be a board that is there already, lost. */
static void
test_turns_out_known (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) board = connect_board (registry, FAKE_FULL ("one", "a"));
  SondeDevice *device;

  fake_board_run_ms (board, 310);
  device = sonde_registry_lookup (registry, "one");
  fake_channel_break (board->channel);
  board->identity = FAKE_PLAIN;
  reconnect (registry, board);
  g_assert_cmpuint (sonde_registry_get_n (registry), ==, 2);
  fake_channel_push (board->channel, "{\"res\":\"init\",\"con_id\":\"01\",\"device\":\"one\"}");
  g_assert_cmpuint (sonde_registry_get_n (registry), ==, 1);
  g_assert_cmpint (sonde_device_get_info (device)->state, ==, SONDE_DEVICE_READY);
}

static void
test_idle (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) board = connect_board (registry, FAKE_FULL ("one", "a"));
  g_autoptr (FakeBoard) foreign = connect_board (registry, FAKE_PLAIN);
  FakeBoard *boards[] = { board, foreign };

  fake_boards_run_ms (boards, 2, 9900);
  g_assert_cmpuint (fake_channel_get_n (board->channel), ==, 1);
  fake_boards_run_ms (boards, 2, 1000);
  g_assert_cmpuint (fake_channel_get_n (board->channel), ==, 2);
  board->answers_init = FALSE;
  fake_boards_run_ms (boards, 2, 9000);
  g_assert_cmpint (state_of (registry, "one"), ==, SONDE_DEVICE_READY);
  fake_boards_run_ms (boards, 2, 5000);
  /* Shown as silent before it is given up, which takes the peer's part in closing too. */
  g_assert_cmpint (state_of (registry, "one"), ==, SONDE_DEVICE_LOST);
  g_assert_cmpuint (fake_channel_get_close_code (board->channel), ==, 0);
  fake_boards_run_ms (boards, 2, 2000);
  g_assert_cmpuint (fake_channel_get_close_code (board->channel), ==, 1005);
  g_assert_cmpint (state_of (registry, "one"), ==, SONDE_DEVICE_LOST);
  g_assert_cmpuint (fake_channel_get_n (foreign->channel), ==, 1);
  g_assert_cmpuint (fake_channel_get_close_code (foreign->channel), ==, 0);
}

static void
test_silent_while_polled (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) board = connect_board (registry, FAKE_FULL ("one", "a"));
  SondeDevice *device;
  SondeWatch *watch;
  guint64 n_before;

  fake_board_run_ms (board, 310);
  device = sonde_registry_lookup (registry, "one");
  watch = add_watch (device, 100);
  fake_board_run_ms (board, 500);
  board->is_held = TRUE;
  fake_board_run_ms (board, 2000);
  g_assert_cmpint (sonde_device_get_info (device)->state, ==, SONDE_DEVICE_READY);
  fake_board_run_ms (board, 1000);
  g_assert_cmpint (sonde_device_get_info (device)->state, ==, SONDE_DEVICE_LOST);
  g_assert_true (sonde_device_get_info (device)->is_silent);
  g_assert_false (sonde_device_is_connected (device));
  g_assert_cmpuint (count_marks (watch, SONDE_MARK_GAP), ==, 1);
  n_before = sonde_watch_get_state (watch)->n_samples;
  fake_board_run_ms (board, 4000);
  /* The value is the old one, and says why it is old. */
  g_assert_true (sonde_watch_get_state (watch)->has_value);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_samples, ==, n_before);
  board->is_held = FALSE;
  fake_board_run_ms (board, 1000);
  g_assert_cmpint (sonde_device_get_info (device)->state, ==, SONDE_DEVICE_READY);
  g_assert_false (sonde_device_get_info (device)->is_silent);
  fake_board_run_ms (board, 1000);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_samples, >, n_before + 50);
}

static void
test_log_lines (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) board = connect_board (registry, FAKE_FULL ("one", "a"));
  guint64 newest;
  g_autoptr (GPtrArray) lines = NULL;
  SondeLogLine *line;

  fake_board_run_ms (board, 310);
  newest = sonde_log_get_newest ();
  fake_channel_push (board->channel, "{\"type\":\"log\",\"level\":\"warn\",\"tag\":\"motor\","
                                     "\"msg\":\"too hot\",\"t\":123456}");
  lines = sonde_log_dup_since (newest, 10);
  g_assert_cmpuint (lines->len, ==, 1);
  line = g_ptr_array_index (lines, 0);
  g_assert_cmpint (line->level, ==, SONDE_LOG_WARNING);
  g_assert_cmpstr (line->device, ==, "one");
  g_assert_cmpstr (line->tag, ==, "motor");
  g_assert_cmpstr (line->text, ==, "too hot");
}

static guint
count_lines (guint64 newest, const char *text)
{
  g_autoptr (GPtrArray) lines = sonde_log_dup_since (newest, 100);
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    n += g_str_equal (((SondeLogLine *) g_ptr_array_index (lines, i))->text, text);
  return n;
}

/* It is told once for a board, however often that one comes back. */
static void
test_unmasked (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) board = connect_board (registry, FAKE_FULL ("bare", "a"));
  guint64 newest = sonde_log_get_newest ();
  SondeDevice *device;

  fake_board_run_ms (board, 610);
  device = sonde_registry_lookup (registry, "bare");
  g_assert_false (sonde_device_get_info (device)->sends_unmasked);
  fake_channel_break (board->channel);
  for (guint i = 0; i < 2; i++)
    {
      sonde_registry_adopt (registry, SONDE_CHANNEL (fake_board_connect (board, "127.0.0.1")));
      fake_channel_set_unmasked (board->channel);
      fake_board_run_ms (board, 610);
      g_assert_true (sonde_device_get_info (device)->sends_unmasked);
      fake_channel_break (board->channel);
    }
  g_assert_cmpuint (count_lines (newest, "sends unmasked frames"), ==, 1);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (sonde_registry_end_finish (SONDE_REGISTRY (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

static void
test_end (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) polite = connect_board (registry, FAKE_FULL ("polite", "a"));
  g_autoptr (FakeBoard) mute = connect_board (registry, FAKE_PLAIN);
  g_autoptr (FakeBoard) unknown = NULL;
  FakeBoard *boards[] = { polite, mute };
  gboolean is_over = FALSE;

  fake_boards_run_ms (boards, 2, 310);
  unknown = connect_board (registry, FAKE_PLAIN);
  add_watch (sonde_registry_lookup (registry, "polite"), 100);
  fake_boards_run_ms (boards, 2, 50);
  sonde_registry_end_async (registry, on_ended, &is_over);
  fake_boards_run_ms (boards, 2, 10);
  fake_channel_push (polite->channel, "{\"res\":\"end\",\"con_id\":\"01\"}");
  fake_boards_run_ms (boards, 2, 500);
  g_assert_cmpuint (fake_channel_get_close_code (polite->channel), ==, 1005);
  g_assert_cmpuint (fake_channel_get_close_code (unknown->channel), ==, 1005);
  g_assert_false (is_over);
  fake_boards_run_ms (boards, 2, 600);
  g_assert_true (is_over);
  g_assert_cmpuint (fake_channel_get_close_code (mute->channel), ==, 1005);
}

static void
on_device (SondeRegistry *registry, SondeDevice *device, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_signals_and_forget (void)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autoptr (FakeBoard) board = connect_board (registry, FAKE_FULL ("one", "a"));
  guint n_added = 0, n_ready = 0, n_removed = 0;

  g_signal_connect (registry, "device-added", G_CALLBACK (on_device), &n_added);
  g_signal_connect (registry, "device-ready", G_CALLBACK (on_device), &n_ready);
  g_signal_connect (registry, "device-removed", G_CALLBACK (on_device), &n_removed);
  fake_board_run_ms (board, 310);
  fake_channel_break (board->channel);
  reconnect (registry, board);
  g_assert_cmpuint (n_added, ==, 1);
  g_assert_cmpuint (n_ready, ==, 2);
  /* An answer to the idle init that says nothing new is no news. */
  fake_board_run_ms (board, 12000);
  g_assert_cmpuint (n_ready, ==, 2);
  fake_channel_break (board->channel);
  sonde_registry_forget (registry, sonde_registry_lookup (registry, "one"));
  g_assert_cmpuint (n_removed, ==, 1);
  g_assert_cmpuint (sonde_registry_get_n (registry), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/first-word", test_first_word);
  g_test_add_func ("/registry/stream-only", test_stream_only);
  g_test_add_func ("/registry/early-flood", test_early_flood);
  g_test_add_func ("/registry/same-board", test_same_board);
  g_test_add_func ("/registry/plain-reconnect", test_plain_reconnect);
  g_test_add_func ("/registry/address-names", test_address_names);
  g_test_add_func ("/registry/replaced", test_replaced);
  g_test_add_func ("/registry/told-name-later", test_told_name_later);
  g_test_add_func ("/registry/turns-out-known", test_turns_out_known);
  g_test_add_func ("/registry/idle", test_idle);
  g_test_add_func ("/registry/silent-while-polled", test_silent_while_polled);
  g_test_add_func ("/registry/log-lines", test_log_lines);
  g_test_add_func ("/registry/unmasked", test_unmasked);
  g_test_add_func ("/registry/end", test_end);
  g_test_add_func ("/registry/signals-and-forget", test_signals_and_forget);
  return g_test_run ();
}
