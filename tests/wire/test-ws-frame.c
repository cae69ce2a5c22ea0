/* test-ws-frame.c: frames in any cut, the rules of RFC 6455, and its limits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wire/ws-frame.h"

#define MASK "\x11\x22\x33\x44"

/* One frame, masked with MASK or not. */
static void
add_frame (GString *out, guint first, gboolean is_masked, const char *payload, gsize size)
{
  guint8 header[10];
  guint n = sonde_ws_frame_header (header, SONDE_WS_TEXT, size);

  header[0] = (guint8) first;
  header[1] |= is_masked ? 0x80 : 0;
  g_string_append_len (out, (const char *) header, n);
  if (is_masked)
    g_string_append_len (out, MASK, 4);
  for (gsize i = 0; i < size; i++)
    g_string_append_c (out, (char) (payload[i] ^ (is_masked ? MASK[i & 3] : 0)));
}

/* What a reader makes of @input, given in pieces of @step bytes: "T(hello) c(1000,bye) !1002". */
static char *
read_all (const GString *input, gsize step, gboolean takes_unmasked)
{
  g_autoptr (GString) out = g_string_new (NULL);
  SondeWsReader reader;
  SondeWsResult result = SONDE_WS_MORE;

  sonde_ws_reader_init (&reader, takes_unmasked);
  for (gsize at = 0; at < input->len && result != SONDE_WS_FAILED; at += step)
    {
      gsize size = MIN (step, input->len - at), done = 0;
      g_autofree guint8 *piece = g_memdup2 (input->str + at, size);

      do
        {
          SondeWsEvent event;
          gsize used;

          result = sonde_ws_reader_next (&reader, piece + done, size - done, &used, &event);
          done += used;
          if (result == SONDE_WS_MESSAGE || result == SONDE_WS_CONTROL)
            g_string_append_printf (out, "%u(%.*s) ", event.opcode, (int) MIN (event.size, 40),
                                    (const char *) event.payload);
          if (result == SONDE_WS_CONTROL && event.opcode == SONDE_WS_CLOSE)
            g_string_append_printf (out, "=%u ", event.code);
          if (result == SONDE_WS_FAILED)
            g_string_append_printf (out, "!%u ", event.code);
        }
      while (result == SONDE_WS_MESSAGE || result == SONDE_WS_CONTROL);
      g_assert_true (result == SONDE_WS_FAILED || done == size);
    }
  sonde_ws_reader_clear (&reader);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_reads (const GString *input, gboolean takes_unmasked, const char *expected)
{
  static const gsize steps[] = { 1, 2, 3, 7, 64, 1000, 100000000 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *got = read_all (input, steps[i], takes_unmasked);

      g_assert_cmpstr (got, ==, expected);
    }
}

typedef struct
{
  const char *name;
  const char *bytes;
  guint size;
  const char *expected;
} Case;

#define BYTES(text) (text), sizeof (text) - 1

// clang-format off
static const Case cases[] = {
  { "text",             BYTES ("\x81\x02hi"),                    "1(hi) " },
  { "binary",           BYTES ("\x82\x02\xff\xfe"),              "2(\xff\xfe) " },
  { "empty",            BYTES ("\x81\x00\x81\x01" "a"),          "1() 1(a) " },
  { "two",              BYTES ("\x81\x01" "a\x81\x01" "b"),      "1(a) 1(b) " },
  { "fragments",        BYTES ("\x01\x01" "a\x00\x01" "b\x80\x01" "c"), "1(abc) " },
  { "empty fragments",  BYTES ("\x01\x00\x00\x00\x80\x00\x81\x01x"), "1() 1(x) " },
  { "ping inside",      BYTES ("\x01\x01" "a\x89\x01p\x80\x01" "b"), "9(p) 1(ab) " },
  { "pong",             BYTES ("\x8a\x00"),                      "10() " },
  { "long form",        BYTES ("\x81\x7e\x00\x02hi"),            "1(hi) " },
  { "longest form",     BYTES ("\x81\x7f\0\0\0\0\0\0\0\2hi"),    "1(hi) " },
  { "close",            BYTES ("\x88\x00"),                      "8() =1005 " },
  { "close 1000",       BYTES ("\x88\x05\x03\xe8" "bye"),        "8(bye) =1000 " },
  { "close 4001",       BYTES ("\x88\x02\x0f\xa1"),              "8() =4001 " },
  { "close 1 byte",     BYTES ("\x88\x01\x03"),                  "!1002 " },
  { "close 1005",       BYTES ("\x88\x02\x03\xed"),              "!1002 " },
  { "close 999",        BYTES ("\x88\x02\x03\xe7"),              "!1002 " },
  { "close 5000",       BYTES ("\x88\x02\x13\x88"),              "!1002 " },
  { "close bad reason", BYTES ("\x88\x03\x03\xe8\xff"),          "!1007 " },
  { "reserved 1",       BYTES ("\xc1\x00"),                      "!1002 " },
  { "reserved 2",       BYTES ("\xa1\x00"),                      "!1002 " },
  { "reserved 3",       BYTES ("\x91\x00"),                      "!1002 " },
  { "opcode 3",         BYTES ("\x83\x00"),                      "!1002 " },
  { "opcode 11",        BYTES ("\x8b\x00"),                      "!1002 " },
  { "fragmented ping",  BYTES ("\x09\x00"),                      "!1002 " },
  { "long ping",        BYTES ("\x89\x7e\x00\x7e"),              "!1002 " },
  { "no message",       BYTES ("\x80\x00"),                      "!1002 " },
  { "message inside",   BYTES ("\x01\x00\x81\x00"),              "!1002 " },
  { "good, then bad",   BYTES ("\x81\x01" "a\xff\x00"),          "1(a) !1002 " },
  { "bad utf-8",        BYTES ("\x81\x02\xc3\x28"),              "!1007 " },
  { "surrogate",        BYTES ("\x81\x03\xed\xa0\x80"),          "!1007 " },
  { "cut character",    BYTES ("\x81\x01\xc3"),                  "!1007 " },
  { "split character",  BYTES ("\x01\x01\xc3\x80\x01\xa4"),      "1(\xc3\xa4) " },
  { "too big",          BYTES ("\x81\x7f\0\0\0\0\0\x10\0\1"),    "!1009 " },
  { "absurd",           BYTES ("\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff"), "!1009 " },
};
// clang-format on

static void
test_case (gconstpointer data)
{
  const Case *item = data;
  g_autoptr (GString) input = g_string_new_len (item->bytes, item->size);

  assert_reads (input, TRUE, item->expected);
}

static void
test_masked (void)
{
  g_autoptr (GString) input = g_string_new (NULL);

  add_frame (input, 0x01, TRUE, "hello wor", 9);
  add_frame (input, 0x89, TRUE, "ping", 4);
  add_frame (input, 0x80, TRUE, "ld", 2);
  add_frame (input, 0x81, TRUE, "0123456789abcdefghijklm", 23);
  assert_reads (input, FALSE, "9(ping) 1(hello world) 1(0123456789abcdefghijklm) ");
}

static void
test_unmasked (void)
{
  g_autoptr (GString) input = g_string_new (NULL);
  SondeWsReader reader;
  SondeWsEvent event;
  gsize used;

  add_frame (input, 0x81, TRUE, "a", 1);
  add_frame (input, 0x81, FALSE, "b", 1);
  assert_reads (input, TRUE, "1(a) 1(b) ");
  assert_reads (input, FALSE, "1(a) !1002 ");

  sonde_ws_reader_init (&reader, TRUE);
  g_assert_cmpint (sonde_ws_reader_next (&reader, (guint8 *) input->str, input->len, &used, &event),
                   ==, SONDE_WS_MESSAGE);
  g_assert_false (reader.saw_unmasked);
  sonde_ws_reader_next (&reader, (guint8 *) input->str + used, input->len - used, &used, &event);
  g_assert_true (reader.saw_unmasked);
  sonde_ws_reader_clear (&reader);
}

static void
test_sizes (void)
{
  static const gsize sizes[] = { 125, 126, 127, 65535, 65536, SONDE_WS_MAX_MESSAGE };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint is_masked = 0; is_masked < 2; is_masked++)
      {
        g_autoptr (GString) input = g_string_new (NULL);
        g_autofree char *payload = g_strnfill (sizes[i], 'x');
        g_autofree char *head = g_strndup (payload, 40);
        g_autofree char *expected = g_strdup_printf ("1(%s) ", head);

        add_frame (input, 0x81, is_masked != 0, payload, sizes[i]);
        assert_reads (input, TRUE, expected);
      }
}

