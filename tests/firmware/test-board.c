/* test-board.c: the demo board as a process: what it holds and how it behaves */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "board-host.h"
#include "ports/posix/variables.h"

/* The bytes of a variable, read as the host polls. */
static void
read_bytes (BoardHost *host, guint64 address, gpointer out, gsize size)
{
  g_autofree char *request
      = g_strdup_printf ("{\"cmd\":\"mem_read_many\",\"reads\":[[\"0x%08X\",%u]],\"seq\":1}",
                         (guint) address, (guint) size);
  g_autofree char *answer = board_host_ask (host, request);
  g_auto (GStrv) parts = g_strsplit (answer, "\"data\":\"", 2);
  g_autofree guchar *bytes = NULL;
  gsize n;

  g_assert_nonnull (parts[1]);
  bytes = g_base64_decode (parts[1], &n);
  g_assert_cmpuint (n, ==, size);
  memcpy (out, bytes, size);
}

static void
read_variable (BoardHost *host, const char *symbol, gpointer out, gsize size)
{
  read_bytes (host, board_host_get_address (symbol), out, size);
}

static void
write_float (BoardHost *host, guint64 address, float value)
{
  guint32 word;

  memcpy (&word, &value, sizeof word);
  board_host_write (host, address, 32, word);
}

static void
test_identity (void)
{
  g_autoptr (BoardHost) host = board_host_start ("--name axis-7.left");
  g_autofree char *answer = board_host_ask (host, BOARD_HOST_INIT);
  g_autofree char *build_id = NULL;
  g_autofree char *notes = NULL;
  g_autofree char *command = g_strdup_printf ("readelf -n '%s'", g_getenv ("SONDE_DEMO_BOARD"));
  const char *at;

  g_assert_true (
      g_str_has_prefix (host->request_text, "GET /telemetry HTTP/1.1\r\nHost: 127.0.0.1:"));
  g_assert_true (host->was_masked);
  g_assert_nonnull (strstr (answer, "\"device\":\"axis-7.left\""));
  g_assert_nonnull (strstr (answer, "\"ptr\":8,\"clock_hz\":1000000,\"boot\":\""));
  g_assert_nonnull (strstr (answer, "\"seq\":true,\"caps\":{\"bits\":64,\"block\":256,\"batch\":64,"
                                    "\"msg\":4096,\"mask\":1,\"log\":1}}"));
  g_assert_true (g_spawn_command_line_sync (command, &notes, NULL, NULL, NULL));
  at = strstr (notes, "Build ID: ");
  g_assert_nonnull (at);
  build_id = g_strdup_printf ("\"build_id\":\"%.40s\"", at + strlen ("Build ID: "));
  g_assert_nonnull (strstr (answer, build_id));
}

static void
test_variables (void)
{
  g_autoptr (BoardHost) host = board_host_start ("--seed 7");
  struct motor m;
  struct node node;
  struct flags f;
  union raw r;
  double cells[3][4];
  char text[32];
  guint64 pointer;

  read_variable (host, "motor", &m, sizeof m);
  g_assert_cmpfloat (m.target, ==, 1200.0f);
  g_assert_cmpfloat (m.pid.kp, ==, 0.02f);
  read_variable (host, "matrix", cells, sizeof cells);
  g_assert_cmpfloat (cells[1][3], ==, -0.25);
  read_variable (host, "flags", &f, sizeof f);
  g_assert_cmpuint (f.ready, ==, 1);
  g_assert_cmpuint (f.mode, ==, 5);
  g_assert_cmpint (f.level, ==, -3);
  g_assert_cmpuint (f.wide, ==, 0xabcde);
  read_variable (host, "raw", &r, sizeof r);
  g_assert_cmpuint (r.word, ==, 0x3f800000);
  read_variable (host, "message", text, sizeof text);
  g_assert_cmpstr (text, ==, "hello from the demo board");
  read_variable (host, "nothing", &pointer, sizeof pointer);
  g_assert_cmpuint (pointer, ==, 0);
  read_variable (host, "next", &pointer, sizeof pointer);
  for (gint32 value = 10; value <= 30; value += 10)
    {
      read_bytes (host, pointer, &node, sizeof node);
      g_assert_cmpint (node.value, ==, value);
      pointer = (guint64) (guintptr) node.next;
    }
  g_assert_cmpuint (pointer, ==, 0);
}

