/* test-json-link.c: commands out, answers matched to them, whatever the board makes of it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/json-link.h"

#include "base/clock.h"
#include "support/fake-channel.h"

/* What came of each command, in the order of the replies: "1=2a", "2!RANGE", "3?" .. */
typedef struct
{
  FakeChannel *channel;
  SondeLink *link;
  GString *log;
  guint n_messages;
  gboolean is_closed;
} Rig;

static void
on_message (gpointer owner, const SondeMessage *message, const char *text, gsize size)
{
  ((Rig *) owner)->n_messages++;
}

static void
on_closed (gpointer owner, guint code, const char *reason)
{
  ((Rig *) owner)->is_closed = TRUE;
}

static void
on_tap (gpointer owner, gboolean outgoing, const char *text, gsize size)
{
  Rig *self = owner;

  g_string_append_printf (self->log, "%c%.*s;", outgoing ? '>' : '<', (int) size, text);
}

static void
on_reply (const SondeReply *reply, gpointer owner, gpointer data, guint64 tag)
{
  Rig *self = owner;

  g_string_append_printf (self->log, "%" G_GUINT64_FORMAT, tag);
  if (reply->outcome == SONDE_OUTCOME_TIMEOUT)
    g_string_append (self->log, "?");
  else if (reply->outcome == SONDE_OUTCOME_GONE)
    g_string_append (self->log, "-");
  else if (reply->outcome == SONDE_OUTCOME_REFUSED)
    g_string_append_printf (self->log, "!%s@%d", reply->error, reply->at);
  else if (reply->data != NULL)
    g_string_append_printf (self->log, "=[%02x..]", reply->data[0]);
  else if (reply->form == SONDE_ANSWER_NUMBER)
    g_string_append_printf (self->log, "=%g", reply->number);
  else
    g_string_append_printf (self->log, "=%" G_GINT64_MODIFIER "x", reply->bits);
  g_string_append_c (self->log, ' ');
}

static void
rig_open (Rig *self, gboolean has_seq)
{
  static const SondeLinkHandler handler = { on_message, on_closed, on_tap };
  const SondeIdentity identity
      = { .has_seq = has_seq, .batch = has_seq ? 64 : 0, .block = has_seq ? 256 : 0, .bits = 64 };

  *self
      = (Rig){ .channel = fake_channel_new ("127.0.0.1", NULL, NULL), .log = g_string_new (NULL) };
  self->link = SONDE_LINK (sonde_json_link_new (SONDE_CHANNEL (self->channel)));
  sonde_link_set_handler (self->link, &handler, self);
  sonde_link_set_identity (self->link, &identity);
}

static void
rig_close (Rig *self)
{
  g_clear_object (&self->link);
  g_clear_object (&self->channel);
  g_string_free (self->log, TRUE);
}

static gboolean
ask (Rig *self, SondeReadKind kind, guint64 address, guint32 size, guint64 tag)
{
  SondeRange range = { address, size };
  SondeRead read
      = { .kind = kind, .ranges = g_array_new (FALSE, FALSE, sizeof range), .size = size };
  gboolean is_sent;

  g_array_append_val (read.ranges, range);
  is_sent = sonde_link_read (self->link, &read,
                             &(SondeAsk){ .func = on_reply, .owner = self, .tag = tag });
  g_array_unref (read.ranges);
  if (read.rendered != NULL)
    g_string_free (read.rendered, TRUE);
  return is_sent;
}

static void
assert_sent (Rig *self, const char *text)
{
  g_autofree char *sent = fake_channel_take (self->channel);

  g_assert_cmpstr (sent, ==, text);
}

static guint64
count_unasked (Rig *self)
{
  SondeLinkStatus status;

  sonde_link_get_status (self->link, &status);
  return status.n_unasked;
}

/* A board without extensions: what one answer makes of the one read of 32 bits at 0x20000100. */
typedef struct
{
  const char *name;
  const char *answer;
  const char *expected; /* "" : not taken for the answer */
} Case;

