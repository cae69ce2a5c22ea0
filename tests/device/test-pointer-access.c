/* test-pointer-access.c: single reads and writes behind pointers: followed, checked, never NULL */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/registry.h"

#include <string.h>

#include "device/variables.h"
#include "support/fake-board.h"

#define AT(offset) (FAKE_BOARD_BASE + (offset))
#define NO_MASK                                                                                    \
  ",\"proto\":1,\"device\":\"one\",\"seq\":true,\"caps\":{\"bits\":32,\"batch\":8,\"msg\":1024}"
#define P AT (16)

typedef struct
{
  SondeRegistry *registry;
  FakeBoard *board;
  SondeDevice *device;
  SondeVariable *p;
  /* of the newest access */
  GBytes *bytes;
  GError *error;
  gboolean is_over;
} Rig;

static const char *const boards[] = { FAKE_PLAIN, NO_MASK, FAKE_FULL ("one", "a") };

static void
rig_connect (Rig *self, const char *identity)
{
  *self = (Rig){ .registry = sonde_registry_new (),
                 .board = fake_board_new (identity),
                 .p = new_pointer ("p", P, NULL) };
  sonde_registry_adopt (self->registry,
                        SONDE_CHANNEL (fake_board_connect (self->board, "127.0.0.1")));
  fake_board_run_ms (self->board, 310);
  self->device = sonde_registry_get (self->registry, 0);
  fake_board_store (self->board, P, AT (100), 4);
}

static void
rig_clear (Rig *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->p, sonde_variable_unref);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->board, fake_board_free);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Rig *self = user_data;

  self->bytes = sonde_device_write_finish (SONDE_DEVICE (source), result, NULL, &self->error);
  self->is_over = TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Rig *self = user_data;

  self->bytes = sonde_device_read_finish (SONDE_DEVICE (source), result, NULL, &self->error);
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
start_read (Rig *self, SondeVariable *variable)
{
  begin (self);
  sonde_device_read_async (self->device, variable, NULL, on_read, self);
}

static void
start_write (Rig *self, SondeVariable *variable, const void *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  begin (self);
  sonde_device_write_async (self->device, variable, bytes, NULL, on_written, self);
}

static void
finish (Rig *self)
{
  fake_board_run_ms (self->board, 200);
  g_assert_true (self->is_over);
}

static void
assert_refused (Rig *self, const char *message)
{
  finish (self);
  g_assert_error (self->error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_REFUSED);
  g_assert_cmpstr (self->error->message, ==, message);
}

static void
test_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      g_autoptr (SondeVariable) x = NULL;
      g_autoptr (SondeVariable) next = NULL;
      g_autoptr (SondeVariable) second = NULL;

      rig_connect (&rig, boards[i]);
      x = new_behind (rig.p, new_unsigned ("p->x", 8, 8));
      next = new_pointer ("p->next", 4, rig.p);
      second = new_behind (next, new_unsigned ("p->next->x", 8, 2));
      fake_board_store (rig.board, AT (108), G_GUINT64_CONSTANT (0x1122334455667788), 8);
      fake_board_store (rig.board, AT (104), AT (200), 4);
      fake_board_store (rig.board, AT (208), 0x4711, 4);
      start_read (&rig, x);
      finish (&rig);
      g_assert_no_error (rig.error);
      g_assert_cmpmem (g_bytes_get_data (rig.bytes, NULL), g_bytes_get_size (rig.bytes),
                       "\x88\x77\x66\x55\x44\x33\x22\x11", 8);
      start_read (&rig, second);
      finish (&rig);
      g_assert_no_error (rig.error);
      g_assert_cmpmem (g_bytes_get_data (rig.bytes, NULL), g_bytes_get_size (rig.bytes), "\x11\x47",
                       2);
      fake_board_store (rig.board, AT (104), 0, 4);
      start_read (&rig, second);
      assert_refused (&rig, "p->next->x: p->next is NULL");
      fake_board_store (rig.board, P, 0, 4);
      start_read (&rig, second);
      assert_refused (&rig, "p->next->x: p is NULL");
      rig_clear (&rig);
    }
}

