/* test-access.c: single reads and writes: sent, read back, compared, refused */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/registry.h"

#include <math.h>
#include <string.h>

#include "device/variables.h"
#include "support/fake-board.h"

#define AT(offset) (FAKE_BOARD_BASE + (offset))
#define NO_MASK                                                                                    \
  ",\"proto\":1,\"device\":\"one\",\"seq\":true,\"caps\":{\"bits\":32,\"batch\":8,\"msg\":1024}"

typedef struct
{
  SondeRegistry *registry;
  FakeBoard *board;
  SondeDevice *device;
  /* of the newest access */
  GBytes *bytes;
  GError *error;
  gboolean is_over;
  gboolean is_atomic;
  gint64 time_us;
} Rig;

static void
rig_connect (Rig *self, const char *identity)
{
  *self = (Rig){ .registry = sonde_registry_new (), .board = fake_board_new (identity) };
  sonde_registry_adopt (self->registry,
                        SONDE_CHANNEL (fake_board_connect (self->board, "127.0.0.1")));
  fake_board_run_ms (self->board, 310);
  self->device = sonde_registry_get (self->registry, 0);
}

static void
rig_clear (Rig *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->board, fake_board_free);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Rig *self = user_data;

  self->bytes
      = sonde_device_write_finish (SONDE_DEVICE (source), result, &self->is_atomic, &self->error);
  self->is_over = TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Rig *self = user_data;

  self->bytes
      = sonde_device_read_finish (SONDE_DEVICE (source), result, &self->time_us, &self->error);
  self->is_over = TRUE;
}

static void
begin (Rig *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_error (&self->error);
  self->is_over = FALSE;
}

static void
start_write (Rig *self, SondeVariable *variable, const void *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  begin (self);
  sonde_device_write_async (self->device, variable, bytes, NULL, on_written, self);
}

static void
write_bytes (Rig *self, SondeVariable *variable, const void *data, gsize size)
{
  start_write (self, variable, data, size);
  fake_board_run_ms (self->board, 200);
  g_assert_true (self->is_over);
}

static void
read_variable (Rig *self, SondeVariable *variable, guint ms)
{
  begin (self);
  sonde_device_read_async (self->device, variable, NULL, on_read, self);
  fake_board_run_ms (self->board, ms);
  g_assert_true (self->is_over);
}

static const char *const boards[] = { FAKE_PLAIN, NO_MASK, FAKE_FULL ("one", "a") };

static void
test_plain_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      g_autoptr (SondeVariable) small = new_unsigned ("small", AT (16), 2);
      g_autoptr (SondeVariable) wide = new_unsigned ("wide", AT (24), 8);
      g_autoptr (SondeVariable) text = new_text ("text", AT (41), 21);
      const guint64 number = G_GUINT64_CONSTANT (0x1122334455667788);

      rig_connect (&rig, boards[i]);
      write_bytes (&rig, small, "\x34\x12", 2);
      g_assert_no_error (rig.error);
      g_assert_true (rig.is_atomic);
      g_assert_cmpuint (fake_board_load (rig.board, AT (16), 4), ==, 0x1234);
      write_bytes (&rig, wide, &number, 8);
      g_assert_no_error (rig.error);
      g_assert_cmpint (rig.is_atomic, ==, i == 2);
      g_assert_cmpuint (fake_board_load (rig.board, AT (24), 8), ==, number);
      read_variable (&rig, wide, 50);
      g_assert_cmpmem (g_bytes_get_data (rig.bytes, NULL), g_bytes_get_size (rig.bytes), &number,
                       8);
      g_assert_cmpint (rig.time_us, >, 0);
      write_bytes (&rig, text, "hello, board\0......xy", 21);
      g_assert_no_error (rig.error);
      g_assert_cmpint (rig.is_atomic, ==, i == 2);
      g_assert_cmpmem (rig.board->memory + 41, 21, "hello, board\0......xy", 21);
      g_assert_cmpuint (rig.board->memory[40] + rig.board->memory[62], ==, 0);
      rig_clear (&rig);
    }
}

