/* test-pointers.c: watches behind pointers: the pointer first, never the value of another object */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/registry.h"

#include <string.h>

#include "base/clock.h"
#include "device/variables.h"
#include "support/fake-board.h"

#define AT(offset) (FAKE_BOARD_BASE + (offset))
#define BATCH_ONLY                                                                                 \
  ",\"proto\":1,\"device\":\"one\",\"seq\":true,\"caps\":{\"bits\":32,\"batch\":8,\"msg\":1024}"
#define ONE_BY_ONE                                                                                 \
  ",\"proto\":1,\"device\":\"one\",\"seq\":true,\"boot\":\"a\",\"caps\":{\"bits\":64}"

#define P AT (16)
#define LIST AT (20)

typedef struct
{
  SondeRegistry *registry;
  FakeBoard *board;
  SondeDevice *device;
} Rig;

static const char *const boards[] = { FAKE_PLAIN, ONE_BY_ONE, BATCH_ONLY, FAKE_FULL ("one", "a") };

static SondeMemory
all_is_ram (guint64 address, guint64 size, gpointer user_data)
{
  return SONDE_MEMORY_RAM;
}

static void
rig_connect (Rig *self, const char *identity)
{
  self->registry = sonde_registry_new ();
  self->board = fake_board_new (identity);
  sonde_registry_adopt (self->registry,
                        SONDE_CHANNEL (fake_board_connect (self->board, "127.0.0.1")));
  fake_board_run_ms (self->board, 310);
  self->device = sonde_registry_get (self->registry, 0);
  sonde_device_set_memory_of (self->device, all_is_ram, NULL, NULL);
}

static void
rig_clear (Rig *self)
{
  g_clear_object (&self->registry);
  g_clear_pointer (&self->board, fake_board_free);
}

/* "p->x": @offset bytes behind where the pointer at P leads. */
static SondeWatch *
watch_behind_p (Rig *self, guint64 offset, double rate_hz)
{
  g_autoptr (SondeVariable) p = new_pointer ("p", P, NULL);
  g_autoptr (SondeVariable) variable = new_behind (p, new_unsigned ("p->x", offset, 4));

  return sonde_device_add_watch (self->device, variable, rate_hz);
}

static const SondeWatchState *
state_of (SondeWatch *watch)
{
  return sonde_watch_get_state (watch);
}

/* Every due time is a sample, a failure, or counted. */
static void
assert_all_due_times (SondeWatch *watch, gint64 began_us, double rate_hz)
{
  const SondeWatchState *state = sonde_watch_get_state (watch);
  double n_due = (double) (sonde_clock_now_us () - began_us) * rate_hz / G_USEC_PER_SEC;
  double n = (double) (state->n_samples + state->n_skipped + state->n_failed);

  g_assert_cmpfloat (n, >=, n_due - 10);
  g_assert_cmpfloat (n, <=, n_due + 3);
}

static void
test_follows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      SondeWatch *watch;
      gint64 began_us;

      rig_connect (&rig, boards[i]);
      fake_board_store (rig.board, P, AT (100), 4);
      fake_board_store (rig.board, AT (108), 4711, 4);
      fake_board_store (rig.board, AT (208), 815, 4);
      began_us = sonde_clock_now_us ();
      watch = watch_behind_p (&rig, 8, 100);
      fake_board_run_ms (rig.board, 1000);
      g_assert_cmpstr (state_of (watch)->error, ==, "");
      g_assert_cmpuint (state_of (watch)->value.u, ==, 4711);
      g_assert_cmpuint (state_of (watch)->n_samples, >=, 95);
      assert_all_due_times (watch, began_us, 100);
      /* Another object: one poll later at most, with no failure between, on the same trace. */
      fake_board_store (rig.board, P, AT (200), 4);
      fake_board_run_ms (rig.board, 15);
      g_assert_cmpuint (state_of (watch)->value.u, ==, 815);
      fake_board_run_ms (rig.board, 985);
      g_assert_cmpuint (state_of (watch)->n_failed, ==, 0);
      g_assert_cmpuint (state_of (watch)->n_samples, >=, 190);
      assert_all_due_times (watch, began_us, 100);
      rig_clear (&rig);
    }
}

