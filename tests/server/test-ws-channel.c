/* test-ws-channel.c: the channel against a bare socket: rules, limits, ends */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ws-channel.h"
#include "tests/support/raw-client.h"

typedef struct
{
  SondeChannel *channel; /* owned */
  int peer;              /* the other end */
  GString *messages;     /* "|" behind each */
  guint n_messages;
  gboolean is_closed;
  guint code;
  gboolean unrefs_inside; /* the owner lets go in the middle of a message */
  gboolean echoes;
} Rig;

static Rig *first_heard; /* since it was set to NULL */

static void
on_message (gpointer owner, const char *data, gsize size)
{
  Rig *rig = owner;

  g_string_append_len (rig->messages, data, (gssize) MIN (size, 64));
  g_string_append_c (rig->messages, '|');
  rig->n_messages++;
  first_heard = first_heard != NULL ? first_heard : rig;
  if (rig->echoes)
    g_assert_true (sonde_channel_send (rig->channel, data, size));
  if (rig->unrefs_inside)
    g_clear_object (&rig->channel);
}

static void
on_closed (gpointer owner, guint code, const char *reason)
{
  Rig *rig = owner;

  g_assert_false (rig->is_closed);
  g_assert_nonnull (reason);
  rig->is_closed = TRUE;
  rig->code = code;
  g_clear_object (&rig->channel);
}

static const SondeChannelHandler handler = { on_message, on_closed };

static void
set_up_kind (Rig *rig, SondeWsChannelKind kind)
{
  g_autoptr (GSocket) socket = NULL;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends), ==,
                   0);
  socket = g_socket_new_from_fd (ends[0], NULL);
  g_assert_nonnull (socket);
  *rig = (Rig){ .peer = ends[1], .messages = g_string_new (NULL) };
  rig->channel = SONDE_CHANNEL (sonde_ws_channel_new (
      G_IO_STREAM (g_socket_connection_factory_create_connection (socket)), "10.1.2.3", kind));
  sonde_channel_set_handler (rig->channel, &handler, rig);
}

static void
set_up (Rig *rig)
{
  set_up_kind (rig, SONDE_WS_CHANNEL_DEVICE);
}

static void
tear_down (Rig *rig)
{
  if (rig->peer >= 0)
    close (rig->peer);
  g_clear_object (&rig->channel);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_string_free (rig->messages, TRUE);
}

static void
assert_peer_reads (Rig *rig, const char *bytes, gsize size)
{
  g_autoptr (GByteArray) got = raw_read (rig->peer, size);

  g_assert_cmpmem (got->data, got->len, bytes, size);
}

static void
test_both_ways (void)
{
  Rig rig;

  set_up (&rig);
  g_assert_cmpstr (sonde_channel_get_peer (rig.channel), ==, "10.1.2.3");
  raw_send_frame (rig.peer, 0x81, TRUE, "hello", 5);
  raw_send_frame (rig.peer, 0x82, TRUE, "binary text", 11);
  RAW_WAIT_FOR (rig.n_messages == 2);
  g_assert_cmpstr (rig.messages->str, ==, "hello|binary text|");
  g_assert_true (sonde_channel_send (rig.channel, "{}\n", 3));
  assert_peer_reads (&rig, "\x81\x03{}\n", 5);
  g_assert_cmpuint (sonde_channel_get_queued (rig.channel), ==, 0);
  g_assert_false (sonde_channel_sends_unmasked (rig.channel));
  tear_down (&rig);
}

static void
test_byte_by_byte (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Rig rig;

  set_up (&rig);
  raw_add_frame (bytes, 0x01, TRUE, "hello ", 6);
  raw_add_frame (bytes, 0x89, TRUE, "p", 1);
  raw_add_frame (bytes, 0x80, TRUE, "world", 5);
  for (guint i = 0; i < bytes->len; i++)
    {
      raw_send (rig.peer, bytes->data + i, 1);
      g_main_context_iteration (NULL, FALSE);
    }
  RAW_WAIT_FOR (rig.n_messages == 1);
  g_assert_cmpstr (rig.messages->str, ==, "hello world|");
  assert_peer_reads (&rig, "\x8a\x01p", 3);
  tear_down (&rig);
}

