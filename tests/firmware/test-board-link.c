/* test-board-link.c: the demo board on the wire: its quirks, its options, its end */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "board-host.h"

static char *
get_boot (BoardHost *host)
{
  g_autofree char *answer = board_host_ask (host, BOARD_HOST_INIT);

  return g_strndup (strstr (answer, "\"boot\":\""), 17);
}

static void
test_reconnect (void)
{
  g_autoptr (BoardHost) host = board_host_start ("");
  g_autofree char *first = get_boot (host);
  g_autofree char *second = NULL;
  g_autofree char *other_boot = NULL;
  g_autoptr (BoardHost) other = NULL;

  close (host->connection);
  board_host_accept (host);
  second = get_boot (host);
  g_assert_cmpstr (first, ==, second);
  other = board_host_start ("");
  other_boot = get_boot (other);
  g_assert_cmpstr (first, !=, other_boot);
}

static void
test_close (void)
{
  g_autoptr (BoardHost) host = board_host_start ("");
  g_autofree char *payload = NULL;
  guint8 head;

  board_host_send_frame (host, 0x88, "\x0f\xa0replaced", 10);
  payload = board_host_take (host, &head, 20000);
  g_assert_cmpuint (head, ==, 0x88);
  g_assert_cmpint (memcmp (payload, "\x0f\xa0", 2), ==, 0);
  g_assert_null (board_host_take (host, &head, 20000));
}

static void
test_gateway (void)
{
  g_autoptr (BoardHost) host = board_host_start ("--quirk=gateway");
  guint64 message_at = board_host_get_address ("message");
  g_autofree char *init = board_host_ask (host, "{\"cmd\":\"init\"}");
  g_autofree char *byte = NULL;
  g_autofree char *wide = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *request = g_strdup_printf (
      "{\"cmd\":\"mem_read\",\"add\":\"0x%X\",\"size\":\"08\"}", (guint) message_at);
  g_autofree char *expected = g_strdup_printf (
      "{\"res\":\"mem_read\",\"add\":\"0x%X\",\"value\":\"0b01101000\"}", (guint) message_at);
  g_autofree char *wide_request = g_strdup_printf (
      "{\"cmd\":\"mem_read\",\"add\":\"0x%X\",\"size\":\"64\"}", (guint) message_at);

  g_assert_cmpstr (init, ==, "{\"res\":\"init\",\"con_id\":\"00\"}");
  byte = board_host_ask (host, request);
  g_assert_cmpstr (byte, ==, expected);
  wide = board_host_ask (host, wide_request);
  g_assert_nonnull (strstr (wide, "\"value\":\"0b0000000000"));
  g_assert_null (strstr (wide, "1\"}"));
  board_host_send (host, "{\"cmd\":\"end\",\"con_id\":\"00\"}");
  board_host_send (host, "{\"cmd\":\"mem_read_many\",\"reads\":[]}");
  board_host_send (host, "nonsense");
  board_host_write (host, message_at, 8, 'H');
  refused = board_host_ask (host, "{\"cmd\":\"mem_read\",\"add\":\"0x10\",\"size\":\"32\"}");
  g_assert_cmpstr (refused, ==,
                   "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":null,"
                   "\"error\":\"SET_MTA failed\"}");
}

static void
test_unmasked (void)
{
  g_autoptr (BoardHost) host = board_host_start ("--quirk=unmasked");
  g_autofree char *answer = NULL;
  g_autofree char *end = NULL;
  guint8 head;

  /* What came with the end of the handshake would be lost. */
  g_usleep (300000);
  answer = board_host_ask (host, BOARD_HOST_INIT);
  g_assert_false (host->was_masked);
  g_assert_nonnull (strstr (answer, "\"proto\":1"));
  board_host_send_frame (host, 0x89, "hi", 2);
  end = board_host_ask (host, "{\"cmd\":\"end\",\"con_id\":\"01\"}");
  g_assert_cmpstr (end, ==, "{\"res\":\"end\",\"con_id\":\"01\"}");
  board_host_send_frame (host, 0x88, "\x03\xe8", 2);
  do
    {
      g_clear_pointer (&answer, g_free);
      answer = board_host_take (host, &head, 20000);
      g_assert_nonnull (answer);
    }
  while (head == 0x81);
  g_assert_cmpuint (head, ==, 0x88);
  g_assert_cmpstr (answer, ==, "");
}