/* A steady pointer costs no message of its own where the board takes batches; many watches share
 * it; the watches beside are in messages of their own. */
static void
test_costs (void)
{
  Rig rig;
  SondeWatch *watches[20];
  guint n_commands;

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  fake_board_store (rig.board, P, AT (100), 4);
  for (guint i = 0; i < G_N_ELEMENTS (watches); i++)
    watches[i] = watch_behind_p (&rig, 4 * i, 100);
  fake_board_run_ms (rig.board, 100);
  n_commands = rig.board->n_commands;
  fake_board_run_ms (rig.board, 1000);
  g_assert_cmpuint (rig.board->n_commands - n_commands, <=, 101);
  for (guint i = 0; i < G_N_ELEMENTS (watches); i++)
    g_assert_cmpuint (state_of (watches[i])->n_samples, >=, 105);
  rig_clear (&rig);
}

static void
test_null (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      SondeWatch *watch;
      gint64 began_us;

      rig_connect (&rig, boards[i]);
      fake_board_store (rig.board, AT (108), 4711, 4);
      began_us = sonde_clock_now_us ();
      watch = watch_behind_p (&rig, 8, 50);
      fake_board_run_ms (rig.board, 3000);
      g_assert_false (state_of (watch)->has_value);
      g_assert_cmpstr (state_of (watch)->error, ==, "p is NULL");
      assert_all_due_times (watch, began_us, 50);
      /* No patience was lost: seen with the next poll. */
      fake_board_store (rig.board, P, AT (100), 4);
      fake_board_run_ms (rig.board, 30);
      g_assert_cmpuint (state_of (watch)->value.u, ==, 4711);
      g_assert_cmpstr (state_of (watch)->error, ==, "");
      /* NULL again: the value stays as what it was last. */
      fake_board_store (rig.board, P, 0, 4);
      fake_board_run_ms (rig.board, 30);
      g_assert_true (state_of (watch)->has_value);
      g_assert_cmpstr (state_of (watch)->error, ==, "p is NULL");
      rig_clear (&rig);
    }
}

/* A refused target is tried once a second, a changed pointer at once; nobody else notices. */
static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      SondeWatch *wild, *good, *plain;
      g_autoptr (SondeVariable) q = new_pointer ("q", AT (24), NULL);
      g_autoptr (SondeVariable) behind_q = new_behind (q, new_unsigned ("*q", 0, 4));
      g_autoptr (SondeVariable) beside = new_unsigned ("y", AT (28), 4);
      guint64 n_before;

      rig_connect (&rig, boards[i]);
      fake_board_store (rig.board, P, 3, 4);
      fake_board_store (rig.board, AT (24), AT (100), 4);
      fake_board_store (rig.board, AT (100), 5, 4);
      wild = watch_behind_p (&rig, 8, 20);
      good = sonde_device_add_watch (rig.device, behind_q, 20);
      plain = sonde_device_add_watch (rig.device, beside, 20);
      fake_board_run_ms (rig.board, 500);
      g_assert_true (g_str_has_prefix (
          state_of (wild)->error, "p points to 0x00000003: the board refuses to read there ("));
      g_assert_false (state_of (wild)->has_value);
      n_before = state_of (good)->n_samples;
      g_assert_cmpuint (n_before, >=, 8);
      fake_board_run_ms (rig.board, 2000);
      g_assert_cmpuint (state_of (good)->n_samples - n_before, >=, 39);
      g_assert_cmpuint (state_of (good)->n_failed, ==, 0);
      g_assert_cmpuint (state_of (plain)->n_samples, >=, 49);
      g_assert_cmpuint (state_of (plain)->n_skipped, ==, 0);
      fake_board_store (rig.board, P, AT (92), 4);
      fake_board_run_ms (rig.board, 60);
      g_assert_cmpuint (state_of (wild)->value.u, ==, 5);
      g_assert_cmpstr (state_of (wild)->error, ==, "");
      rig_clear (&rig);
    }
}