#define A "{\"res\":\"mem_read\",\"add\":\"0x20000100\","
static const Case cases[] = {
  { "/link/binary", A "\"value\":\"0b00000000000000000000000000101010\"}", "1=2a " },
  { "/link/hex", A "\"value\":\"0x2A\"}", "1=2a " },
  { "/link/decimal", A "\"value\":\"42\"}", "1=2a " },
  { "/link/number", A "\"value\":42}", "1=2a " },
  { "/link/fraction", A "\"value\":\"42.5\"}", "1=42.5 " },
  { "/link/minus", A "\"value\":-3}", "1=-3 " },
  { "/link/address-form", "{\"res\":\"mem_read\",\"add\":\"20000100\",\"value\":1}", "1=1 " },
  { "/link/address-number", "{\"res\":\"mem_read\",\"add\":536871168,\"value\":1}", "1=1 " },
  { "/link/refused", A "\"value\":null,\"error\":\"SET_MTA failed\"}", "1!SET_MTA failed@-1 " },
  { "/link/too-wide", A "\"value\":\"0x100000000\"}",
    "1!the board's answer is wider than was asked for@-1 " },
  { "/link/no-value", A "\"value\":null}", "1!the answer carries no value@-1 " },
  { "/link/other-address", "{\"res\":\"mem_read\",\"add\":\"0x20000104\",\"value\":1}", "" },
  { "/link/other-command", "{\"res\":\"mem_write\",\"add\":\"0x20000100\",\"state\":\"success\"}",
    "" },
  { "/link/garbage", "{\"res\":\"mem_read\",", "" },
  { "/link/text", "hello", "" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  Rig rig;

  rig_open (&rig, FALSE);
  g_assert_true (ask (&rig, SONDE_READ_UNIT, 0x20000100, 4, 1));
  assert_sent (&rig, "{\"cmd\":\"mem_read\",\"add\":\"0x20000100\",\"size\":\"32\"}");
  g_assert_false (ask (&rig, SONDE_READ_UNIT, 0x20000104, 4, 2));
  fake_channel_push (rig.channel, test->answer);
  g_assert_cmpstr (rig.log->str, ==, test->expected);
  g_assert_cmpint (sonde_link_has_room (rig.link), ==, test->expected[0] != '\0');
  rig_close (&rig);
}

static void
test_double_answer (void)
{
  Rig rig;

  rig_open (&rig, FALSE);
  ask (&rig, SONDE_READ_UNIT, 0x20000100, 4, 1);
  fake_channel_push (rig.channel, A "\"value\":1}");
  fake_channel_push (rig.channel, A "\"value\":2}");
  g_assert_cmpstr (rig.log->str, ==, "1=1 ");
  g_assert_cmpuint (count_unasked (&rig), ==, 1);
  rig_close (&rig);
}

static void
expire (Rig *self)
{
  sonde_clock_turn_us (SONDE_LINK_TIMEOUT_US);
  sonde_link_expire (self->link, sonde_clock_now_us ());
}

static void
test_late_answer (void)
{
  Rig rig;

  rig_open (&rig, FALSE);
  ask (&rig, SONDE_READ_UNIT, 0x20000100, 4, 1);
  sonde_clock_turn_us (SONDE_LINK_TIMEOUT_US / 2);
  sonde_link_expire (rig.link, sonde_clock_now_us ());
  g_assert_cmpstr (rig.log->str, ==, "");
  expire (&rig);
  /* Another address now: the late answer is nobody's. */
  ask (&rig, SONDE_READ_UNIT, 0x20000104, 4, 2);
  fake_channel_push (rig.channel, A "\"value\":1}");
  g_assert_cmpstr (rig.log->str, ==, "1? ");
  g_assert_cmpuint (count_unasked (&rig), ==, 1);
  expire (&rig);
  /* The same address again: it is as good as a new one. */
  ask (&rig, SONDE_READ_UNIT, 0x20000100, 4, 3);
  fake_channel_push (rig.channel, A "\"value\":5}");
  g_assert_cmpstr (rig.log->str, ==, "1? 2? 3=5 ");
  rig_close (&rig);
}

static void
test_write_without_address (void)
{
  const SondeWrite write
      = { .address = 0x20000100, .size = 1, .bits = 5, .mask = 0xff, .data = NULL };
  Rig rig;

  rig_open (&rig, FALSE);
  g_assert_true (sonde_link_write (rig.link, &write,
                                   &(SondeAsk){ .func = on_reply, .owner = &rig, .tag = 7 }));
  assert_sent (&rig, "{\"cmd\":\"mem_write\",\"add\":\"0x20000100\",\"size\":\"08\","
                     "\"data\":\"0b00000101\"}");
  fake_channel_push (rig.channel, "{\"res\":\"mem_write\",\"state\":\"success\"}");
  g_assert_cmpstr (rig.log->str, ==, "7=0 ");
  rig_close (&rig);
}

static void
test_seq (void)
{
  Rig rig;

  rig_open (&rig, TRUE);
  for (guint i = 1; i <= 8; i++)
    g_assert_true (ask (&rig, SONDE_READ_UNIT, 0x20000100, 4, i));
  g_assert_false (ask (&rig, SONDE_READ_UNIT, 0x20000100, 4, 9));
  assert_sent (&rig, "{\"cmd\":\"mem_read\",\"add\":\"0x20000100\",\"size\":\"32\",\"seq\":1}");
  fake_channel_push (rig.channel, A "\"value\":1,\"seq\":3}");
  fake_channel_push (rig.channel, A "\"value\":2,\"seq\":\"1\"}");
  /* Without its number, with one not in use, of another command or address: nobody's. */
  fake_channel_push (rig.channel, A "\"value\":3}");
  fake_channel_push (rig.channel, A "\"value\":4,\"seq\":99}");
  fake_channel_push (rig.channel, A "\"value\":5,\"seq\":3}");
  fake_channel_push (rig.channel,
                     "{\"res\":\"mem_read_many\",\"seq\":2,\"t\":1,\"data\":\"AAAA\"}");
  fake_channel_push (rig.channel,
                     "{\"res\":\"mem_read\",\"add\":\"0x20000104\",\"value\":1,\"seq\":2}");
  g_assert_cmpstr (rig.log->str, ==, "3=1 1=2 ");
  g_assert_cmpuint (count_unasked (&rig), ==, 5);
  fake_channel_push (rig.channel, A "\"value\":6,\"seq\":2}");
  g_assert_cmpstr (rig.log->str, ==, "3=1 1=2 2=6 ");
  rig_close (&rig);
}

static void
test_batch (void)
{
  Rig rig;

  rig_open (&rig, TRUE);
  ask (&rig, SONDE_READ_MANY, 0x20000100, 3, 1);
  assert_sent (&rig, "{\"cmd\":\"mem_read_many\",\"reads\":[[\"0x20000100\",3]],\"seq\":1}");
  fake_channel_push (rig.channel,
                     "{\"res\":\"mem_read_many\",\"seq\":1,\"t\":5,\"data\":\"qqqq\"}");
  ask (&rig, SONDE_READ_MANY, 0x20000100, 3, 2);
  fake_channel_push (rig.channel,
                     "{\"res\":\"mem_read_many\",\"seq\":2,\"t\":5,\"data\":\"qqqqqqqq\"}");
  ask (&rig, SONDE_READ_MANY, 0x20000100, 3, 3);
  fake_channel_push (rig.channel, "{\"res\":\"mem_read_many\",\"seq\":3,\"state\":\"error\","
                                  "\"code\":\"RANGE\",\"error\":\"no\",\"at\":0}");
  g_assert_cmpstr (
      rig.log->str, ==,
      "1=[aa..] 2!the board's answer has another length than was asked for@-1 3!no@0 ");
  rig_close (&rig);
}

static void
test_gone (void)
{
  Rig rig;

  rig_open (&rig, TRUE);
  ask (&rig, SONDE_READ_UNIT, 0x20000100, 4, 1);
  ask (&rig, SONDE_READ_UNIT, 0x20000100, 4, 2);
  fake_channel_break (rig.channel);
  g_assert_cmpstr (rig.log->str, ==, "1- 2- ");
  g_assert_true (rig.is_closed);
  g_assert_false (ask (&rig, SONDE_READ_UNIT, 0x20000100, 4, 3));
  g_assert_false (sonde_link_greet (rig.link));
  rig_close (&rig);
}

static void
test_tap (void)
{
  Rig rig;

  rig_open (&rig, FALSE);
  sonde_link_send_text (rig.link, "unseen");
  sonde_link_set_tapped (rig.link, TRUE);
  sonde_link_send_text (rig.link, "ping\n");
  fake_channel_push (rig.channel, "pong");
  g_assert_cmpstr (rig.log->str, ==, ">ping\n;<pong;");
  g_assert_cmpuint (rig.n_messages, ==, 1);
  assert_sent (&rig, "unseen");
  assert_sent (&rig, "ping");
  rig_close (&rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  g_test_add_func ("/link/double-answer", test_double_answer);
  g_test_add_func ("/link/late-answer", test_late_answer);
  g_test_add_func ("/link/write-without-address", test_write_without_address);
  g_test_add_func ("/link/seq", test_seq);
  g_test_add_func ("/link/batch", test_batch);
  g_test_add_func ("/link/gone", test_gone);
  g_test_add_func ("/link/tap", test_tap);
  return g_test_run ();
}