static void
test_refused (void)
{
  static const char *const words[] = { "SET_MTA failed", "not readable", "not readable" };

  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      g_autoptr (SondeVariable) x = NULL;
      g_autoptr (SondeVariable) next = NULL;
      g_autoptr (SondeVariable) second = NULL;
      g_autoptr (SondeVariable) field = new_bits ("field", AT (48), 0, 7);
      g_autoptr (SondeVariable) behind_field = new_behind (field, new_unsigned ("*field", 0, 4));

      rig_connect (&rig, boards[i]);
      x = new_behind (rig.p, new_unsigned ("p->x", 8, 4));
      next = new_pointer ("p->next", 4, rig.p);
      second = new_behind (next, new_unsigned ("p->next->x", 8, 2));
      fake_board_store (rig.board, P, 3, 4);
      start_read (&rig, x);
      finish (&rig);
      g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_REFUSED);
      g_assert_nonnull (strstr (rig.error->message, "p->x: p points to 0x00000003: the board "
                                                    "refuses to read there ("));
      start_read (&rig, second);
      finish (&rig);
      g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_REFUSED);
      g_assert_nonnull (strstr (rig.error->message, "p->next->x: p points to 0x00000003: "));
      start_write (&rig, x, "\1\0\0\0", 4);
      finish (&rig);
      g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_REFUSED);
      g_assert_nonnull (strstr (rig.error->message, "the board refuses to write there (not "));
      start_read (&rig, behind_field);
      finish (&rig);
      g_assert_nonnull (strstr (rig.error->message, "*field: field: no pointer ("));
      rig.board->refused_from = P;
      rig.board->refused_to = P + 4;
      start_read (&rig, x);
      finish (&rig);
      g_assert_nonnull (strstr (rig.error->message, words[i]));
      g_assert_null (strstr (rig.error->message, "points to"));
      rig_clear (&rig);
    }
}

static void
test_write (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      g_autoptr (SondeVariable) x = NULL;
      g_autoptr (SondeVariable) bits = NULL;

      rig_connect (&rig, boards[i]);
      x = new_behind (rig.p, new_unsigned ("p->x", 8, 4));
      bits = new_behind (rig.p, new_bits ("p->bits", 12, 4, 3));
      fake_board_store (rig.board, AT (112), 0xffffff8f, 4);
      start_write (&rig, x, "\x34\x12\0\0", 4);
      finish (&rig);
      g_assert_no_error (rig.error);
      g_assert_cmphex (fake_board_load (rig.board, AT (108), 4), ==, 0x1234);
      start_write (&rig, bits, "\x50\0\0\0", 4);
      finish (&rig);
      g_assert_no_error (rig.error);
      g_assert_cmphex (fake_board_load (rig.board, AT (112), 4), ==, 0xffffffdf);
      rig_clear (&rig);
    }
}

/* Behind NULL nothing is sent but the read of the pointer, whatever the offset. */
static void
test_write_null (void)
{
  Rig rig;
  g_autoptr (SondeVariable) x = NULL;
  guint n_commands;

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  x = new_behind (rig.p, new_unsigned ("p->x", AT (100), 4));
  fake_board_store (rig.board, P, 0, 4);
  n_commands = rig.board->n_commands;
  start_write (&rig, x, "\1\0\0\0", 4);
  assert_refused (&rig, "p->x: p is NULL");
  g_assert_cmpuint (rig.board->n_commands, ==, n_commands + 1);
  g_assert_cmpuint (fake_board_load (rig.board, AT (100), 4), ==, 0);
  rig_clear (&rig);
}

static SondeMemory
all_is_flash (guint64 address, guint64 size, gpointer user_data)
{
  return SONDE_MEMORY_FLASH;
}

