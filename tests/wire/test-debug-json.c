/* test-debug-json.c: what is sent, byte by byte, and all forms in which boards answer */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "wire/debug-json.h"

static void
test_commands (void)
{
  static const SondeRange reads[] = { { 0x20000100, 4 }, { 0x20000210, 12 } };
  static const char expected[]
      = "{\"cmd\":\"init\",\"con_id\":\"01\"}\n"
        "{\"cmd\":\"end\",\"con_id\":\"01\",\"seq\":9}\n"
        "{\"cmd\":\"mem_read\",\"add\":\"0x20000100\",\"size\":\"32\"}\n"
        "{\"cmd\":\"mem_read\",\"add\":\"0x0000ABCD\",\"size\":\"08\",\"count\":64,\"seq\":8}\n"
        "{\"cmd\":\"mem_read\",\"add\":\"0x123456789A\",\"size\":\"64\",\"seq\":0}\n"
        "{\"cmd\":\"mem_read_many\",\"reads\":[[\"0x20000100\",4],[\"0x20000210\",12]],\"seq\":7}\n"
        "{\"cmd\":\"mem_write\",\"add\":\"0x20000100\",\"size\":\"08\",\"data\":\"0b00000101\"}\n"
        "{\"cmd\":\"mem_write\",\"add\":\"0x20000100\",\"size\":\"16\","
        "\"data\":\"0b0000000000110000\",\"mask\":\"0x0070\",\"seq\":3}\n"
        "{\"cmd\":\"mem_write\",\"add\":\"0x20000100\",\"size\":\"16\",\"count\":2,"
        "\"data\":\"b64:AQIDBA==\",\"seq\":4}\n";
  g_autoptr (GString) out = g_string_new (NULL);

  sonde_debug_json_init (out, "01", -1);
  sonde_debug_json_end (out, "01", 9);
  sonde_debug_json_read (out, 0x20000100, 32, 0, -1);
  sonde_debug_json_read (out, 0xabcd, 8, 64, 8);
  sonde_debug_json_read (out, 0x123456789a, 64, 0, 0);
  sonde_debug_json_read_many_body (out, reads, 2);
  sonde_debug_json_read_many_finish (out, 7);
  sonde_debug_json_write (out, 0x20000100, 8, 5, G_MAXUINT64, -1);
  sonde_debug_json_write (out, 0x20000100, 16, 0x30, 0x70, 3);
  sonde_debug_json_write_block (out, 0x20000100, 16, (const guint8 *) "\1\2\3\4", 4, 4);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_write_64 (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *digits;

  sonde_debug_json_write (out, 0x20000000, 64, 0x8000000000000001, G_MAXUINT64, 1);
  digits = strstr (out->str, "0b");
  g_assert_nonnull (digits);
  g_assert_cmpuint (strspn (digits + 2, "01"), ==, 64);
  g_assert_true (digits[2] == '1' && digits[65] == '1' && digits[3] == '0');
  g_assert_null (strstr (out->str, "mask"));
}

typedef struct
{
  const char *text;
  SondeMessageKind kind;
  gint64 address; /* -1 none */
  gint64 seq;     /* -1 none */
  SondeAnswerForm form;
  guint64 bits;
  double number;
  const char *data;  /* NULL none */
  const char *error; /* NULL: the answer is good */
} Case;

#define READ SONDE_MESSAGE_MEM_READ
#define MANY SONDE_MESSAGE_MEM_READ_MANY
#define WRITE SONDE_MESSAGE_MEM_WRITE
#define NONE SONDE_ANSWER_NONE
#define BITS SONDE_ANSWER_BITS
#define NUMBER SONDE_ANSWER_NUMBER

// clang-format off
static const Case cases[] = {
  { "{\"res\":\"mem_read\",\"add\":\"0x20000100\",\"value\":\"0b00101010\"}", READ, 0x20000100, -1, BITS, 42, 0, NULL, NULL },
  { "{\"res\": \"mem_read\", \"add\": \"0x20000100\", \"value\": \"42\"}\n", READ, 0x20000100, -1, BITS, 42, 0, NULL, NULL },
  { "{\"value\":42,\"add\":\"20000100\",\"res\":\"mem_read\"}", READ, 0x20000100, -1, BITS, 42, 0, NULL, NULL },
  { "{\"res\":\"mem_read\",\"seq\":5,\"add\":\"0x20000100\",\"value\":\"0x0000002a\"}", READ, 0x20000100, 5, BITS, 42, 0, NULL, NULL },
  { "{\"res\":\"mem_read\",\"seq\":\"5\",\"add\":536871168,\"value\":42}", READ, 0x20000100, 5, BITS, 42, 0, NULL, NULL },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":18446744073709551615}", READ, 16, -1, BITS, G_MAXUINT64, 0, NULL, NULL },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":-5}", READ, 16, -1, NUMBER, 0, -5, NULL, NULL },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":\"21.5\"}", READ, 16, -1, NUMBER, 0, 21.5, NULL, NULL },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":21.5}", READ, 16, -1, NUMBER, 0, 21.5, NULL, NULL },
  { "{\"res\": \"mem_read\", \"add\": \"0x10\", \"value\": Infinity}", READ, 16, -1, NUMBER, 0, INFINITY, NULL, NULL },
  { "{\"res\":\"mem_read\",\"value\":-Infinity,\"add\":\"0x10\"}", READ, 16, -1, NUMBER, 0, -INFINITY, NULL, NULL },
  { "{\"res\": \"mem_read\", \"add\": \"0x10\", \"seq\": 5, \"value\": NaN}", READ, 16, 5, NUMBER, 0, NAN, NULL, NULL },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":\"NaN\"}", READ, 16, -1, NUMBER, 0, NAN, NULL, NULL },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":1e400}", READ, 16, -1, NONE, 0, 0, NULL, "the value is no number of at most 64 bits" },
  { "{\"type\":\"data\",\"parameter\":\"U\",\"value\":NaN}", SONDE_MESSAGE_DATA, -1, -1, NUMBER, 0, 0, NULL, NULL },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":true}", READ, 16, -1, BITS, 1, 0, NULL, NULL },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":null,\"error\":\"SET_MTA failed\"}", READ, 16, -1, NONE, 0, 0, NULL, "SET_MTA failed" },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":null}", READ, 16, -1, NONE, 0, 0, NULL, "the answer carries no value" },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\"}", READ, 16, -1, NONE, 0, 0, NULL, "the answer carries no value" },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":\"abc\"}", READ, 16, -1, NONE, 0, 0, NULL, "the value is no number of at most 64 bits" },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"value\":[1]}", READ, 16, -1, NONE, 0, 0, NULL, "the value is no number of at most 64 bits" },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"data\":\"aGk=\",\"seq\":8}", READ, 16, 8, NONE, 0, 0, "hi", NULL },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"data\":\"a*k=\"}", READ, 16, -1, NONE, 0, 0, NULL, "the data is not base64" },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"values\":[104,\"0x69\",\"0b00100001\",\"33\"],\"seq\":8}", READ, 16, 8, NONE, 0, 0, "hi!!", NULL },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"values\":[104,300]}", READ, 16, -1, NONE, 0, 0, NULL, "the values are no list of bytes" },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"values\":[104,null]}", READ, 16, -1, NONE, 0, 0, NULL, "the values are no list of bytes" },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"values\":[104,-1]}", READ, 16, -1, NONE, 0, 0, NULL, "the values are no list of bytes" },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"values\":\"hi\"}", READ, 16, -1, NONE, 0, 0, NULL, "the values are no list of bytes" },
  { "{\"res\":\"mem_read\",\"add\":\"0x10\",\"values\":null,\"error\":\"RANGE\"}", READ, 16, -1, NONE, 0, 0, NULL, "RANGE" },
  { "{\"res\":\"mem_read_many\",\"seq\":7,\"t\":99,\"data\":\"aGk=\"}\n", MANY, -1, 7, NONE, 0, 0, "hi", NULL },
  { "{\"data\":\"aGk=\",\"res\":\"mem_read_many\",\"seq\":7,\"t\":\"99\"}", MANY, -1, 7, NONE, 0, 0, "hi", NULL },
  { "{\"res\":\"mem_read_many\",\"seq\":7,\"error\":\"RANGE\",\"at\":1}", MANY, -1, 7, NONE, 0, 0, NULL, "RANGE" },
  { "{\"res\":\"mem_write\",\"add\":\"0x10\",\"state\":\"success\"}", WRITE, 16, -1, NONE, 0, 0, NULL, NULL },
  { "{\"res\":\"mem_write\",\"state\":\"success\"}", WRITE, -1, -1, NONE, 0, 0, NULL, NULL },
  { "{\"res\":\"mem_write\",\"add\":\"0x10\",\"state\":\"fail\"}", WRITE, 16, -1, NONE, 0, 0, NULL, "fail" },
  { "{\"res\":\"mem_write\",\"add\":\"0x10\",\"state\":\"SET_MTA failed\"}", WRITE, 16, -1, NONE, 0, 0, NULL, "SET_MTA failed" },
  { "{\"res\":\"mem_write\",\"seq\":4,\"state\":\"error\",\"code\":\"DENIED\",\"error\":\"read only\"}", WRITE, -1, 4, NONE, 0, 0, NULL, "read only" },
  { "{\"res\":\"mem_write\",\"seq\":4,\"state\":\"error\",\"code\":\"DENIED\"}", WRITE, -1, 4, NONE, 0, 0, NULL, "DENIED" },
  { "{\"res\":\"end\",\"con_id\":\"01\"}", SONDE_MESSAGE_END, -1, -1, NONE, 0, 0, NULL, NULL },
  { "{\"res\":\"ota_begin\",\"state\":\"ready\"}", SONDE_MESSAGE_OTHER_ANSWER, -1, -1, NONE, 0, 0, NULL, NULL },
  { "{\"res\":\"ota_begin\",\"state\":\"error\",\"code\":\"BUSY\",\"error\":\"a\\u001b[31mb\"}", SONDE_MESSAGE_OTHER_ANSWER, -1, -1, NONE, 0, 0, NULL, "a\xe2\x90\x9b[31mb" },
  { "{\"type\":\"response\",\"command_id\":\"x\",\"status\":\"error\",\"message\":\"no\"}", SONDE_MESSAGE_OTHER_ANSWER, -1, -1, NONE, 0, 0, NULL, "no" },
  { "{\"type\":\"data\",\"parameter\":\"Voltage\",\"value\":\"123.45\"}", SONDE_MESSAGE_DATA, -1, -1, NUMBER, 0, 123.45, NULL, NULL },
  { "{\"type\":\"data\",\"parameter\":\"Voltage\",\"value\":\"high\"}", SONDE_MESSAGE_DATA, -1, -1, NUMBER, 0, 0, NULL, NULL },
  { "{\"type\":\"data\",\"data\":{}}", SONDE_MESSAGE_FREE, -1, -1, NONE, 0, 0, NULL, NULL },
  { "{\"type\":\"log\"}", SONDE_MESSAGE_FREE, -1, -1, NONE, 0, 0, NULL, NULL },
  { "{\"res\":5}", SONDE_MESSAGE_FREE, -1, -1, NONE, 0, 0, NULL, NULL },
  { "{\"temperature\":21}", SONDE_MESSAGE_FREE, -1, -1, NONE, 0, 0, NULL, NULL },
  { "[1]", SONDE_MESSAGE_FREE, -1, -1, NONE, 0, 0, NULL, NULL },
};
// clang-format on

