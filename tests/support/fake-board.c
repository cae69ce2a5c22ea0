/* fake-board.c: a board at the far end of a fake channel, with memory and as many faults as wanted
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/fake-board.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/clock.h"

FakeBoard *
fake_board_new (const char *identity)
{
  FakeBoard *self = g_new0 (FakeBoard, 1);

  sonde_clock_hold ();
  self->identity = identity;
  self->answers_init = TRUE;
  g_queue_init (&self->waiting);
  return self;
}

void
fake_board_free (FakeBoard *self)
{
  g_clear_object (&self->channel);
  g_queue_clear_full (&self->waiting, g_free);
  g_free (self);
}

void
fake_board_store (FakeBoard *self, guint32 address, guint64 value, guint size)
{
  sonde_bytes_store (self->memory + (address - FAKE_BOARD_BASE), size, G_LITTLE_ENDIAN, value);
}

guint64
fake_board_load (FakeBoard *self, guint32 address, guint size)
{
  return sonde_bytes_load (self->memory + (address - FAKE_BOARD_BASE), size, G_LITTLE_ENDIAN);
}

static gboolean
is_refused (FakeBoard *self, guint64 address, guint64 size)
{
  if (address < FAKE_BOARD_BASE || address + size > FAKE_BOARD_BASE + FAKE_BOARD_SIZE)
    return TRUE;
  return address < self->refused_to && address + size > self->refused_from;
}

static void
push (FakeBoard *self, JsonObject *command, const char *rest)
{
  g_autofree char *seq = json_object_has_member (command, "seq")
                             ? g_strdup_printf (",\"seq\":%" G_GINT64_FORMAT,
                                                json_object_get_int_member (command, "seq"))
                             : g_strdup ("");
  g_autofree char *text = g_strdup_printf (
      "{\"res\":\"%s\"%s%s}", json_object_get_string_member (command, "cmd"), seq, rest);

  fake_channel_push (self->channel, text);
}

static void
refuse (FakeBoard *self, JsonObject *command, int at)
{
  g_autofree char *place = at >= 0 ? g_strdup_printf (",\"at\":%d", at) : g_strdup ("");
  g_autofree char *rest = g_strdup_printf (
      ",\"state\":\"error\",\"code\":\"RANGE\",\"error\":\"not readable\"%s", place);

  push (self, command, rest);
}

static void
answer_many (FakeBoard *self, JsonObject *command)
{
  JsonArray *reads = json_object_get_array_member (command, "reads");
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *data = NULL;
  g_autofree char *rest = NULL;

  for (guint i = 0; i < json_array_get_length (reads); i++)
    {
      JsonArray *entry = json_array_get_array_element (reads, i);
      guint64 address = g_ascii_strtoull (json_array_get_string_element (entry, 0), NULL, 16);
      guint size = (guint) json_array_get_int_element (entry, 1);

      if (is_refused (self, address, size))
        {
          refuse (self, command, (int) i);
          return;
        }
      g_byte_array_append (bytes, self->memory + (address - FAKE_BOARD_BASE), size);
    }
  data = g_base64_encode (bytes->data, bytes->len);
  rest = g_strdup_printf (",\"t\":%u,\"data\":\"%s\"", self->ticks, data);
  push (self, command, rest);
}

static char *
dup_binary (guint64 value, guint bits)
{
  GString *text = g_string_new ("0b");

  for (guint i = bits; i-- > 0;)
    g_string_append_c (text, value >> i & 1 ? '1' : '0');
  return g_string_free (text, FALSE);
}

static void
answer_read (FakeBoard *self, JsonObject *command)
{
  const char *add = json_object_get_string_member (command, "add");
  guint64 address = g_ascii_strtoull (add, NULL, 16);
  guint bits = (guint) g_ascii_strtoull (json_object_get_string_member (command, "size"), NULL, 10);
  guint count = (guint) json_object_get_int_member_with_default (command, "count", 0);
  g_autofree char *value = NULL;
  g_autofree char *rest = NULL;

  if (is_refused (self, address, (guint64) MAX (count, 1) * bits / 8))
    {
      rest = g_strdup_printf (",\"add\":\"%s\",\"value\":null,\"error\":\"SET_MTA failed\"", add);
      push (self, command, rest);
      return;
    }
  if (count > 0)
    {
      value = g_base64_encode (self->memory + (address - FAKE_BOARD_BASE), count * bits / 8);
      rest = g_strdup_printf (",\"add\":\"%s\",\"data\":\"%s\"", add, value);
    }
  else
    {
      value = dup_binary (fake_board_load (self, (guint32) address, bits / 8), bits);
      rest = g_strdup_printf (",\"add\":\"%s\",\"value\":\"%s\"", add, value);
    }
  push (self, command, rest);
}

static void
store_written (FakeBoard *self, JsonObject *command, guint32 address, guint bits)
{
  const char *data = json_object_get_string_member (command, "data");
  guint64 mask = G_MAXUINT64, value;
  gsize size;

  if (self->ignores_writes)
    return;
  if (g_str_has_prefix (data, "b64:"))
    {
      g_autofree guchar *bytes = g_base64_decode (data + 4, &size);

      memcpy (self->memory + (address - FAKE_BOARD_BASE), bytes, size);
      return;
    }
  g_assert_cmpuint (strlen (data), ==, bits + 2);
  value = g_ascii_strtoull (data + 2, NULL, 2);
  if (json_object_has_member (command, "mask"))
    mask = g_ascii_strtoull (json_object_get_string_member (command, "mask"), NULL, 16);
  value = (fake_board_load (self, address, bits / 8) & ~mask) | (value & mask);
  fake_board_store (self, address, value, bits / 8);
}

static void
answer_write (FakeBoard *self, JsonObject *command)
{
  const char *add = json_object_get_string_member (command, "add");
  guint64 address = g_ascii_strtoull (add, NULL, 16);
  guint bits = (guint) g_ascii_strtoull (json_object_get_string_member (command, "size"), NULL, 10);
  g_autofree char *rest = g_strdup_printf (",\"add\":\"%s\",\"state\":\"success\"", add);

  if (is_refused (self, address, bits / 8))
    {
      refuse (self, command, -1);
      return;
    }
  store_written (self, command, (guint32) address, bits);
  push (self, command, rest);
}

static void
answer (FakeBoard *self, const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *command = json_node_get_object (node);
  const char *name = json_object_get_string_member (command, "cmd");

  if (strcmp (name, "mem_read_many") == 0)
    answer_many (self, command);
  else if (strcmp (name, "mem_read") == 0)
    answer_read (self, command);
  else if (strcmp (name, "mem_write") == 0)
    answer_write (self, command);
}

static void
on_sent (FakeChannel *channel, const char *text, gpointer user_data)
{
  FakeBoard *self = user_data;
  g_autofree char *init
      = g_strdup_printf ("{\"res\":\"init\",\"con_id\":\"01\"%s}", self->identity);

  if (strstr (text, "\"cmd\":\"init\"") != NULL)
    {
      if (self->answers_init)
        fake_channel_push (channel, init);
      return;
    }
  if (strstr (text, "\"cmd\":\"mem_") == NULL)
    return;
  self->n_commands++;
  /* A reply never comes from inside the sending call. */
  g_queue_push_tail (&self->waiting, g_strdup (text));
}

gboolean
fake_board_answer (FakeBoard *self)
{
  g_autofree char *text = g_queue_pop_head (&self->waiting);

  if (text == NULL)
    return FALSE;
  answer (self, text);
  return TRUE;
}

char *
fake_board_drop (FakeBoard *self)
{
  return g_queue_pop_head (&self->waiting);
}

FakeChannel *
fake_board_connect (FakeBoard *self, const char *peer)
{
  g_clear_object (&self->channel);
  g_queue_clear_full (&self->waiting, g_free);
  self->channel = fake_channel_new (peer, on_sent, self);
  return self->channel;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
fake_boards_run_ms (FakeBoard **boards, guint n_boards, guint ms)
{
  settle ();
  for (guint i = 0; i < ms; i++)
    {
      for (guint k = 0; k < n_boards; k++)
        {
          guint n = boards[k]->is_held ? 0 : boards[k]->waiting.length;

          boards[k]->ticks += 1000;
          while (n-- > 0)
            fake_board_answer (boards[k]);
        }
      sonde_clock_turn_us (1000);
      settle ();
    }
}

void
fake_board_run_ms (FakeBoard *self, guint ms)
{
  fake_boards_run_ms (&self, 1, ms);
}