/* One group of values belongs to one step; at 1 kHz a step is a millisecond. */
static void
test_counters (void)
{
  g_autoptr (BoardHost) host = board_host_start ("");
  guint64 ticks_at = board_host_get_address ("ticks");
  g_autofree char *request
      = g_strdup_printf ("{\"cmd\":\"mem_read_many\",\"reads\":[[\"0x%X\",8],[\"0x%X\",12]]}",
                         (guint) ticks_at, (guint) board_host_get_address ("wave"));
  guint64 last = 0;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *answer = board_host_ask (host, request);
      g_auto (GStrv) parts = g_strsplit (answer, "\"data\":\"", 2);
      g_autofree guchar *bytes = NULL;
      guint64 ticks_now;
      struct wave w;
      gsize n;

      bytes = g_base64_decode (parts[1], &n);
      memcpy (&ticks_now, bytes, 8);
      memcpy (&w, bytes + 8, 12);
      g_assert_cmpuint (w.counter, ==, ticks_now);
      g_assert_cmpfloat_with_epsilon (w.sine, sin (2 * G_PI * 0.05 * (double) ticks_now), 1e-3);
      g_assert_cmpint (w.square, ==, ticks_now / 50 % 2 == 0 ? 100 : -100);
      g_assert_cmpuint (ticks_now, >=, last);
      last = ticks_now;
      g_usleep (3000);
    }
  g_assert_cmpuint (last, >, 0);
}

static void
check_denied (BoardHost *host, guint64 address, guint bits, const char *code)
{
  g_autofree char *answer = board_host_ask_write (host, address, bits, 0);

  g_assert_nonnull (strstr (answer, code));
}

/* What the linker laid out is readable as a whole: a plan may merge neighbours. */
static void
test_neighbours (void)
{
  g_autoptr (BoardHost) host = board_host_start ("");
  guint64 first = MIN (board_host_get_address ("motor"), board_host_get_address ("axis"));
  guint8 bytes[256];

  for (guint64 at = first - 200; at < first + 400; at += 57)
    read_bytes (host, at, bytes, sizeof bytes);
}

static void
test_access (void)
{
  g_autoptr (BoardHost) host = board_host_start ("");
  guint64 motor_at = board_host_get_address ("motor");
  guint64 axis_at = board_host_get_address ("axis");
  static const char *const read_only[] = { "state", "wave", "adc", "next", "nothing" };

  check_denied (host, motor_at, 32, "DENIED");
  check_denied (host, motor_at + offsetof (struct motor, target), 64, "DENIED");
  check_denied (host, motor_at + offsetof (struct motor, pid.integrator), 32, "DENIED");
  check_denied (host, axis_at + offsetof (struct motor, pid.kp), 32, "DENIED");
  check_denied (host, board_host_get_address ("ticks"), 64, "DENIED");
  for (guint i = 0; i < G_N_ELEMENTS (read_only); i++)
    check_denied (host, board_host_get_address (read_only[i]), 16, "DENIED");
  check_denied (host, 0, 32, "RANGE");
  check_denied (host, 0x7fff00000000, 32, "RANGE");
  write_float (host, motor_at + offsetof (struct motor, pid.kd), 0.0f);
  write_float (host, axis_at + 3 * sizeof (struct motor) + offsetof (struct motor, target), 1.0f);
  board_host_write (host, board_host_get_address ("matrix") + 88, 64, 1);
  board_host_write (host, board_host_get_address ("message") + 31, 8, 0);
  board_host_write (host, board_host_get_address ("raw"), 32, 1);
  board_host_write (host, board_host_get_address ("flags"), 32, 1);
}

/* Waits until the board's own clock has gone on by @ms, then reads the motor. */
static struct motor
read_motor_after (BoardHost *host, guint64 ms)
{
  guint64 ticks_at = board_host_get_address ("ticks");
  guint64 begin, now;
  struct motor m;

  read_bytes (host, ticks_at, &begin, sizeof begin);
  do
    {
      g_usleep (20000);
      read_bytes (host, ticks_at, &now, sizeof now);
    }
  while (now < begin + ms);
  read_variable (host, "motor", &m, sizeof m);
  return m;
}

static void
test_motor (void)
{
  g_autoptr (BoardHost) host = board_host_start ("");
  guint64 target_at = board_host_get_address ("motor") + offsetof (struct motor, target);
  struct motor slow, fast;

  slow = read_motor_after (host, 2600);
  g_assert_cmpfloat_with_epsilon (slow.speed, 1200.0f, 60.0f);
  write_float (host, target_at, 2500.0f);
  fast = read_motor_after (host, 2000);
  g_assert_cmpfloat_with_epsilon (fast.speed, 2500.0f, 60.0f);
  g_assert_cmpfloat (fast.current, >, slow.current);
  g_assert_cmpfloat (fast.temperature, >, slow.temperature);
  board_host_write (host, board_host_get_address ("mode"), 32, 0);
  slow = read_motor_after (host, 2000);
  g_assert_cmpfloat_with_epsilon (slow.speed, 0.0f, 20.0f);
  g_assert_cmpfloat (slow.pid.integrator, ==, 0.0f);
}