static void
test_unmasked (void)
{
  Rig rig;

  set_up (&rig);
  raw_send_frame (rig.peer, 0x81, FALSE, "a", 1);
  raw_send_frame (rig.peer, 0x81, FALSE, "b", 1);
  RAW_WAIT_FOR (rig.n_messages == 2);
  g_assert_true (sonde_channel_sends_unmasked (rig.channel));
  tear_down (&rig);

  set_up_kind (&rig, SONDE_WS_CHANNEL_BROWSER);
  raw_send_frame (rig.peer, 0x81, FALSE, "a", 1);
  RAW_WAIT_FOR (rig.is_closed);
  g_assert_cmpuint (rig.code, ==, 1002);
  g_assert_cmpuint (rig.n_messages, ==, 0);
  tear_down (&rig);
}

typedef struct
{
  const char *name;
  const char *bytes;
  guint size;
  guint code;         /* what closed() says */
  const char *answer; /* the frame that the peer gets */
  guint answer_size;
} Ending;

#define BYTES(text) (text), sizeof (text) - 1

// clang-format off
static const Ending endings[] = {
  { "reserved",    BYTES ("\xc1\x01x"),            1002, BYTES ("\x88\x02\x03\xea") },
  { "garbage",     BYTES ("GET / HTTP/1.1\r\n"),   1002, BYTES ("\x88\x02\x03\xea") },
  { "bad utf-8",   BYTES ("\x81\x01\xff"),         1007, BYTES ("\x88\x02\x03\xef") },
  { "too big",     BYTES ("\x81\x7f\0\0\0\0\0\x10\0\1zzz"), 1009, BYTES ("\x88\x02\x03\xf1") },
  { "binary",      BYTES ("\x82\x01\xff"),         1003, BYTES ("\x88\x02\x03\xeb") },
  { "bare close",  BYTES ("\x88\x00"),             1005, BYTES ("\x88\x00") },
  { "close 1001",  BYTES ("\x88\x02\x03\xe9"),     1001, BYTES ("\x88\x02\x03\xe9") },
};
// clang-format on

/* The peer must see the close frame whole and then the end of the stream, also while it goes on
 * sending: a reset would take the frame away. */
static void
test_ending (gconstpointer data)
{
  const Ending *ending = data;
  Rig rig;

  set_up (&rig);
  raw_send (rig.peer, ending->bytes, ending->size);
  for (guint i = 0; i < 100; i++)
    {
      raw_send_frame (rig.peer, 0x81, TRUE, "more", 4);
      g_main_context_iteration (NULL, FALSE);
    }
  RAW_WAIT_FOR (rig.is_closed);
  g_assert_cmpuint (rig.code, ==, ending->code);
  g_assert_cmpuint (rig.n_messages, ==, 0);
  assert_peer_reads (&rig, ending->answer, ending->answer_size);
  tear_down (&rig);
}

static void
test_peer_gone (void)
{
  Rig rig;

  set_up (&rig);
  raw_send (rig.peer, "\x81\x05he", 4);
  close (rig.peer);
  rig.peer = -1;
  RAW_WAIT_FOR (rig.is_closed);
  g_assert_cmpuint (rig.code, ==, 1006);
  g_assert_cmpuint (rig.n_messages, ==, 0);
  tear_down (&rig);
}

static void
test_close_here (void)
{
  Rig rig;

  set_up (&rig);
  sonde_channel_close (rig.channel, 4000);
  sonde_channel_close (rig.channel, 4000);
  g_assert_false (sonde_channel_send (rig.channel, "late", 4));
  assert_peer_reads (&rig, "\x88\x02\x0f\xa0", 4);
  raw_send_frame (rig.peer, 0x81, TRUE, "crossed", 7);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (rig.is_closed);
  raw_send (rig.peer, "\x88\x00", 2);
  RAW_WAIT_FOR (rig.is_closed);
  g_assert_cmpuint (rig.code, ==, 4000);
  g_assert_cmpuint (rig.n_messages, ==, 0);
  assert_peer_reads (&rig, "", 0);
  tear_down (&rig);
}

/* A peer that does not answer a close frame is not waited for for ever. */
static void
test_close_unanswered (void)
{
  Rig rig;

  set_up (&rig);
  sonde_channel_close (rig.channel, 1005);
  assert_peer_reads (&rig, "\x88\x00", 2);
  RAW_WAIT_FOR (rig.is_closed);
  g_assert_cmpuint (rig.code, ==, 1005);
  tear_down (&rig);
}