/* A field changes nothing beside it, with and without the board's help. */
static void
test_bits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      g_autoptr (SondeVariable) field = new_bits ("field", AT (16), 4, 3);

      rig_connect (&rig, boards[i]);
      fake_board_store (rig.board, AT (16), 0xffffff8f, 4);
      write_bytes (&rig, field, "\x50\0\0\0", 4);
      g_assert_no_error (rig.error);
      g_assert_cmpint (rig.is_atomic, ==, i == 2);
      g_assert_cmphex (fake_board_load (rig.board, AT (16), 4), ==, 0xffffffdf);
      rig_clear (&rig);
    }
}

static void
test_nan (void)
{
  Rig rig;
  g_autoptr (SondeVariable) variable = new_float ("f", AT (16));
  const float nan = NAN;

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  write_bytes (&rig, variable, &nan, 4);
  g_assert_no_error (rig.error);
  rig_clear (&rig);
}

static void
test_differs (void)
{
  Rig rig;
  g_autoptr (SondeVariable) variable = new_unsigned ("motor.target", AT (16), 4);

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  fake_board_store (rig.board, AT (16), 7, 4);
  rig.board->ignores_writes = TRUE;
  write_bytes (&rig, variable, "\x05\0\0\0", 4);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_DIFFERS);
  g_assert_cmpstr (rig.error->message, ==, "motor.target: wrote 5, the board reads 7");
  g_assert_null (rig.bytes);
  rig_clear (&rig);
}

static void
test_refused (void)
{
  Rig rig;
  g_autoptr (SondeVariable) variable = new_unsigned ("x", AT (16), 4);
  g_autoptr (SondeVariable) constant = new_variable (
      "c", AT (16), sonde_type_new_base (SONDE_KIND_NUMBER, "int", SONDE_ENCODING_SIGNED, TRUE, 4),
      SONDE_MEMORY_FLASH);

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  rig.board->refused_from = AT (16);
  rig.board->refused_to = AT (20);
  write_bytes (&rig, variable, "\x05\0\0\0", 4);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_REFUSED);
  g_assert_nonnull (strstr (rig.error->message, "not readable"));
  read_variable (&rig, variable, 50);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_REFUSED);
  write_bytes (&rig, constant, "\x05\0\0\0", 4);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_READ_ONLY);
  write_bytes (&rig, variable, "\x05", 1);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_READ_ONLY);
  rig_clear (&rig);
}

static void
test_timeout_and_gone (void)
{
  Rig rig;
  g_autoptr (SondeVariable) variable = new_unsigned ("x", AT (16), 4);

  rig_connect (&rig, FAKE_PLAIN);
  rig.board->is_held = TRUE;
  read_variable (&rig, variable, 5500);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_TIMEOUT);
  /* It has not answered for long: nothing is sent to it by hand until it does. */
  start_write (&rig, variable, "\0\0\0\0", 4);
  fake_board_run_ms (rig.board, 5);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_GONE);
  fake_channel_push (rig.board->channel, "{\"hello\":1}");
  fake_board_run_ms (rig.board, 300);
  start_write (&rig, variable, "\0\0\0\0", 4);
  fake_board_run_ms (rig.board, 5);
  g_assert_false (rig.is_over);
  fake_channel_break (rig.board->channel);
  fake_board_run_ms (rig.board, 5);
  g_assert_true (rig.is_over);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_GONE);
  read_variable (&rig, variable, 5);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_GONE);
  rig_clear (&rig);
}