static void
test_limit_of_fragments (void)
{
  g_autoptr (GString) input = g_string_new (NULL);
  g_autofree char *half = g_strnfill (SONDE_WS_MAX_MESSAGE / 2, 'x');

  /* The limit is the message's, not the frame's. */
  add_frame (input, 0x01, FALSE, half, SONDE_WS_MAX_MESSAGE / 2);
  add_frame (input, 0x00, FALSE, half, SONDE_WS_MAX_MESSAGE / 2);
  add_frame (input, 0x80, FALSE, "x", 1);
  assert_reads (input, TRUE, "!1009 ");

  g_string_truncate (input, 0);
  add_frame (input, 0x01, FALSE, "", 0);
  for (guint i = 0; i < SONDE_WS_MAX_FRAGMENTS; i++)
    add_frame (input, 0x00, FALSE, "", 0);
  assert_reads (input, TRUE, "!1009 ");
}

static void
test_utf8 (void)
{
  g_assert_true (sonde_ws_is_utf8 ((const guint8 *) "", 0));
  g_assert_true (sonde_ws_is_utf8 ((const guint8 *) "a\0b\xc3\xa4\0", 6));
  g_assert_true (sonde_ws_is_utf8 ((const guint8 *) "12345678\xf0\x9f\x98\x80", 12));
  g_assert_false (sonde_ws_is_utf8 ((const guint8 *) "12345678\xf0\x9f\x98", 11));
  g_assert_false (sonde_ws_is_utf8 ((const guint8 *) "\xc0\x80", 2));
  g_assert_false (sonde_ws_is_utf8 ((const guint8 *) "\xf4\x90\x80\x80", 4));
}