static void
test_slow_reader (void)
{
  g_autofree char *text = g_strnfill (60000, 'x');
  gsize highest = 0;
  guint n = 0;
  Rig rig;

  set_up (&rig);
  while (sonde_channel_send (rig.channel, text, 60000))
    {
      highest = MAX (highest, sonde_channel_get_queued (rig.channel));
      g_assert_cmpuint (n++, <, 1000);
    }
  g_assert_cmpuint (highest, <=, SONDE_WS_CHANNEL_MAX_QUEUED);
  g_assert_cmpuint (highest, >, SONDE_WS_CHANNEL_MAX_QUEUED / 2);
  g_assert_false (rig.is_closed);
  RAW_WAIT_FOR (rig.is_closed);
  g_assert_cmpuint (rig.code, ==, 1006);
  tear_down (&rig);
}

/* What waits goes out in order once the peer reads. */
static void
test_queue_drains (void)
{
  g_autoptr (GByteArray) expected = g_byte_array_new ();
  g_autoptr (GByteArray) got = NULL;
  Rig rig;

  set_up (&rig);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *text = g_strnfill (20000, (char) ('a' + i % 26));

      g_assert_true (sonde_channel_send (rig.channel, text, 20000));
      raw_add_frame (expected, 0x81, FALSE, text, 20000);
    }
  g_assert_cmpuint (sonde_channel_get_queued (rig.channel), >, 0);
  got = raw_read (rig.peer, expected->len);
  g_assert_cmpmem (got->data, got->len, expected->data, expected->len);
  g_assert_cmpuint (sonde_channel_get_queued (rig.channel), ==, 0);
  tear_down (&rig);
}

static void
test_unref_inside (void)
{
  Rig rig;

  set_up (&rig);
  rig.unrefs_inside = TRUE;
  raw_send_frame (rig.peer, 0x81, TRUE, "a", 1);
  raw_send_frame (rig.peer, 0x81, TRUE, "b", 1);
  RAW_WAIT_FOR (rig.channel == NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (rig.is_closed);
  tear_down (&rig);
}

/* Answers of one turn are given to the kernel together. */
static void
test_one_read_a_turn (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Rig rig, other;

  set_up (&rig);
  set_up (&other);
  rig.echoes = other.echoes = TRUE;
  for (guint i = 0; i < 20000; i++)
    raw_add_frame (bytes, 0x81, TRUE, "0123456789", 10);
  raw_send (rig.peer, bytes->data, 100 * 1024);
  raw_send_frame (other.peer, 0x81, TRUE, "me too", 6);
  RAW_WAIT_FOR (other.n_messages == 1);
  /* The flood before it was not read to its end. */
  g_assert_cmpuint (rig.n_messages, <, 100 * 1024 / 16);
  tear_down (&rig);
  tear_down (&other);
}

/* All peers always have something to say: nobody is always the first to be heard. */
static void
test_fair_turns (void)
{
  Rig rigs[4];
  guint n_first[G_N_ELEMENTS (rigs)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rigs); i++)
    set_up (&rigs[i]);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint turn = 0; turn < 400; turn++)
    {
      first_heard = NULL;
      for (guint i = 0; i < G_N_ELEMENTS (rigs); i++)
        raw_send_frame (rigs[i].peer, 0x81, TRUE, "a", 1);
      RAW_WAIT_FOR (first_heard != NULL);
      n_first[first_heard - rigs]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rigs); i++)
    {
      RAW_WAIT_FOR (rigs[i].n_messages == 400);
      g_assert_cmpuint (n_first[i], >, 0);
      tear_down (&rigs[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ws-channel/both-ways", test_both_ways);
  g_test_add_func ("/ws-channel/byte-by-byte", test_byte_by_byte);
  g_test_add_func ("/ws-channel/unmasked", test_unmasked);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strdup_printf ("/ws-channel/ending/%s", endings[i].name);

      g_test_add_data_func (name, &endings[i], test_ending);
    }
  g_test_add_func ("/ws-channel/peer-gone", test_peer_gone);
  g_test_add_func ("/ws-channel/close-here", test_close_here);
  g_test_add_func ("/ws-channel/close-unanswered", test_close_unanswered);
  g_test_add_func ("/ws-channel/slow-reader", test_slow_reader);
  g_test_add_func ("/ws-channel/queue-drains", test_queue_drains);
  g_test_add_func ("/ws-channel/unref-inside", test_unref_inside);
  g_test_add_func ("/ws-channel/one-read-a-turn", test_one_read_a_turn);
  g_test_add_func ("/ws-channel/fair-turns", test_fair_turns);
  return g_test_run ();
}