/* What a person asks for goes in front of what is due, one at a time to a plain board. */
static void
test_in_front (void)
{
  Rig rig;
  g_autoptr (SondeVariable) variable = new_unsigned ("x", AT (16), 4);
  g_autofree char *first = NULL;

  rig_connect (&rig, FAKE_PLAIN);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (SondeVariable) other = new_unsigned ("y", AT (100 + 4 * i), 4);

      sonde_device_add_watch (rig.device, other, 0);
    }
  rig.board->is_held = TRUE;
  fake_board_run_ms (rig.board, 5);
  start_write (&rig, variable, "\x09\0\0\0", 4);
  g_assert_cmpuint (rig.board->waiting.length, ==, 1);
  fake_board_answer (rig.board);
  first = fake_board_drop (rig.board);
  g_assert_nonnull (strstr (first, "mem_write"));
  rig_clear (&rig);
}

/* An answer asked for before the write was acknowledged may be older than it: it is not shown. */
static void
test_stale_answers (void)
{
  Rig rig;
  g_autoptr (SondeVariable) variable = new_unsigned ("x", AT (16), 4);
  g_autoptr (SondeVariable) other = new_unsigned ("y", AT (200), 4);
  SondeWatch *watch, *beside;
  guint64 n_before, n_beside;

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  watch = sonde_device_add_watch (rig.device, variable, 100);
  beside = sonde_device_add_watch (rig.device, other, 100);
  fake_board_run_ms (rig.board, 100);
  while (fake_board_answer (rig.board))
    ;
  n_before = sonde_watch_get_state (watch)->n_samples;
  n_beside = sonde_watch_get_state (beside)->n_samples;
  rig.board->is_held = TRUE;
  start_write (&rig, variable, "\x09\0\0\0", 4);
  fake_board_run_ms (rig.board, 35);
  g_assert_cmpuint (rig.board->waiting.length, >=, 3);
  fake_board_answer (rig.board); /* the write */
  fake_board_store (rig.board, AT (16), 1, 4);
  fake_board_answer (rig.board); /* two reads sent before that */
  fake_board_answer (rig.board);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_samples, ==, n_before);
  g_assert_cmpuint (sonde_watch_get_state (watch)->value.u, ==, 0);
  /* What was not written is as good as ever. */
  g_assert_cmpuint (sonde_watch_get_state (beside)->n_samples, ==, n_beside + 2);
  fake_board_store (rig.board, AT (16), 9, 4);
  rig.board->is_held = FALSE;
  fake_board_run_ms (rig.board, 100);
  g_assert_true (rig.is_over);
  g_assert_no_error (rig.error);
  g_assert_cmpuint (sonde_watch_get_state (watch)->value.u, ==, 9);
  rig_clear (&rig);
}

static void
on_tap (SondeDevice *device, gboolean outgoing, const char *text, guint size, GString *log)
{
  g_string_append_printf (log, "%c%u;", outgoing ? '>' : '<', size);
}

static void
test_tap (void)
{
  Rig rig;
  g_autoptr (GString) log = g_string_new (NULL);

  rig_connect (&rig, FAKE_PLAIN);
  g_signal_connect (rig.device, "tap", G_CALLBACK (on_tap), log);
  sonde_device_send_text (rig.device, "unseen");
  sonde_device_tap (rig.device);
  sonde_device_tap (rig.device);
  sonde_device_untap (rig.device);
  g_assert_true (sonde_device_send_text (rig.device, "ping"));
  fake_channel_push (rig.board->channel, "pong!");
  sonde_device_untap (rig.device);
  fake_channel_push (rig.board->channel, "unseen");
  g_assert_cmpstr (log->str, ==, ">5;<5;");
  fake_channel_break (rig.board->channel);
  g_assert_false (sonde_device_send_text (rig.device, "ping"));
  rig_clear (&rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/access/plain-values", test_plain_values);
  g_test_add_func ("/access/bits", test_bits);
  g_test_add_func ("/access/nan", test_nan);
  g_test_add_func ("/access/differs", test_differs);
  g_test_add_func ("/access/refused", test_refused);
  g_test_add_func ("/access/timeout-and-gone", test_timeout_and_gone);
  g_test_add_func ("/access/in-front", test_in_front);
  g_test_add_func ("/access/stale-answers", test_stale_answers);
  g_test_add_func ("/access/tap", test_tap);
  return g_test_run ();
}