static void
test_case (gconstpointer data)
{
  const Case *item = data;
  SondeMessage message;

  sonde_message_init (&message);
  g_assert_true (sonde_debug_json_parse (&message, item->text, strlen (item->text)));
  g_assert_cmpint (message.kind, ==, item->kind);
  g_assert_cmpint (message.has_address ? (gint64) message.address : -1, ==, item->address);
  g_assert_cmpint (message.has_seq ? (gint64) message.seq : -1, ==, item->seq);
  g_assert_cmpint (message.form, ==, item->form);
  g_assert_cmpuint (message.bits, ==, item->bits);
  if (isnan (item->number))
    g_assert_true (isnan (message.number));
  else
    g_assert_cmpfloat (message.number, ==, item->number);
  g_assert_cmpint (message.has_data, ==, item->data != NULL);
  if (item->data != NULL)
    g_assert_cmpmem (message.data->data, message.data->len, item->data, strlen (item->data));
  g_assert_cmpint (message.is_error, ==, item->error != NULL);
  g_assert_cmpstr (message.error, ==, item->error != NULL ? item->error : "");
  sonde_message_clear (&message);
}

static void
test_init_answer (void)
{
  static const char full[]
      = "{\"res\":\"init\",\"con_id\":1,\"proto\":1,\"device\":\"motor-01\",\"fw\":\"1.4.2\","
        "\"build_id\":\"AB12\",\"endian\":\"little\",\"ptr\":\"4\",\"clock_hz\":1000000,"
        "\"boot\":\"5be1c0de\",\"seq\":true,\"caps\":{\"bits\":64,\"block\":256,\"batch\":\"64\","
        "\"msg\":4096,\"mask\":1,\"log\":true,\"ota\":1}}";
  static const char bare[] = "{\"res\":\"init\",\"con_id\":\"01\",\"device\":\"../etc\","
                             "\"build_id\":\"xyz\",\"caps\":3,\"clock_hz\":-1}";
  SondeMessage message;
  const SondeIdentity *identity = &message.identity;

  sonde_message_init (&message);
  g_assert_true (sonde_debug_json_parse (&message, full, strlen (full)));
  g_assert_cmpint (message.kind, ==, SONDE_MESSAGE_INIT);
  g_assert_cmpstr (message.con_id, ==, "1");
  g_assert_cmpstr (identity->device, ==, "motor-01");
  g_assert_cmpstr (identity->firmware, ==, "1.4.2");
  g_assert_cmpstr (identity->build_id, ==, "ab12");
  g_assert_cmpstr (identity->boot, ==, "5be1c0de");
  g_assert_true (identity->has_seq && !identity->is_big_endian && !message.has_seq);
  g_assert_cmpuint (identity->pointer_size, ==, 4);
  g_assert_cmpuint (identity->clock_hz, ==, 1000000);
  g_assert_cmpuint (identity->batch, ==, 64);
  g_assert_cmpuint (identity->block + identity->bits + identity->msg, ==, 256 + 64 + 4096);
  g_assert_true (identity->mask && identity->log && identity->ota);

  /* What the next message does not say must not be left over. */
  g_assert_true (sonde_debug_json_parse (&message, bare, strlen (bare)));
  g_assert_cmpstr (message.con_id, ==, "01");
  g_assert_cmpstr (identity->device, ==, "");
  g_assert_cmpstr (identity->build_id, ==, "");
  g_assert_cmpuint (identity->proto + identity->batch, ==, 0);
  g_assert_false (identity->has_seq);
  sonde_message_clear (&message);
}

