/* test-block-job.c: many bytes read behind what is polled, whole or not at all */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/registry.h"

#include <string.h>

#include "device/variables.h"
#include "support/fake-board.h"

#define AT(offset) (FAKE_BOARD_BASE + (offset))
#define BATCH_ONLY                                                                                 \
  ",\"proto\":1,\"device\":\"one\",\"seq\":true,\"caps\":{\"bits\":32,\"batch\":8,\"msg\":1024}"

typedef struct
{
  SondeRegistry *registry;
  FakeBoard *board;
  SondeDevice *device;
  GBytes *bytes;
  GError *error;
  gboolean is_over;
} Rig;

static void
rig_connect (Rig *self, const char *identity)
{
  *self = (Rig){ .registry = sonde_registry_new (), .board = fake_board_new (identity) };
  for (guint i = 0; i < FAKE_BOARD_SIZE; i++)
    self->board->memory[i] = (guint8) (i * 7 + i / 256);
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
on_block (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Rig *self = user_data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_error (&self->error);
  self->bytes = sonde_device_read_block_finish (SONDE_DEVICE (source), result, &self->error);
  self->is_over = TRUE;
}

static void
start (Rig *self, guint offset, gsize size, GCancellable *cancellable)
{
  self->is_over = FALSE;
  sonde_device_read_block_async (self->device, AT (offset), size, cancellable, on_block, self);
}

static void
assert_block (Rig *self, guint offset, gsize size)
{
  g_assert_true (self->is_over);
  g_assert_no_error (self->error);
  g_assert_cmpmem (g_bytes_get_data (self->bytes, NULL), g_bytes_get_size (self->bytes),
                   self->board->memory + offset, size);
}

static void
test_whole (void)
{
  static const char *const boards[] = { FAKE_PLAIN, BATCH_ONLY, FAKE_FULL ("one", "a") };

  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;

      rig_connect (&rig, boards[i]);
      start (&rig, 0, FAKE_BOARD_SIZE, NULL);
      fake_board_run_ms (rig.board, 1500);
      assert_block (&rig, 0, FAKE_BOARD_SIZE);
      start (&rig, 3, 1, NULL);
      fake_board_run_ms (rig.board, 20);
      assert_block (&rig, 3, 1);
      start (&rig, 5, 1001, NULL);
      fake_board_run_ms (rig.board, 500);
      assert_block (&rig, 5, 1001);
      rig_clear (&rig);
    }
}

/* Polls at their rate lose nothing to it; greedy ones let it through little by little. */
static void
test_behind_polls (void)
{
  Rig rig;
  g_autoptr (SondeVariable) variable = new_unsigned ("x", AT (16), 4);
  SondeWatch *watch;
  guint64 n_before;

  rig_connect (&rig, FAKE_PLAIN);
  watch = sonde_device_add_watch (rig.device, variable, 100);
  start (&rig, 0, 1024, NULL);
  fake_board_run_ms (rig.board, 1000);
  assert_block (&rig, 0, 1024);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_skipped, ==, 0);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_samples, >=, 99);
  sonde_watch_set_rate (watch, 0);
  n_before = sonde_watch_get_state (watch)->n_samples;
  start (&rig, 0, 16, NULL);
  fake_board_run_ms (rig.board, 1100);
  assert_block (&rig, 0, 16);
  g_assert_cmpuint (sonde_watch_get_state (watch)->n_samples, >=, n_before + 1080);
  rig_clear (&rig);
}

/* A person does not wait for it. */
static void
test_behind_person (void)
{
  Rig rig;
  g_autoptr (SondeVariable) variable = new_unsigned ("x", AT (16), 4);
  g_autoptr (GBytes) bytes = g_bytes_new ("\1\0\0\0", 4);
  g_autofree char *first = NULL;

  rig_connect (&rig, FAKE_PLAIN);
  rig.board->is_held = TRUE;
  start (&rig, 0, 64, NULL);
  sonde_device_write_async (rig.device, variable, bytes, NULL, NULL, NULL);
  fake_board_run_ms (rig.board, 5);
  g_assert_cmpuint (rig.board->waiting.length, ==, 1);
  fake_board_answer (rig.board);
  first = fake_board_drop (rig.board);
  g_assert_nonnull (strstr (first, "mem_write"));
  rig_clear (&rig);
}

static void
test_refused (void)
{
  Rig rig;

  rig_connect (&rig, FAKE_PLAIN);
  rig.board->refused_from = AT (32);
  rig.board->refused_to = AT (36);
  start (&rig, 0, 64, NULL);
  fake_board_run_ms (rig.board, 100);
  g_assert_true (rig.is_over);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_REFUSED);
  g_assert_cmpstr (rig.error->message, ==, "0x20000020: SET_MTA failed");
  start (&rig, 0, 0, NULL);
  fake_board_run_ms (rig.board, 1);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_REFUSED);
  rig_clear (&rig);
}

/* Half of one program and half of another is nothing: it ends where the connection or boot does. */
static void
test_board_goes (void)
{
  Rig rig;

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  rig.board->is_held = TRUE;
  start (&rig, 0, 1024, NULL);
  start (&rig, 0, 1024, NULL);
  fake_board_run_ms (rig.board, 5);
  g_assert_cmpuint (rig.board->waiting.length, ==, 1);
  fake_channel_push (rig.board->channel,
                     "{\"res\":\"init\",\"con_id\":\"01\"" FAKE_FULL ("one", "b") "}");
  fake_board_run_ms (rig.board, 5);
  g_assert_true (rig.is_over);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_GONE);
  start (&rig, 0, 1024, NULL);
  fake_board_run_ms (rig.board, 5);
  g_assert_false (rig.is_over);
  fake_channel_break (rig.board->channel);
  fake_board_run_ms (rig.board, 5);
  g_assert_true (rig.is_over);
  start (&rig, 0, 1024, NULL);
  fake_board_run_ms (rig.board, 5);
  g_assert_true (rig.is_over);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_GONE);
  rig_clear (&rig);
}

static void
test_cancel (void)
{
  Rig rig;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint n_commands;

  rig_connect (&rig, FAKE_PLAIN);
  start (&rig, 0, 4096, cancellable);
  fake_board_run_ms (rig.board, 20);
  g_cancellable_cancel (cancellable);
  fake_board_run_ms (rig.board, 5);
  g_assert_true (rig.is_over);
  g_assert_error (rig.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  n_commands = rig.board->n_commands;
  fake_board_run_ms (rig.board, 20);
  g_assert_cmpuint (rig.board->n_commands, ==, n_commands);
  rig_clear (&rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/block-job/whole", test_whole);
  g_test_add_func ("/block-job/behind-polls", test_behind_polls);
  g_test_add_func ("/block-job/behind-person", test_behind_person);
  g_test_add_func ("/block-job/refused", test_refused);
  g_test_add_func ("/block-job/board-goes", test_board_goes);
  g_test_add_func ("/block-job/cancel", test_cancel);
  return g_test_run ();
}