/* What was readable is so no more, and again. */
static void
test_refused_later (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      SondeWatch *watch;
      guint n_commands;

      rig_connect (&rig, boards[i]);
      fake_board_store (rig.board, P, AT (100), 4);
      watch = watch_behind_p (&rig, 0, 100);
      fake_board_run_ms (rig.board, 100);
      rig.board->refused_from = AT (100);
      rig.board->refused_to = AT (104);
      fake_board_run_ms (rig.board, 50);
      g_assert_nonnull (strstr (state_of (watch)->error, "p points to 0x20000064"));
      n_commands = rig.board->n_commands;
      fake_board_run_ms (rig.board, 900);
      g_assert_cmpuint (rig.board->n_commands - n_commands, <=, 95);
      rig.board->refused_to = rig.board->refused_from;
      fake_board_run_ms (rig.board, 1100);
      g_assert_cmpstr (state_of (watch)->error, ==, "");
      rig_clear (&rig);
    }
}

/* next->next->value: three levels, each of which may end the list. */
static void
test_chain (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      SondeWatch *watch;
      g_autoptr (SondeVariable) list = new_pointer ("next", LIST, NULL);
      g_autoptr (SondeVariable) second = new_pointer ("next->next", 4, list);
      g_autoptr (SondeVariable) value
          = new_behind (second, new_unsigned ("next->next->value", 0, 4));

      rig_connect (&rig, boards[i]);
      fake_board_store (rig.board, LIST, AT (300), 4);
      fake_board_store (rig.board, AT (304), AT (100), 4);
      fake_board_store (rig.board, AT (100), 77, 4);
      watch = sonde_device_add_watch (rig.device, value, 100);
      fake_board_run_ms (rig.board, 100);
      g_assert_cmpuint (state_of (watch)->value.u, ==, 77);
      fake_board_store (rig.board, AT (404), AT (108), 4);
      fake_board_store (rig.board, AT (108), 88, 4);
      fake_board_store (rig.board, LIST, AT (400), 4);
      fake_board_run_ms (rig.board, 30);
      g_assert_cmpuint (state_of (watch)->value.u, ==, 88);
      fake_board_store (rig.board, AT (404), 0, 4);
      fake_board_run_ms (rig.board, 30);
      g_assert_cmpstr (state_of (watch)->error, ==, "next->next is NULL");
      fake_board_store (rig.board, LIST, 0, 4);
      fake_board_run_ms (rig.board, 30);
      g_assert_cmpstr (state_of (watch)->error, ==, "next is NULL");
      rig_clear (&rig);
    }
}

static void
take_value (SondeWatch *watch, gint64 time_us, const SondeValue *value, const char *error,
            gpointer user_data)
{
  guint64 *last = user_data;

  /* Each object holds its own address: what the pointer held when it was read. */
  if (value != NULL)
    *last = value->u;
  g_assert_true (value == NULL || value->u == AT (100) || value->u == AT (200));
}

/* The pointer moves on, and what it pointed to is overwritten with rubbish in the same moment. */
static void
test_never_another_object (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      SondeWatch *watch;
      guint64 last = 0;
      guint offset = 100;

      rig_connect (&rig, boards[i]);
      fake_board_store (rig.board, P, AT (100), 4);
      fake_board_store (rig.board, AT (100), AT (100), 4);
      watch = watch_behind_p (&rig, 0, 200);
      sonde_watch_set_listener (watch, take_value, &last);
      for (guint turn = 0; turn < 40; turn++)
        {
          fake_board_run_ms (rig.board, 20 + turn % 7);
          g_assert_cmphex (last, ==, AT (offset));
          fake_board_store (rig.board, AT (offset), 0xdeadbeef, 4);
          offset = 300 - offset;
          fake_board_store (rig.board, AT (offset), AT (offset), 4);
          fake_board_store (rig.board, P, AT (offset), 4);
        }
      g_assert_cmpuint (state_of (watch)->n_failed, ==, 0);
      rig_clear (&rig);
    }
}