static void
test_slow (void)
{
  g_autoptr (BoardHost) host = board_host_start ("--quirk=slow");
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < 3; i++)
    g_free (board_host_ask (host, "{\"cmd\":\"end\"}"));
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 600000);
}

static void
test_silent_end (void)
{
  g_autoptr (BoardHost) host = board_host_start ("--quirk=silent-end");
  g_autofree char *answer = NULL;

  board_host_send (host, "{\"cmd\":\"end\",\"con_id\":\"01\"}");
  answer = board_host_ask (host, BOARD_HOST_INIT);
  g_assert_nonnull (strstr (answer, "\"res\":\"init\""));
}

static void
test_token (void)
{
  g_autoptr (BoardHost) host = board_host_start ("--token secret-7 --rate 100000 --state /nowhere");

  g_assert_nonnull (strstr (host->request_text, "\r\nAuthorization: Bearer secret-7\r\n"));
  g_free (board_host_ask (host, BOARD_HOST_INIT));
}

static void
test_sigterm (void)
{
  g_autoptr (BoardHost) host = board_host_start ("");
  g_autoptr (BoardHost) alone = board_host_spawn ("--url ws://127.0.0.1:1/");
  guint8 head;
  g_autofree char *payload = NULL;

  g_free (board_host_ask (host, "{\"cmd\":\"end\"}"));
  kill (host->pid, SIGTERM);
  payload = board_host_take (host, &head, 20000);
  g_assert_cmpuint (head, ==, 0x88);
  g_assert_cmpint (board_host_wait_exit (host), ==, 0);
  g_usleep (100000);
  kill (alone->pid, SIGTERM);
  g_assert_cmpint (board_host_wait_exit (alone), ==, 0);
}

/* However the parent dies: here by SIGKILL, and as a zombie until it is reaped. */
static void
test_parent (void)
{
  char *sleeper[] = { (char *) "sleep", (char *) "1000", NULL };
  g_autoptr (BoardHost) host = NULL;
  g_autofree char *options = NULL;
  GPid parent;

  g_assert_true (g_spawn_async (NULL, sleeper, NULL,
                                G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                &parent, NULL));
  options = g_strdup_printf ("--parent %d", (int) parent);
  host = board_host_start (options);
  g_free (board_host_ask (host, "{\"cmd\":\"end\"}"));
  kill (parent, SIGKILL);
  g_assert_cmpint (board_host_wait_exit (host), ==, 0);
  waitpid (parent, NULL, 0);
}

typedef struct
{
  const char *name, *options;
  int code;
} UsageCase;

static const UsageCase usage_cases[] = {
  { "help", "--help", 0 },
  { "version", "--version", 0 },
  { "unknown", "--dance", 2 },
  { "argument", "file.elf", 2 },
  { "url-scheme", "--url wss://127.0.0.1:8000/", 2 },
  { "url-port", "--url ws://127.0.0.1:99999/", 2 },
  { "url-host", "--url ws://:8000/", 2 },
  { "name", "--name mo/tor", 2 },
  { "step-hz", "--step-hz 0", 2 },
  { "rate", "--rate -5", 2 },
  { "quirk", "--quirk=odd", 2 },
  { "seed", "--seed 5x", 2 },
  { "dead-parent", "--parent 2147483646", 0 },
};

static void
test_usage (gconstpointer data)
{
  const UsageCase *c = data;
  g_autofree char *command = g_strdup_printf ("%s %s", g_getenv ("SONDE_DEMO_BOARD"), c->options);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  int status;

  g_assert_true (g_spawn_command_line_sync (command, &output, &errors, &status, NULL));
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, c->code);
  if (c->code != 0)
    g_assert_cmpstr (errors, !=, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (usage_cases); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/firmware/board-link/usage/%s", usage_cases[i].name);

      g_test_add_data_func (path, &usage_cases[i], test_usage);
    }
  g_test_add_func ("/firmware/board-link/reconnect", test_reconnect);
  g_test_add_func ("/firmware/board-link/close", test_close);
  g_test_add_func ("/firmware/board-link/quirk/gateway", test_gateway);
  g_test_add_func ("/firmware/board-link/quirk/unmasked", test_unmasked);
  g_test_add_func ("/firmware/board-link/quirk/slow", test_slow);
  g_test_add_func ("/firmware/board-link/quirk/silent-end", test_silent_end);
  g_test_add_func ("/firmware/board-link/token", test_token);
  g_test_add_func ("/firmware/board-link/sigterm", test_sigterm);
  g_test_add_func ("/firmware/board-link/parent", test_parent);
  return g_test_run ();
}
