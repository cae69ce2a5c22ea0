/* test-name-query.c: names as people type them, taken apart and compared with scopes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/name-query.h"

typedef struct
{
  const char *typed, *name, *scopes; /* scopes joined by a blank and a bar */
  gboolean has_rest;
} Case;

static const Case cases[] = {
  { "speed", "speed", "", FALSE },
  { "  speed ", "speed", "", FALSE },
  { "motor.pid.kp", "motor", "", TRUE },
  { "buffer[3]", "buffer", "", TRUE },
  { "step()::speed", "speed", "step", FALSE },
  { "ns::Motor::step(int, char const*)::speed", "speed", "ns |Motor |step", FALSE },
  { "::global", "global", "", FALSE },
  { "main.c::counter", "counter", "main.c", FALSE },
  { "src/main.c::counter.x", "counter", "src/main.c", TRUE },
  { "Ring<int, 4>::size", "size", "Ring<int, 4>", FALSE },
  { "Ring<ns::Item>::size", "size", "Ring<ns::Item>", FALSE },
  { "(anonymous namespace)::hidden", "hidden", "(anonymous namespace)", FALSE },
  { "*next", "next", "", FALSE },
  { "(*next).value", "next", "", TRUE },
  { "next->value", "next", "", TRUE },
  { "&speed", "speed", "", FALSE },
  { "f(int)", "f", "", FALSE },
  { "struct motor", "motor", "", FALSE },
  { "enum  ns::Mode", "Mode", "ns", FALSE },
  { "structure", "structure", "", FALSE },
  { "", "", "", FALSE },
  { "::", "", "", FALSE },
  { "a::", "a", "", FALSE },
};

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (SondeNameQuery) query = sonde_name_query_new (row->typed);
  g_autofree char *scopes = g_strjoinv (" |", query->scopes);

  g_assert_cmpstr (query->name, ==, row->name);
  g_assert_cmpstr (scopes, ==, row->scopes);
  g_assert_cmpint (query->has_rest, ==, row->has_rest);
}

static void
test_fits (void)
{
  static const struct
  {
    const char *typed, *prefix, *file;
    gboolean fits;
  } rows[] = {
    { "speed", "", "main.c", TRUE },
    { "speed", "ns::step()::", "main.c", TRUE },
    { "step()::speed", "step()::", "main.c", TRUE },
    { "step()::speed", "ns::step(int)::", "main.c", TRUE },
    { "step::speed", "step()::", NULL, TRUE },
    { "other()::speed", "step()::", "main.c", FALSE },
    { "ns::step()::speed", "step()::", "main.c", FALSE },
    { "main.c::speed", "", "/src/main.c", TRUE },
    { "src/main.c::speed", "", "/home/src/main.c", TRUE },
    { "ain.c::speed", "", "/src/main.c", FALSE },
    { "main.c::step()::speed", "step()::", "/src/main.c", TRUE },
    { "main.c::speed", "", NULL, FALSE },
    { "a::b::speed", "b::", "a", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SondeNameQuery) query = sonde_name_query_new (rows[i].typed);

      g_assert_cmpint (sonde_name_query_fits (query, rows[i].prefix, rows[i].file), ==,
                       rows[i].fits);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/name-query/%u", i);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/name-query/fits", test_fits);
  return g_test_run ();
}