/* Faster than the board answers: it says so and goes on trying at its rate; others keep theirs. */
static void
test_too_fast (void)
{
  Rig rig;
  SondeWatch *watch, *plain;
  g_autoptr (SondeVariable) beside = new_unsigned ("y", AT (28), 4);
  guint n_commands;

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  fake_board_store (rig.board, P, AT (100), 4);
  watch = watch_behind_p (&rig, 0, 50);
  plain = sonde_device_add_watch (rig.device, beside, 50);
  fake_board_run_ms (rig.board, 100);
  n_commands = rig.board->n_commands;
  for (guint i = 0; i < 1000; i++)
    {
      fake_board_store (rig.board, P, AT (100 + 4 * (i % 50)), 4);
      fake_board_run_ms (rig.board, 1);
    }
  g_assert_cmpstr (state_of (watch)->error, ==, "p changes faster than it can be read");
  g_assert_cmpuint (rig.board->n_commands - n_commands, <=, 51 + 50 * 6);
  g_assert_cmpuint (state_of (plain)->n_samples, >=, 54);
  fake_board_run_ms (rig.board, 40);
  g_assert_cmpstr (state_of (watch)->error, ==, "");
  rig_clear (&rig);
}

static void
test_odd_values (void)
{
  Rig rig;
  SondeWatch *around, *wide, *bits;
  g_autoptr (SondeVariable) number = new_unsigned ("cookie", AT (40), 8);
  g_autoptr (SondeVariable) behind_number = new_behind (number, new_unsigned ("*cookie", 0, 4));
  g_autoptr (SondeVariable) field = new_bits ("field", AT (48), 0, 7);
  g_autoptr (SondeVariable) behind_field = new_behind (field, new_unsigned ("*field", 0, 4));

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  fake_board_store (rig.board, P, AT (100), 4);
  fake_board_store (rig.board, AT (92), 9, 4);
  fake_board_store (rig.board, AT (40), G_GUINT64_CONSTANT (0x120000000), 8);
  around = watch_behind_p (&rig, (guint64) -8, 100);
  wide = sonde_device_add_watch (rig.device, behind_number, 100);
  bits = sonde_device_add_watch (rig.device, behind_field, 100);
  fake_board_run_ms (rig.board, 100);
  g_assert_cmpuint (state_of (around)->value.u, ==, 9);
  g_assert_cmpstr (state_of (wide)->error, ==,
                   "cookie holds 0x120000000: no address of this board");
  g_assert_true (g_str_has_prefix (state_of (bits)->error, "field: no pointer ("));
  /* 0xfffffff8 + 0x20000064 + 8 goes round the end. */
  fake_board_store (rig.board, P, 0xfffffff8, 4);
  sonde_device_remove_watch (rig.device, around);
  around = watch_behind_p (&rig, 0x20000064 + 8, 100);
  fake_board_store (rig.board, AT (100), 12, 4);
  fake_board_run_ms (rig.board, 100);
  g_assert_cmpuint (state_of (around)->value.u, ==, 12);
  rig_clear (&rig);
}

static void
test_too_many (void)
{
  Rig rig;
  g_autoptr (SondeVariable) pointer = new_pointer ("p", P, NULL);
  g_autoptr (SondeVariable) value = NULL;
  SondeWatch *watch;

  for (guint i = 0; i < SONDE_VARIABLE_MAX_HOPS + 2; i++)
    {
      SondeVariable *next = new_pointer ("p", 0, pointer);

      sonde_variable_unref (pointer);
      pointer = next;
    }
  value = new_behind (pointer, new_unsigned ("x", 0, 4));
  rig_connect (&rig, FAKE_FULL ("one", "a"));
  watch = sonde_device_add_watch (rig.device, value, 100);
  fake_board_run_ms (rig.board, 100);
  g_assert_cmpstr (state_of (watch)->error, ==, "more than 66 pointers lead to it");
  rig_clear (&rig);
}

