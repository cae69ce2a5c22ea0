/* test-agent.c: the agent's answers, word for word and under stress */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "pretend-board.h"

static char *
find_fixture (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", "messages", name, NULL);
}

/* One conversation; see tests/fixtures/messages/README.md. */
static void
test_golden (gconstpointer name)
{
  g_autoptr (PretendBoard) board = pretend_board_new ();
  g_autofree char *path = find_fixture (name);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *answer = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i];

      if (*line == '>')
        {
          g_assert_null (answer);
          answer = pretend_board_ask (board, line + 2, strlen (line + 2));
        }
      if (*line != '<')
        continue;
      g_test_message ("%s:%u", (const char *) name, i + 1);
      g_assert_nonnull (answer);
      g_assert_cmpstr (answer, ==, line[1] == ' ' ? line + 2 : "");
      g_clear_pointer (&answer, g_free);
      n++;
    }
  g_assert_null (answer);
  g_assert_cmpuint (n, >, 3);
}

typedef struct
{
  const char *name, *request, *accesses;
} AccessCase;

/* What reaches the bus: registers exactly once and in their width, memory never torn. */
static const AccessCase access_cases[] = {
  { "/firmware/agent/access/register",
    "{\"cmd\":\"mem_read\",\"add\":\"0x40000000\",\"size\":\"32\"}", "r4 " },
  { "/firmware/agent/access/registers",
    "{\"cmd\":\"mem_read\",\"add\":\"0x40000000\",\"size\":\"32\",\"count\":3}", "r4 r4 r4 " },
  { "/firmware/agent/access/register-batch",
    "{\"cmd\":\"mem_read_many\",\"reads\":[[\"0x40000004\",4],[\"0x20000000\",8]]}", "r4 r8 " },
  { "/firmware/agent/access/refused-batch-reads-nothing",
    "{\"cmd\":\"mem_read_many\",\"reads\":[[\"0x40000004\",4],[\"0x30000000\",4]]}", "" },
  { "/firmware/agent/access/whole-words",
    "{\"cmd\":\"mem_read_many\",\"reads\":[[\"0x20000004\",12]]}", "r4 r8 " },
  { "/firmware/agent/access/edges", "{\"cmd\":\"mem_read_many\",\"reads\":[[\"0x20000003\",8]]}",
    "r1 r4 r2 r1 " },
  { "/firmware/agent/access/unaligned",
    "{\"cmd\":\"mem_read\",\"add\":\"0x20000001\",\"size\":\"32\"}", "r1 r2 r1 " },
  { "/firmware/agent/access/write",
    "{\"cmd\":\"mem_write\",\"add\":\"0x20000000\",\"size\":\"64\",\"data\":1}", "( w8 ) " },
  { "/firmware/agent/access/masked",
    "{\"cmd\":\"mem_write\",\"add\":\"0x40000000\",\"size\":\"32\",\"data\":1,\"mask\":1}",
    "( r4 w4 ) " },
  { "/firmware/agent/access/block",
    "{\"cmd\":\"mem_write\",\"add\":\"0x20000000\",\"size\":\"16\",\"count\":2,\"data\":\"b64:"
    "AQIDBA==\"}",
    "w2 w2 " },
  { "/firmware/agent/access/bad-block-writes-nothing",
    "{\"cmd\":\"mem_write\",\"add\":\"0x20000000\",\"size\":\"16\",\"count\":2,\"data\":\"b64:"
    "AQIDB*==\"}",
    "" },
};

static void
test_access (gconstpointer data)
{
  const AccessCase *c = data;
  g_autoptr (PretendBoard) board = pretend_board_new ();
  g_autofree char *answer = pretend_board_ask (board, c->request, strlen (c->request));

  g_assert_cmpstr (board->accesses->str, ==, c->accesses);
}

