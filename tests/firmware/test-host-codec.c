/* test-host-codec.c: our host understands every answer of our agent, and asks as the agent expects
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <string.h>

#include "wire/debug-json.h"

typedef void (*LineFunc) (const char *line);

static void
foreach_line (const char *name, const char *begin, LineFunc func)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "messages", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], begin))
      {
        g_test_message ("%s:%u", name, i + 1);
        func (lines[i] + strlen (begin));
      }
}

static const char *
get_text (JsonObject *object, const char *key)
{
  return json_object_get_string_member_with_default (object, key, "");
}

static gint64
get_seq (JsonObject *object)
{
  return json_object_get_int_member_with_default (object, "seq", -1);
}

static void
write_batch (GString *out, JsonObject *request)
{
  JsonArray *reads = json_object_get_array_member (request, "reads");
  guint n = json_array_get_length (reads);
  g_autofree SondeRange *ranges = g_new0 (SondeRange, n);

  for (guint i = 0; i < n; i++)
    {
      JsonArray *entry = json_array_get_array_element (reads, i);

      ranges[i].address = g_ascii_strtoull (json_array_get_string_element (entry, 0), NULL, 16);
      ranges[i].size = (guint32) json_array_get_int_element (entry, 1);
    }
  sonde_debug_json_read_many_body (out, ranges, n);
  sonde_debug_json_read_many_finish (out, get_seq (request));
}

static void
write_write (GString *out, JsonObject *request, guint64 address, guint bits)
{
  const char *data = get_text (request, "data");
  const char *mask = get_text (request, "mask");
  g_autofree guchar *bytes = NULL;
  gsize size;

  if (!json_object_has_member (request, "count"))
    {
      sonde_debug_json_write (out, address, bits, g_ascii_strtoull (data + 2, NULL, 2),
                              *mask != '\0' ? g_ascii_strtoull (mask, NULL, 16) : G_MAXUINT64,
                              get_seq (request));
      return;
    }
  bytes = g_base64_decode (data + strlen ("b64:"), &size);
  sonde_debug_json_write_block (out, address, bits, bytes, size, get_seq (request));
}

/* Written again from what it says, a request of the host comes out the same. */
static void
check_request (const char *line)
{
  g_autoptr (JsonNode) root = json_from_string (line, NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  JsonObject *request = json_node_get_object (root);
  const char *cmd = get_text (request, "cmd");
  guint64 address = g_ascii_strtoull (get_text (request, "add"), NULL, 16);
  guint bits = (guint) g_ascii_strtoull (get_text (request, "size"), NULL, 10);

  if (g_str_equal (cmd, "init"))
    sonde_debug_json_init (out, get_text (request, "con_id"), get_seq (request));
  else if (g_str_equal (cmd, "end"))
    sonde_debug_json_end (out, get_text (request, "con_id"), get_seq (request));
  else if (g_str_equal (cmd, "mem_read_many"))
    write_batch (out, request);
  else if (g_str_equal (cmd, "mem_write"))
    write_write (out, request, address, bits);
  else
    sonde_debug_json_read (out, address, bits,
                           (guint) json_object_get_int_member_with_default (request, "count", 0),
                           get_seq (request));
  g_string_truncate (out, out->len - 1);
  g_assert_cmpstr (out->str, ==, line);
}

static void
check_identity (const SondeMessage *message)
{
  const SondeIdentity *identity = &message->identity;

  g_assert_cmpuint (identity->proto, ==, 1);
  g_assert_cmpstr (identity->device, ==, "motor-01");
  g_assert_cmpstr (identity->firmware, ==, "1.4.2");
  g_assert_cmpstr (identity->build_id, ==, "3fa291c00102030405060708090a0b0c0d0e0f10");
  g_assert_cmpstr (identity->boot, ==, "5be1c0de");
  g_assert_false (identity->is_big_endian);
  g_assert_true (identity->has_seq);
  g_assert_cmpuint (identity->clock_hz, ==, 1000000);
  g_assert_cmpuint (identity->bits, ==, 64);
  g_assert_cmpuint (identity->block, ==, 256);
  g_assert_cmpuint (identity->batch, ==, 64);
  g_assert_cmpuint (identity->msg, ==, 4096);
  g_assert_cmpuint (identity->mask, ==, 1);
  g_assert_cmpuint (identity->log, ==, 1);
  g_assert_cmpuint (identity->ota, ==, 0);
}

static SondeMessageKind
get_kind (const char *answer)
{
  static const struct
  {
    const char *begin;
    SondeMessageKind kind;
  } kinds[] = {
    { "{\"res\":\"init\"", SONDE_MESSAGE_INIT },
    { "{\"res\":\"end\"", SONDE_MESSAGE_END },
    { "{\"res\":\"mem_read_many\"", SONDE_MESSAGE_MEM_READ_MANY },
    { "{\"res\":\"mem_read\"", SONDE_MESSAGE_MEM_READ },
    { "{\"res\":\"mem_\\u0072ead\"", SONDE_MESSAGE_MEM_READ },
    { "{\"res\":\"mem_write\"", SONDE_MESSAGE_MEM_WRITE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (answer, kinds[i].begin))
      return kinds[i].kind;
  return SONDE_MESSAGE_OTHER_ANSWER;
}

/* What was read must be what the text says, to a reader that is not ours. */
static void
check_bytes (const SondeMessage *message, JsonObject *answer)
{
  const char *data = get_text (answer, "data");
  const char *value = get_text (answer, "value");
  g_autofree guchar *bytes = NULL;
  gsize size = 0;

  g_assert_cmpint (message->form, ==, *value != '\0' ? SONDE_ANSWER_BITS : SONDE_ANSWER_NONE);
  g_assert_cmphex (message->bits, ==, g_ascii_strtoull (value, NULL, 16));
  g_assert_cmpint (message->has_data, ==, *data != '\0');
  bytes = g_base64_decode (data, &size);
  g_assert_cmpmem (message->data->data, message->data->len, bytes, size);
}

static void
check_refusal (const SondeMessage *message, JsonObject *answer)
{
  gboolean is_error = g_str_equal (get_text (answer, "state"), "error");

  g_assert_cmpint (message->is_error, ==, is_error);
  g_assert_cmpint (*get_text (answer, "code") != '\0', ==, is_error);
  g_assert_cmpstr (message->code, ==, get_text (answer, "code"));
  g_assert_cmpstr (message->error, ==, get_text (answer, "error"));
  g_assert_cmpint (message->at, ==, json_object_get_int_member_with_default (answer, "at", -1));
}

static void
check_answer (const char *line)
{
  g_autoptr (JsonNode) root = json_from_string (line, NULL);
  JsonObject *answer = json_node_get_object (root);
  SondeMessage message;

  sonde_message_init (&message);
  g_assert_true (sonde_debug_json_parse (&message, line, strlen (line)));
  g_assert_cmpint (message.kind, ==, get_kind (line));
  if (message.kind == SONDE_MESSAGE_INIT && *get_text (answer, "state") == '\0')
    check_identity (&message);
  else
    g_assert_cmpint (message.has_seq ? (gint64) message.seq : -1, ==, get_seq (answer));
  g_assert_cmpstr (message.con_id, ==, get_text (answer, "con_id"));
  g_assert_cmpint (message.has_address, ==, json_object_has_member (answer, "add"));
  g_assert_cmphex (message.address, ==, g_ascii_strtoull (get_text (answer, "add"), NULL, 16));
  g_assert_cmpint (message.has_time, ==, json_object_has_member (answer, "t"));
  g_assert_cmpuint (message.time, ==, message.has_time ? 123456789 : 0);
  check_bytes (&message, answer);
  check_refusal (&message, answer);
  sonde_message_clear (&message);
}

static void
test_file (gconstpointer name)
{
  foreach_line (name, ">=", check_request);
  foreach_line (name, "< ", check_answer);
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
      g_autofree char *path = g_strdup_printf ("/firmware/host-codec/%s", files[i]);

      g_test_add_data_func (path, files[i], test_file);
    }
  return g_test_run ();
}