/* No bits a host can write break the machine for good. */
static void
test_strange_numbers (void)
{
  g_autoptr (BoardHost) host = board_host_start ("");
  guint64 motor_at = board_host_get_address ("motor");
  static const float strange[] = { NAN, INFINITY, -INFINITY, 1e38f, -5.0f };
  struct motor m;

  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    for (gsize k = offsetof (struct motor, pid.kp); k <= offsetof (struct motor, pid.kd); k += 4)
      {
        write_float (host, motor_at + k, strange[i]);
        write_float (host, motor_at + offsetof (struct motor, target), strange[i]);
        g_usleep (10000);
      }
  write_float (host, motor_at + offsetof (struct motor, pid.kp), 0.02f);
  write_float (host, motor_at + offsetof (struct motor, pid.ki), 0.06f);
  write_float (host, motor_at + offsetof (struct motor, pid.kd), 0.0001f);
  write_float (host, motor_at + offsetof (struct motor, target), 800.0f);
  m = read_motor_after (host, 3000);
  g_assert_cmpfloat_with_epsilon (m.speed, 800.0f, 60.0f);
}

static void
wait_for_state (BoardHost *host, guint32 wanted)
{
  guint64 at = board_host_get_address ("state");
  guint32 now;

  for (guint tries = 0;; tries++)
    {
      read_bytes (host, at, &now, sizeof now);
      if (now == wanted)
        return;
      g_assert_cmpuint (tries, <, 2000);
      g_usleep (10000);
    }
}

static void
test_fault (void)
{
  g_autoptr (BoardHost) host = board_host_start ("");
  guint64 fault_at = board_host_get_address ("inject_fault");

  wait_for_state (host, RUN);
  board_host_write (host, fault_at, 8, 1);
  wait_for_state (host, FAULT);
  board_host_write (host, fault_at, 8, 0);
  wait_for_state (host, INIT);
  wait_for_state (host, RUN);
}

/* Lines come after init only, each level has its occasion, and each is one the host can place. */
static void
test_logs (void)
{
  g_autoptr (BoardHost) host = board_host_start ("");
  static const char *const levels[] = { "trace", "debug", "info", "warn", "error" };
  g_autofree char *stop
      = g_strdup_printf ("{\"cmd\":\"mem_write\",\"add\":\"0x%X\",\"size\":\"32\",\"data\":0}",
                         (guint) board_host_get_address ("mode"));
  g_autofree char *fault
      = g_strdup_printf ("{\"cmd\":\"mem_write\",\"add\":\"0x%X\",\"size\":\"08\",\"data\":1}",
                         (guint) board_host_get_address ("inject_fault"));
  guint seen = 0;
  guint8 head;

  g_assert_null (board_host_take (host, &head, 700));
  /* Only sent: waiting for an answer would pass over the lines before it. */
  board_host_send (host, BOARD_HOST_INIT);
  board_host_send (host, stop);
  board_host_send (host, fault);
  while (seen != 31)
    {
      g_autofree char *text = board_host_take (host, &head, 20000);

      g_assert_nonnull (text);
      for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
        {
          g_autofree char *begin
              = g_strdup_printf ("{\"type\":\"log\",\"level\":\"%s\",\"tag\":\"", levels[i]);

          if (g_str_has_prefix (text, begin))
            seen |= 1u << i;
        }
    }
}

/* Thousands of requests at once: none is lost, the order is kept. */
static void
test_flood (void)
{
  g_autoptr (BoardHost) host = board_host_start ("");
  guint64 at = board_host_get_address ("motor");
  guint answered = 0;

  for (guint burst = 0; burst < 10; burst++)
    {
      for (guint i = 0; i < 200; i++)
        {
          g_autofree char *request = g_strdup_printf (
              "{\"cmd\":\"mem_read\",\"add\":\"0x%X\",\"size\":\"32\",\"seq\":%u}", (guint) at,
              burst * 200 + i);

          board_host_send (host, request);
        }
      for (guint i = 0; i < 200; i++, answered++)
        {
          g_autofree char *expected
              = g_strdup_printf ("{\"res\":\"mem_read\",\"seq\":%u,", answered);
          guint8 head;
          g_autofree char *text = board_host_take (host, &head, 20000);

          g_assert_true (g_str_has_prefix (text, expected));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/firmware/board/identity", test_identity);
  g_test_add_func ("/firmware/board/variables", test_variables);
  g_test_add_func ("/firmware/board/counters", test_counters);
  g_test_add_func ("/firmware/board/neighbours", test_neighbours);
  g_test_add_func ("/firmware/board/access", test_access);
  g_test_add_func ("/firmware/board/motor", test_motor);
  g_test_add_func ("/firmware/board/strange-numbers", test_strange_numbers);
  g_test_add_func ("/firmware/board/fault", test_fault);
  g_test_add_func ("/firmware/board/logs", test_logs);
  g_test_add_func ("/firmware/board/flood", test_flood);
  return g_test_run ();
}