/* 64-bit pointers, in halves where the board cannot do better; and the other byte order. */
static void
test_wide_and_big (void)
{
  g_autoptr (SondeType) wide = sonde_type_new_pointer ("int *", 8, NULL, NULL, NULL, 0);
  g_autoptr (SondeType) narrow = sonde_type_new_pointer ("int *", 4, NULL, NULL, NULL, 0);
  SondeVariableInfo info = { .path = "w",
                             .address = AT (32),
                             .type = wide,
                             .byte_order = G_LITTLE_ENDIAN,
                             .pointer_size = 8,
                             .memory = SONDE_MEMORY_RAM };

  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      SondeWatch *watch;
      g_autoptr (SondeVariable) w = NULL;
      g_autoptr (SondeVariable) b = NULL;
      g_autoptr (SondeVariable) behind_w = NULL;
      g_autoptr (SondeVariable) behind_b = NULL;

      rig_connect (&rig, boards[i]);
      fake_board_store (rig.board, AT (32), AT (100), 8);
      fake_board_store (rig.board, AT (100), 3, 4);
      info.type = wide;
      w = sonde_variable_new (&info);
      behind_w = new_behind (w, new_unsigned ("*w", 0, 4));
      watch = sonde_device_add_watch (rig.device, behind_w, 50);
      fake_board_run_ms (rig.board, 200);
      g_assert_cmpuint (state_of (watch)->value.u, ==, 3);
      g_assert_cmpuint (state_of (watch)->n_samples, >=, 8);
      rig_clear (&rig);
      if (i < 2)
        continue; /* numbers come as numbers there, whatever the order */
      rig_connect (&rig, boards[i]);
      fake_board_store (rig.board, AT (32), GUINT32_SWAP_LE_BE (AT (100)), 4);
      fake_board_store (rig.board, AT (100), 3, 4);
      info.type = narrow;
      info.byte_order = G_BIG_ENDIAN;
      b = sonde_variable_new (&info);
      info.byte_order = G_LITTLE_ENDIAN;
      behind_b = new_behind (b, new_unsigned ("*b", 0, 4));
      watch = sonde_device_add_watch (rig.device, behind_b, 50);
      fake_board_run_ms (rig.board, 200);
      g_assert_cmpuint (state_of (watch)->value.u, ==, 3);
      rig_clear (&rig);
    }
}

/* Several rounds are on their way when the pointer changes: that is one change, not many. */
static void
test_late_answers (void)
{
  Rig rig;
  SondeWatch *watch;
  gint64 began_us;

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  fake_board_store (rig.board, P, AT (100), 4);
  fake_board_store (rig.board, AT (100), AT (100), 4);
  fake_board_store (rig.board, AT (200), AT (200), 4);
  began_us = sonde_clock_now_us ();
  watch = watch_behind_p (&rig, 0, 1000);
  for (guint turn = 0; turn < 40; turn++)
    {
      if (turn % 4 == 0)
        fake_board_store (rig.board, P, AT (turn % 8 == 0 ? 200 : 100), 4);
      rig.board->is_held = TRUE;
      fake_board_run_ms (rig.board, 6);
      rig.board->is_held = FALSE;
      fake_board_run_ms (rig.board, 4);
      g_assert_cmphex (state_of (watch)->value.u, ==, fake_board_load (rig.board, P, 4));
    }
  g_assert_cmpuint (state_of (watch)->n_failed, ==, 0);
  g_assert_cmpuint (state_of (watch)->n_samples, >=, 250);
  assert_all_due_times (watch, began_us, 1000);
  rig_clear (&rig);
}

static void
forget_board (SondeWatch *watch, gint64 time_us, const SondeValue *value, const char *error,
              gpointer user_data)
{
  Rig *rig = user_data;

  sonde_watch_set_listener (watch, NULL, NULL);
  fake_channel_break (rig->board->channel);
  sonde_registry_forget (rig->registry, rig->device);
}

