/* test-json-check.c: what is JSON, and small enough */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wire/json-check.h"

typedef struct
{
  const char *text;
  gboolean is_good;
  const char *value; /* of a top-level number "value" */
} Case;

// clang-format off
static const Case cases[] = {
  { "1", TRUE, NULL }, { "\"a\"", TRUE, NULL }, { " null\r\n", TRUE, NULL }, { "{}", TRUE, NULL },
  { "[]", TRUE, NULL }, { "[1,[2,{}],{\"a\":[]}]", TRUE, NULL }, { "-0.5e+7", TRUE, NULL },
  { "{\"value\":18446744073709551615}", TRUE, "18446744073709551615" },
  { "{\"a\":{\"value\":1}}", TRUE, NULL },
  { "{\"value\":1,\"value\":\"2\"}", TRUE, NULL },
  { "{\"value\":1,\"value\":-2.5}", TRUE, "-2.5" },
  { "{\"value\":[1]}", TRUE, NULL }, { "{\"value\":{\"value\":1},\"b\":2}", TRUE, NULL },
  { "{\"value\":[],\"b\":2}", TRUE, NULL }, { "[{\"value\":1}]", TRUE, NULL },
  { "\"\\u00e4\\ud83d\\ude00\\n\"", TRUE, NULL },
  { "{\"value\":NaN}", TRUE, "NaN" }, { "{\"a\":1,\"value\": -Infinity }", TRUE, "-Infinity" },
  { "{\"value\":Infinity,\"b\":2}", TRUE, "Infinity" }, { "{\"value\":NaN,\"value\":1}", TRUE, "1" },
  { "{\"a\":NaN}", FALSE, NULL }, { "{\"value\":[NaN]}", FALSE, NULL }, { "{\"value\":Nan}", FALSE, NULL },
  { "{\"value\":NaNs}", FALSE, NULL }, { "{\"value\":-NaN}", FALSE, NULL }, { "{\"value\":1,\"b\":NaN}", FALSE, NULL },
  { "[{\"value\":NaN}]", FALSE, NULL }, { "{\"a\":{\"value\":NaN}}", FALSE, NULL },
  { "", FALSE, NULL }, { " ", FALSE, NULL }, { "{", FALSE, NULL }, { "[1,]", FALSE, NULL },
  { "{\"a\":1,}", FALSE, NULL }, { "{a:1}", FALSE, NULL }, { "{\"a\" 1}", FALSE, NULL },
  { "[1 2]", FALSE, NULL }, { "[1}", FALSE, NULL }, { "{\"a\":1]", FALSE, NULL },
  { "1 2", FALSE, NULL }, { "01", FALSE, NULL }, { "1.", FALSE, NULL }, { ".5", FALSE, NULL },
  { "1e", FALSE, NULL }, { "-", FALSE, NULL }, { "nul", FALSE, NULL }, { "NaN", FALSE, NULL },
  { "'a'", FALSE, NULL }, { "\"a", FALSE, NULL }, { "\"\\x\"", FALSE, NULL },
  { "\"\\u12g4\"", FALSE, NULL }, { "\"\\ud800\"", FALSE, NULL }, { "\"\\udc00\"", FALSE, NULL },
  { "\"\\ud800\\u0041\"", FALSE, NULL }, { "\"\n\"", FALSE, NULL }, { "/* */ 1", FALSE, NULL },
  { "var a = 1;", FALSE, NULL }, { "]", FALSE, NULL }, { "}", FALSE, NULL }, { ",", FALSE, NULL },
  { "\"\\u12", FALSE, NULL }, { "\"\\", FALSE, NULL },
};
// clang-format on

static void
test_case (gconstpointer data)
{
  const Case *item = data;
  gsize size = strlen (item->text);
  /* Exactly as long as the text, so that a sanitizer sees a read behind it. */
  g_autofree char *text = g_memdup2 (item->text, MAX (size, 1));
  SondeJsonFacts facts;

  g_assert_cmpint (sonde_json_check (text, size, &facts), ==, item->is_good);
  if (!item->is_good)
    return;
  if (item->value == NULL)
    g_assert_null (facts.value);
  else
    g_assert_cmpmem (facts.value, facts.value_size, item->value, strlen (item->value));
}

static gboolean
check_nested (guint depth, const char *open, const char *middle, char close)
{
  g_autoptr (GString) text = g_string_new (NULL);
  SondeJsonFacts facts;

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, middle);
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, close);
  return sonde_json_check (text->str, text->len, &facts);
}

static void
test_depth (void)
{
  g_assert_true (check_nested (32, "[", "", ']'));
  g_assert_false (check_nested (33, "[", "", ']'));
  g_assert_true (check_nested (32, "{\"a\":", "1", '}'));
  g_assert_false (check_nested (33, "{\"a\":", "1", '}'));
  g_assert_false (check_nested (400000, "[", "", ']'));
}

static gboolean
check_many (guint n)
{
  g_autoptr (GString) text = g_string_new ("[");
  SondeJsonFacts facts;

  for (guint i = 1; i < n; i++)
    g_string_append (text, i > 1 ? ",0" : "0");
  g_string_append_c (text, ']');
  return sonde_json_check (text->str, text->len, &facts);
}

static void
test_count (void)
{
  g_assert_true (check_many (SONDE_JSON_MAX_VALUES));
  g_assert_false (check_many (SONDE_JSON_MAX_VALUES + 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/json-check/%u", i);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/json-check/depth", test_depth);
  g_test_add_func ("/json-check/count", test_count);
  return g_test_run ();
}