static void
test_log_and_data (void)
{
  static const char log[] = "{\"type\":\"log\",\"level\":\"WARN\",\"tag\":\"motor\","
                            "\"msg\":\"hot\",\"t\":123456}";
  static const char data[] = "{\"type\":\"data\",\"parameter\":\"U\",\"value\":1,"
                             "\"timestamp\":\"1640995200.5\"}";
  SondeMessage message;

  sonde_message_init (&message);
  g_assert_true (sonde_debug_json_parse (&message, log, strlen (log)));
  g_assert_cmpint (message.kind, ==, SONDE_MESSAGE_LOG);
  g_assert_cmpstr (message.level, ==, "warn");
  g_assert_cmpstr (message.tag, ==, "motor");
  g_assert_cmpstr (message.text, ==, "hot");
  g_assert_true (message.has_time && message.time == 123456);
  g_assert_true (sonde_debug_json_parse (&message, data, strlen (data)));
  g_assert_cmpstr (message.text, ==, "U");
  g_assert_true (message.has_time);
  g_assert_cmpuint (message.time, ==, 1640995200500000);
  sonde_message_clear (&message);
}

static void
test_not_json (void)
{
  static const char *const texts[] = { "",
                                       "READ_SENSOR",
                                       "{\"res\":\"mem_read\"",
                                       "{'res':'init'}",
                                       "{\"res\":\"mem_read\",\"size\":NaN}",
                                       "\xff\xfe" };
  SondeMessage message;

  sonde_message_init (&message);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_false (sonde_debug_json_parse (&message, texts[i], strlen (texts[i])));
      g_assert_cmpint (message.kind, ==, SONDE_MESSAGE_FREE);
      g_assert_false (message.has_data || message.has_address || message.is_error);
    }
  sonde_message_clear (&message);
}