static char *
make_batch (guint n, guint size)
{
  g_autoptr (GString) text = g_string_new ("{\"cmd\":\"mem_read_many\",\"reads\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s[\"0x%08X\",%u]", i > 0 ? "," : "", PRETEND_RAM + i, size);
  g_string_append (text, "],\"seq\":1}");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
ask_batch (guint n, guint size)
{
  g_autoptr (PretendBoard) board = pretend_board_new ();
  g_autofree char *request = make_batch (n, size);

  return pretend_board_ask (board, request, strlen (request));
}

/* caps.batch entries of caps.block bytes together would not fit caps.msg: the sum is refused. */
static void
test_batch_limits (void)
{
  g_autofree char *most = ask_batch (64, 46);
  g_autofree char *too_long = ask_batch (64, 48);
  g_autofree char *too_many = ask_batch (65, 1);
  g_autofree char *few_large = ask_batch (12, 252);
  g_autofree guchar *bytes = NULL;
  g_auto (GStrv) parts = g_strsplit (most, "\"", -1);
  gsize size;

  g_assert_true (g_str_has_prefix (most, "{\"res\":\"mem_read_many\",\"seq\":1,\"t\":123456789,"));
  bytes = g_base64_decode (parts[g_strv_length (parts) - 2], &size);
  g_assert_cmpuint (size, ==, 64 * 46);
  for (guint i = 0; i < size; i++)
    g_assert_cmpuint (bytes[i], ==, (i / 46 + i % 46) & 0xff);
  g_assert_nonnull (strstr (too_long, "\"code\":\"SIZE\""));
  g_assert_nonnull (strstr (too_many, "\"error\":\"SIZE\",\"at\":64}"));
  g_assert_nonnull (strstr (few_large, "\"data\":\""));
}

/* Whatever room there is, the answer fits or is none. */
static void
test_small_room (void)
{
  g_autoptr (PretendBoard) board = pretend_board_new ();
  const char *requests[] = {
    "{\"cmd\":\"init\",\"con_id\":\"01\"}",
    "{\"cmd\":\"mem_read\",\"add\":\"0x20000000\",\"size\":\"08\",\"count\":256}",
    "{\"cmd\":\"mem_read_many\",\"reads\":[[\"0x20000000\",200],[\"0x20000000\",200]]}",
    "{\"cmd\":\"dance\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    for (gsize cap = 0; cap < 700; cap++)
      {
        g_autofree char *room = g_malloc (MAX (cap, 1));
        gsize n = sonde_agent_handle (&board->agent, requests[i], strlen (requests[i]), room, cap);

        g_assert_cmpuint (n, <=, cap);
        if (n > 0)
          g_assert_cmpint (room[n - 1], ==, '}');
        if (cap >= 600)
          g_assert_cmpuint (n, >, 0);
      }
}

typedef struct
{
  const char *name, *text, *line;
  gsize cap;
} LogCase;

static const LogCase log_cases[] = {
  { "/firmware/agent/log/plain", "speed 5 rpm",
    "{\"type\":\"log\",\"level\":\"warn\",\"tag\":\"motor\",\"msg\":\"speed 5 "
    "rpm\",\"t\":123456789}",
    4096 },
  { "/firmware/agent/log/escaped", "a\"b\\c\nd",
    "{\"type\":\"log\",\"level\":\"warn\",\"tag\":\"motor\",\"msg\":\"a\\u0022b\\u005cc\\u000ad\","
    "\"t\":123456789}",
    4096 },
  { "/firmware/agent/log/utf-8", "20 °C",
    "{\"type\":\"log\",\"level\":\"warn\",\"tag\":\"motor\",\"msg\":\"20 °C\",\"t\":123456789}",
    4096 },
  { "/firmware/agent/log/no-utf-8", "a\xff\xc3(\xed\xa0\x80\xc0\xafz\xf0\x9f",
    "{\"type\":\"log\",\"level\":\"warn\",\"tag\":\"motor\",\"msg\":\"a?\?(?????z?\?\",\"t\":"
    "123456789}",
    4096 },
  { "/firmware/agent/log/cut", "°°°°°°°°°°°°°°°°°°°°°°°°°°°°°°°°°°°°°°°°°",
    "{\"type\":\"log\",\"level\":\"warn\",\"tag\":\"motor\",\"msg\":\"°°°°°°°\",\"t\":123456789}",
    97 },
  { "/firmware/agent/log/no-room", "a", "", 60 },
};

static void
test_log (gconstpointer data)
{
  const LogCase *c = data;
  g_autoptr (PretendBoard) board = pretend_board_new ();
  g_autofree char *room = g_malloc (c->cap);
  gsize n = sonde_agent_log (&board->agent, SONDE_LOG_WARN, "motor", c->text, room, c->cap);
  g_autofree char *line = g_strndup (room, n);

  g_assert_cmpstr (line, ==, c->line);
}

/* A board that says little about itself leaves those members out. */
static void
test_bare_identity (void)
{
  g_autoptr (PretendBoard) board = pretend_board_new ();
  sonde_agent_config config = *board->agent.config;
  sonde_agent bare;
  char answer[512];
  gsize n;

  config.device = config.firmware = NULL;
  config.build_id_size = 0;
  g_assert_true (sonde_agent_init (&bare, &config));
  n = sonde_agent_handle (&bare, "{\"cmd\":\"init\"}", 14, answer, sizeof answer - 1);
  answer[n] = '\0';
  g_assert_cmpstr (
      answer, ==,
      "{\"res\":\"init\",\"con_id\":\"00\",\"proto\":1,\"endian\":\"little\",\"ptr\":8,"
      "\"clock_hz\":1000000,\"boot\":\"5be1c0de\",\"seq\":true,\"caps\":{\"bits\":64,"
      "\"block\":256,\"batch\":64,\"msg\":4096,\"mask\":1,\"log\":1}}");
}

/* Damaged requests at random: no crash, no read beyond the end, whole answers. */
static void
test_noise (void)
{
  g_autoptr (PretendBoard) board = pretend_board_new ();
  g_autofree char *path = find_fixture ("batch.txt");
  g_autofree char *text = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  for (guint i = 0; i < 20000; i++)
    {
      gsize start = (gsize) g_test_rand_int_range (0, (gint32) size);
      gsize length = MIN (size - start, (gsize) g_test_rand_int_range (0, 300));
      g_autofree char *piece = g_strndup (text + start, length);
      g_autofree char *answer = NULL;

      if (length > 4)
        piece[g_test_rand_int_range (0, (gint32) length)] = (char) g_test_rand_int_range (0, 256);
      memcpy (piece, "{\"cmd\":\"mem_read_many\",", MIN (length, i % 2 * 23));
      answer = pretend_board_ask (board, piece, length);
      g_assert_true (*answer == '\0' || g_str_has_suffix (answer, "}"));
    }
}

int
main (int argc, char **argv)
{
  static const char *const files[]
      = { "init.txt",         "read.txt",  "read-errors.txt", "write.txt",
          "write-errors.txt", "batch.txt", "strange.txt" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_strdup_printf ("/firmware/agent/golden/%s", files[i]);

      g_test_add_data_func (name, files[i], test_golden);
    }
  for (guint i = 0; i < G_N_ELEMENTS (access_cases); i++)
    g_test_add_data_func (access_cases[i].name, &access_cases[i], test_access);
  for (guint i = 0; i < G_N_ELEMENTS (log_cases); i++)
    g_test_add_data_func (log_cases[i].name, &log_cases[i], test_log);
  g_test_add_func ("/firmware/agent/batch-limits", test_batch_limits);
  g_test_add_func ("/firmware/agent/small-room", test_small_room);
  g_test_add_func ("/firmware/agent/bare-identity", test_bare_identity);
  g_test_add_func ("/firmware/agent/noise", test_noise);
  return g_test_run ();
}
