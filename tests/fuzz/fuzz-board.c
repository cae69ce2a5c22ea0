/* fuzz-board.c: a board that says anything at any time, while it is watched and written */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/registry.h"

#include "base/clock.h"
#include "support/fake-board.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Turning the clock costs passes of the loop. */
#define MAX_LINES 64

static SondeVariable *
new_variable (guint64 address, guint size)
{
  g_autoptr (SondeType) type
      = sonde_type_new_base (SONDE_KIND_NUMBER, "x", SONDE_ENCODING_UNSIGNED, FALSE, size);
  SondeVariableInfo info = { .path = "x",
                             .address = address,
                             .type = type,
                             .byte_order = G_LITTLE_ENDIAN,
                             .pointer_size = 4,
                             .is_writable = TRUE };

  return sonde_variable_new (&info);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = sonde_device_write_finish (SONDE_DEVICE (source), result, NULL, &error);

  g_assert_true ((bytes == NULL) == (error != NULL));
}

static void
use_board (SondeRegistry *registry)
{
  g_autoptr (SondeVariable) small = new_variable (FAKE_BOARD_BASE + 16, 4);
  g_autoptr (SondeVariable) wide = new_variable (FAKE_BOARD_BASE + 24, 8);
  g_autoptr (GBytes) bytes = g_bytes_new ("abcd", 4);
  SondeDevice *device;

  if (sonde_registry_get_n (registry) == 0)
    return;
  device = sonde_registry_get (registry, 0);
  if (sonde_device_get_n_watches (device) > 0)
    return;
  sonde_device_add_watch (device, small, 100);
  sonde_device_add_watch (device, wide, 0);
  sonde_device_write_async (device, small, bytes, NULL, on_written, NULL);
}

static void
pass_ms (guint ms)
{
  sonde_clock_turn_us (ms * 1000);
  /* A watch as fast as it can would never let the loop run dry. */
  for (guint i = 0; i < 20 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

/* A line is a message; "+": half a second passes; "!": the board answers what it was asked. */
static void
play_line (FakeBoard *board, const char *line)
{
  if (line[0] == '+')
    pass_ms (500);
  else if (line[0] == '!')
    fake_board_answer (board);
  else
    fake_channel_push (board->channel, line);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (SondeRegistry) registry = sonde_registry_new ();
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_LINES);
  g_autoptr (FakeBoard) board
      = fake_board_new (size % 2 == 0 ? FAKE_FULL ("one", "a") : FAKE_PLAIN);

  board->is_held = TRUE;
  sonde_registry_adopt (registry, SONDE_CHANNEL (fake_board_connect (board, "127.0.0.1")));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      play_line (board, lines[i]);
      use_board (registry);
    }
  fake_channel_break (board->channel);
  pass_ms (1);
  return 0;
}
