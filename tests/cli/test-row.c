/* test-row.c: rows are to the letter, and JSON whatever the texts hold */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/row.h"

#include <math.h>
#include <string.h>

#include <json-glib/json-glib.h>

static SondeVariable *
make_variable (SondeType *type, const char *unit)
{
  const SondeVariableInfo info = { .path = "motor.speed",
                                   .address = 0x20000000,
                                   .type = type,
                                   .byte_order = G_LITTLE_ENDIAN,
                                   .pointer_size = 4,
                                   .unit = unit };

  return sonde_variable_new (&info);
}

static SondeVariable *
make_float (const char *unit)
{
  g_autoptr (SondeType) type
      = sonde_type_new_base (SONDE_KIND_NUMBER, "float", SONDE_ENCODING_FLOAT, TRUE, 4);

  return make_variable (type, unit);
}

static void
test_json (void)
{
  g_autoptr (SondeVariable) variable = make_float (NULL);
  const SondeValue value = sonde_value_float (0.1, TRUE);
  SondeRow sample = { .time_us = 1700000000123456, .device = "demo-motor", .variable = variable };
  g_autofree char *good = NULL;
  g_autofree char *bad = NULL;

  sample.value = &value;
  good = sonde_row_dup_json (&sample);
  g_assert_cmpstr (
      good, ==,
      "{\"time_us\":1700000000123456,\"device\":\"demo-motor\",\"path\":\"motor.speed\","
      "\"value\":0.1,\"text\":\"0.1\"}");
  sample.value = NULL;
  sample.error = "no answer in 5 s";
  bad = sonde_row_dup_json (&sample);
  g_assert_cmpstr (
      bad, ==,
      "{\"time_us\":1700000000123456,\"device\":\"demo-motor\",\"path\":\"motor.speed\","
      "\"value\":null,\"text\":\"\",\"error\":\"no answer in 5 s\"}");
}

static void
test_enum (void)
{
  static const SondeEnumerator names[] = { { "INIT", 0 }, { "R\033UN", 1 } };
  g_autoptr (SondeType) type
      = sonde_type_new_enum ("state_t", SONDE_ENCODING_UNSIGNED, 1, names, 2);
  g_autoptr (SondeVariable) variable = make_variable (type, NULL);
  SondeValue value = SONDE_VALUE_INIT;
  SondeRow sample = { .device = "b", .variable = variable, .is_one_of_many = TRUE };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\1", 1);
  g_autofree char *chars = NULL;
  g_autofree char *row = NULL;
  g_autofree char *number = NULL;

  sonde_row_set_bytes (&sample, bytes, &value, &chars);
  row = sonde_row_dup_row (&sample);
  number = sonde_row_dup_number (&sample);
  g_assert_cmpstr (row, ==, "b:motor.speed\tR\xe2\x90\x9bUN\t"); /* names from outside are safe */
  g_assert_cmpstr (number, ==, "1");
}

static void
test_timed (void)
{
  g_autoptr (SondeVariable) variable = make_float ("rpm");
  const SondeValue value = sonde_value_float (1500, TRUE);
  SondeRow sample
      = { .time_us = 1700000000123456, .device = "b", .variable = variable, .value = &value };
  g_autofree char *row = NULL;

  row = sonde_row_dup_timed_row (&sample);
  g_assert_cmpstr (row, ==, "2023-11-14T22:13:20.123456+00:00\tmotor.speed\t1500\trpm");
}

static void
test_chars (void)
{
  g_autoptr (SondeType) letter
      = sonde_type_new_base (SONDE_KIND_CHAR, "char", SONDE_ENCODING_CHAR, FALSE, 1);
  g_autoptr (SondeType) type = sonde_type_new_array (NULL, letter, 8);
  g_autoptr (SondeVariable) variable = make_variable (type, NULL);
  SondeValue value = SONDE_VALUE_INIT;
  SondeRow sample = { .time_us = 5, .device = "b", .variable = variable };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("hello\0xx", 8);
  g_autofree char *chars = NULL;
  g_autofree char *json = NULL;

  sonde_row_set_bytes (&sample, bytes, &value, &chars);
  json = sonde_row_dup_json (&sample);
  g_assert_cmpstr (json, ==,
                   "{\"time_us\":5,\"device\":\"b\",\"path\":\"motor.speed\",\"value\":\"hello\","
                   "\"text\":\"hello\"}");
}

static void
test_order (void)
{
  GString *row = sonde_json_row_new ();
  g_autofree char *line = NULL;

  sonde_json_row_int (row, "time_us", G_GINT64_CONSTANT (1700000000123456));
  sonde_json_row_text (row, "device", "m");
  sonde_json_row_raw (row, "value", "\"nan\"");
  sonde_json_row_text (row, "none", NULL);
  sonde_json_row_double (row, "rate_hz", 0.1);
  sonde_json_row_double (row, "bad", NAN);
  line = sonde_json_row_end (row);
  g_assert_cmpstr (line, ==,
                   "{\"time_us\":1700000000123456,\"device\":\"m\",\"value\":\"nan\",\"none\":null,"
                   "\"rate_hz\":0.1,\"bad\":null}");
}

static void
test_empty (void)
{
  g_autofree char *line = sonde_json_row_end (sonde_json_row_new ());

  g_assert_cmpstr (line, ==, "{}");
}

/* What a hostile board may send: it must come back the same, and bring no byte that a terminal
 * obeys. */
static void
test_hostile (void)
{
  static const char *const texts[] = { "\"",
                                       "\\",
                                       "a\nb\tc",
                                       "\033[31m",
                                       "\x7f",
                                       "\xc2\x9b"
                                       "31m",
                                       "caf\xc3\xa9 \xf0\x9f\x98\x80" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GString *row = sonde_json_row_new ();
      g_autofree char *line = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (GError) error = NULL;

      sonde_json_row_text (row, texts[i], texts[i]);
      line = sonde_json_row_end (row);
      for (const char *c = line; *c != '\0'; c = g_utf8_next_char (c))
        g_assert_false (g_unichar_iscntrl (g_utf8_get_char (c)));
      node = json_from_string (line, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), texts[i]), ==,
                       texts[i]);
    }
}

static void
test_no_utf8 (void)
{
  GString *row = sonde_json_row_new ();
  g_autofree char *line = NULL;

  sonde_json_row_text (row, "text",
                       "a\xff"
                       "b");
  line = sonde_json_row_end (row);
  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_cmpstr (line, ==,
                   "{\"text\":\"a\xef\xbf\xbd"
                   "b\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row/json", test_json);
  g_test_add_func ("/row/enum", test_enum);
  g_test_add_func ("/row/timed", test_timed);
  g_test_add_func ("/row/chars", test_chars);
  g_test_add_func ("/row/json-order", test_order);
  g_test_add_func ("/row/json-empty", test_empty);
  g_test_add_func ("/row/json-hostile", test_hostile);
  g_test_add_func ("/row/json-no-utf8", test_no_utf8);
  return g_test_run ();
}