static void
test_long_error (void)
{
  g_autoptr (GString) text = g_string_new ("{\"res\":\"mem_read\",\"add\":\"0x1\",\"error\":\"");
  SondeMessage message;

  for (guint i = 0; i < 500; i++)
    g_string_append (text, "\xc3\xa4");
  g_string_append (text, "\"}");
  sonde_message_init (&message);
  g_assert_true (sonde_debug_json_parse (&message, text->str, text->len));
  g_assert_true (g_utf8_validate (message.error, -1, NULL));
  g_assert_cmpuint (strlen (message.error), ==, 256);
  sonde_message_clear (&message);
}

static void
on_number (const char *path, double value, gpointer user_data)
{
  g_string_append_printf (user_data, "%s=%g ", path, value);
}

static void
test_numbers (void)
{
  static const char text[] = "{\"t\":21.5,\"imu\":{\"accel\":[1,-2,{\"z\":3}]},\"on\":true,"
                             "\"name\":\"5\",\"no\":null}";
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_true (sonde_debug_json_foreach_number (text, strlen (text), on_number, out));
  g_assert_cmpstr (out->str, ==, "t=21.5 imu.accel[0]=1 imu.accel[1]=-2 imu.accel[2].z=3 on=1 ");
  /* What is no number is no sample, and no nought either. */
  g_string_truncate (out, 0);
  g_assert_true (sonde_debug_json_foreach_number ("{\"value\":NaN,\"b\":2}", 19, on_number, out));
  g_assert_cmpstr (out->str, ==, "b=2 ");
  g_assert_false (sonde_debug_json_foreach_number ("[1]", 3, on_number, out));
  g_assert_false (sonde_debug_json_foreach_number ("hello", 5, on_number, out));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/debug-json/answer/%u", i);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/debug-json/commands", test_commands);
  g_test_add_func ("/debug-json/write-64", test_write_64);
  g_test_add_func ("/debug-json/init", test_init_answer);
  g_test_add_func ("/debug-json/log-and-data", test_log_and_data);
  g_test_add_func ("/debug-json/not-json", test_not_json);
  g_test_add_func ("/debug-json/long-error", test_long_error);
  g_test_add_func ("/debug-json/numbers", test_numbers);
  return g_test_run ();
}
