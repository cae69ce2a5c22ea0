/* test-row.c: the rows that scripts read, to the letter */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/row.h"

#include <string.h>

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

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row/json", test_json);
  g_test_add_func ("/row/enum", test_enum);
  g_test_add_func ("/row/timed", test_timed);
  g_test_add_func ("/row/chars", test_chars);
  return g_test_run ();
}