static void
test_write_flash (void)
{
  Rig rig;
  g_autoptr (SondeVariable) x = NULL;

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  sonde_device_set_memory_of (rig.device, all_is_flash, NULL, NULL);
  x = new_behind (rig.p, new_unsigned ("p->x", 0, 4));
  start_write (&rig, x, "\1\0\0\0", 4);
  finish (&rig);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_READ_ONLY);
  g_assert_cmpstr (rig.error->message, ==, "p->x: p points to 0x20000064, which is in flash");
  g_assert_cmpuint (fake_board_load (rig.board, AT (100), 4), ==, 0);
  rig_clear (&rig);
}

/* Answers @n commands of a board that is held. */
static void
answer (Rig *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      fake_board_run_ms (self->board, 2);
      g_assert_true (fake_board_answer (self->board));
    }
}

/* The pointer moves on between the two looks at it. */
static void
test_changes (void)
{
  Rig rig;
  g_autoptr (SondeVariable) x = NULL;

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  rig.board->is_held = TRUE;
  x = new_behind (rig.p, new_unsigned ("p->x", 0, 4));
  fake_board_store (rig.board, AT (100), 1, 4);
  fake_board_store (rig.board, AT (200), 2, 4);
  start_read (&rig, x);
  answer (&rig, 2);
  fake_board_store (rig.board, P, AT (200), 4);
  answer (&rig, 3);
  g_assert_true (rig.is_over || g_main_context_iteration (NULL, FALSE));
  fake_board_run_ms (rig.board, 2);
  g_assert_true (rig.is_over);
  g_assert_cmpmem (g_bytes_get_data (rig.bytes, NULL), 4, "\2\0\0\0", 4);

  start_write (&rig, x, "\7\0\0\0", 4);
  answer (&rig, 3); /* the pointer, the write, what is read back */
  fake_board_store (rig.board, P, AT (100), 4);
  answer (&rig, 1);
  fake_board_run_ms (rig.board, 2);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_DIFFERS);
  g_assert_cmpstr (rig.error->message, ==,
                   "p->x: written where p points to 0x200000c8, but now p points to 0x20000064");

  start_read (&rig, x);
  for (guint i = 0; i < 6; i++)
    {
      fake_board_store (rig.board, P, AT (100 + 4 * i), 4);
      answer (&rig, rig.is_over ? 0 : 1);
      fake_board_run_ms (rig.board, 2);
      if (!rig.is_over && i < 5)
        answer (&rig, 1);
    }
  fake_board_run_ms (rig.board, 2);
  g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_REFUSED);
  g_assert_nonnull (strstr (rig.error->message, "changes faster than it can be read"));
  rig_clear (&rig);
}

/* In every step the board may go. */
static void
test_gone (void)
{
  for (guint n = 0; n < 4; n++)
    {
      Rig rig;
      g_autoptr (SondeVariable) x = NULL;

      rig_connect (&rig, FAKE_FULL ("one", "a"));
      rig.board->is_held = TRUE;
      x = new_behind (rig.p, new_unsigned ("p->x", 0, 4));
      start_write (&rig, x, "\7\0\0\0", 4);
      answer (&rig, n);
      fake_board_run_ms (rig.board, 2);
      fake_channel_break (rig.board->channel);
      fake_board_run_ms (rig.board, 2);
      g_assert_true (rig.is_over);
      g_assert_error (rig.error, SONDE_DEVICE_ERROR, SONDE_DEVICE_ERROR_GONE);
      rig_clear (&rig);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pointer-access/read", test_read);
  g_test_add_func ("/pointer-access/refused", test_refused);
  g_test_add_func ("/pointer-access/write", test_write);
  g_test_add_func ("/pointer-access/write-null", test_write_null);
  g_test_add_func ("/pointer-access/write-flash", test_write_flash);
  g_test_add_func ("/pointer-access/changes", test_changes);
  g_test_add_func ("/pointer-access/gone", test_gone);
  return g_test_run ();
}