/* Whoever listens may do away with the board, while others wait for the same answer. */
static void
test_forget_inside (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      g_autoptr (SondeWatch) first = NULL;
      g_autoptr (SondeVariable) beside = new_unsigned ("y", AT (28), 4);

      rig_connect (&rig, boards[i]);
      fake_board_store (rig.board, P, i % 2 == 0 ? AT (100) : 0, 4);
      first = g_object_ref (watch_behind_p (&rig, 0, 100));
      watch_behind_p (&rig, 4, 100);
      watch_behind_p (&rig, 8, 100);
      sonde_device_add_watch (rig.device, beside, 100);
      sonde_watch_set_listener (first, forget_board, &rig);
      fake_board_run_ms (rig.board, 50);
      g_assert_cmpuint (sonde_registry_get_n (rig.registry), ==, 0);
      rig_clear (&rig);
    }
}

/* A new boot: nothing that was known of the pointers counts; answers of the old one are dropped. */
static void
test_reboot (void)
{
  Rig rig;
  SondeWatch *watch;
  guint64 n_before;

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  fake_board_store (rig.board, P, AT (100), 4);
  fake_board_store (rig.board, AT (100), 1, 4);
  watch = watch_behind_p (&rig, 0, 100);
  fake_board_run_ms (rig.board, 100);
  n_before = state_of (watch)->n_samples;
  rig.board->is_held = TRUE;
  fake_board_run_ms (rig.board, 30);
  fake_board_store (rig.board, P, AT (200), 4);
  fake_board_store (rig.board, AT (200), 2, 4);
  rig.board->identity = FAKE_FULL ("one", "b");
  sonde_registry_adopt (rig.registry, SONDE_CHANNEL (fake_board_connect (rig.board, "127.0.0.1")));
  rig.board->is_held = FALSE;
  fake_board_run_ms (rig.board, 305);
  g_assert_cmpuint (sonde_registry_get_n (rig.registry), ==, 1);
  g_assert_cmpuint (state_of (watch)->n_samples, <=, n_before + 2);
  fake_board_run_ms (rig.board, 100);
  g_assert_cmpuint (state_of (watch)->value.u, ==, 2);
  g_assert_cmpuint (state_of (watch)->n_failed, ==, 0);
  rig_clear (&rig);
}

/* The same watch behind another pointer, at another address, behind none. */
static void
test_move (void)
{
  Rig rig;
  SondeWatch *watch;
  g_autoptr (SondeVariable) q = new_pointer ("q", AT (24), NULL);
  g_autoptr (SondeVariable) behind_q = new_behind (q, new_unsigned ("p->x", 4, 4));
  g_autoptr (SondeVariable) plain = new_unsigned ("p->x", AT (208), 4);

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  fake_board_store (rig.board, P, AT (100), 4);
  fake_board_store (rig.board, AT (24), AT (200), 4);
  fake_board_store (rig.board, AT (100), 1, 4);
  fake_board_store (rig.board, AT (204), 2, 4);
  fake_board_store (rig.board, AT (208), 3, 4);
  watch = watch_behind_p (&rig, 0, 100);
  fake_board_run_ms (rig.board, 50);
  g_assert_cmpuint (state_of (watch)->value.u, ==, 1);
  sonde_device_move_watch (rig.device, watch, behind_q);
  fake_board_run_ms (rig.board, 50);
  g_assert_cmpuint (state_of (watch)->value.u, ==, 2);
  sonde_device_move_watch (rig.device, watch, plain);
  fake_board_run_ms (rig.board, 50);
  g_assert_cmpuint (state_of (watch)->value.u, ==, 3);
  sonde_watch_set_rate (watch, 1);
  sonde_device_move_watch (rig.device, watch, behind_q);
  fake_board_run_ms (rig.board, 50);
  g_assert_cmpuint (state_of (watch)->value.u, ==, 2);
  rig_clear (&rig);
}