static void
test_writer (void)
{
  guint8 bytes[10];

  g_assert_cmpuint (sonde_ws_frame_header (bytes, SONDE_WS_TEXT, 125), ==, 2);
  g_assert_cmpmem (bytes, 2, "\x81\x7d", 2);
  g_assert_cmpuint (sonde_ws_frame_header (bytes, SONDE_WS_PONG, 0), ==, 2);
  g_assert_cmpmem (bytes, 2, "\x8a\x00", 2);
  g_assert_cmpuint (sonde_ws_frame_header (bytes, SONDE_WS_TEXT, 65535), ==, 4);
  g_assert_cmpmem (bytes, 4, "\x81\x7e\xff\xff", 4);
  g_assert_cmpuint (sonde_ws_frame_header (bytes, SONDE_WS_TEXT, 65536), ==, 10);
  g_assert_cmpmem (bytes, 10, "\x81\x7f\0\0\0\0\0\1\0\0", 10);
  g_assert_cmpuint (sonde_ws_frame_close (bytes, 1005), ==, 2);
  g_assert_cmpmem (bytes, 2, "\x88\x00", 2);
  g_assert_cmpuint (sonde_ws_frame_close (bytes, 4000), ==, 4);
  g_assert_cmpmem (bytes, 4, "\x88\x02\x0f\xa0", 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/ws-frame/%s", cases[i].name);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/ws-frame/masked", test_masked);
  g_test_add_func ("/ws-frame/unmasked", test_unmasked);
  g_test_add_func ("/ws-frame/sizes", test_sizes);
  g_test_add_func ("/ws-frame/limits", test_limit_of_fragments);
  g_test_add_func ("/ws-frame/utf-8", test_utf8);
  g_test_add_func ("/ws-frame/writer", test_writer);
  return g_test_run ();
}