/* The pointer itself cannot be read: that is a plain failure, at last once a second. */
static void
test_refused_pointer (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      Rig rig;
      SondeWatch *watch;

      rig_connect (&rig, boards[i]);
      fake_board_store (rig.board, P, AT (100), 4);
      rig.board->refused_from = P;
      rig.board->refused_to = P + 4;
      watch = watch_behind_p (&rig, 0, 100);
      fake_board_run_ms (rig.board, 1000);
      g_assert_cmpuint (state_of (watch)->n_failed, >=, 3);
      g_assert_cmpuint (state_of (watch)->n_failed, <=, 6);
      rig.board->refused_to = P;
      fake_board_run_ms (rig.board, 1500);
      g_assert_cmpuint (state_of (watch)->n_samples, >=, 20);
      rig_clear (&rig);
    }
}

/* What is polled as fast as it goes, and much at once, leaves the others their turn. */
static void
test_fairness (void)
{
  Rig rig;
  SondeWatch *plain, *greedy = NULL;
  g_autoptr (SondeVariable) beside = new_unsigned ("y", AT (28), 4);

  rig_connect (&rig, FAKE_PLAIN);
  fake_board_store (rig.board, P, AT (100), 4);
  for (guint i = 0; i < 10; i++)
    greedy = watch_behind_p (&rig, 4 * i, 0);
  plain = sonde_device_add_watch (rig.device, beside, 50);
  for (guint i = 0; i < 40; i++)
    {
      fake_board_store (rig.board, P, AT (100 + 200 * (i % 2)), 4);
      fake_board_run_ms (rig.board, 50);
    }
  g_assert_cmpuint (state_of (plain)->n_samples, >=, 95);
  g_assert_cmpuint (state_of (plain)->n_skipped, ==, 0);
  /* Eleven reads make a round; half of each 50 ms are lost to the change. */
  g_assert_cmpuint (state_of (greedy)->n_samples, >=, 60);
  g_assert_cmpuint (state_of (greedy)->n_failed, ==, 0);
  rig_clear (&rig);
}

/* Peripherals are read by their exact widths, in commands of their own. */
static void
test_exact_width (void)
{
  Rig rig;
  SondeWatch *watch;
  g_autofree char *text = NULL;

  rig_connect (&rig, FAKE_FULL ("one", "a"));
  sonde_device_set_memory_of (rig.device, NULL, NULL, NULL);
  fake_board_store (rig.board, P, AT (100), 4);
  fake_board_store (rig.board, AT (100), 6, 4);
  watch = watch_behind_p (&rig, 0, 100);
  fake_board_run_ms (rig.board, 100);
  g_assert_cmpuint (state_of (watch)->value.u, ==, 6);
  rig.board->is_held = TRUE;
  fake_board_run_ms (rig.board, 10);
  for (text = fake_board_drop (rig.board); strstr (text, "many") != NULL;
       text = fake_board_drop (rig.board))
    g_free (text);
  g_assert_nonnull (strstr (text, "\"add\":\"0x20000064\",\"size\":\"32\""));
  rig_clear (&rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pointers/follows", test_follows);
  g_test_add_func ("/pointers/costs", test_costs);
  g_test_add_func ("/pointers/null", test_null);
  g_test_add_func ("/pointers/refused", test_refused);
  g_test_add_func ("/pointers/refused-later", test_refused_later);
  g_test_add_func ("/pointers/chain", test_chain);
  g_test_add_func ("/pointers/never-another-object", test_never_another_object);
  g_test_add_func ("/pointers/too-fast", test_too_fast);
  g_test_add_func ("/pointers/odd-values", test_odd_values);
  g_test_add_func ("/pointers/too-many", test_too_many);
  g_test_add_func ("/pointers/wide-and-big", test_wide_and_big);
  g_test_add_func ("/pointers/late-answers", test_late_answers);
  g_test_add_func ("/pointers/forget-inside", test_forget_inside);
  g_test_add_func ("/pointers/reboot", test_reboot);
  g_test_add_func ("/pointers/move", test_move);
  g_test_add_func ("/pointers/refused-pointer", test_refused_pointer);
  g_test_add_func ("/pointers/fairness", test_fairness);
  g_test_add_func ("/pointers/exact-width", test_exact_width);
  return g_test_run ();
}
